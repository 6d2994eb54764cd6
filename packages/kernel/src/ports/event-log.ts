/**
 * The event log of a store: for each run the blocks of packed events that it wrote itself, in order. Following a fork
 * into its parent is done above, in `log/`, and so is packing: what a store is given are blocks that it need not
 * understand beyond their index, of at most `BLOCK_BYTES_MAX` bytes unless one single event is larger. No meaning
 * depends on where a block ends.
 *
 * Atomic together: all blocks of one append and the progress given with it. Whoever looks, also after a crash at any
 * instant and through another handle, finds both or neither. A store whose appends are smaller than that may write
 * block after block, provided that readers leave out what no progress covers and that the next append takes its place.
 */
import type { EncodedBlock } from '../encoding/block.ts';
import type { EventType } from '../events/catalogue.ts';
import type { RunProgress } from './run-registry.ts';

/** Which of a run's own blocks are wanted. A block is given whole when anything in it may match. */
export interface BlockSelection {
  /** First and last position, both inclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly agent?: number;
  readonly types?: readonly EventType[];
  /** First and last round, both inclusive. */
  readonly rounds?: readonly [number, number];
}

export interface EventLog {
  /**
   * Appends blocks that follow one another, and sets the run's progress: all or nothing, and durably. When this
   * resolves, it survives a crash. Of two writers with the same revision one wins; the other has written nothing.
   * @param expectedRevision number of events the run must have before: the position of the first block's first event
   * @throws StoreError WRONG_REVISION, STORE_FULL, RUN_NOT_FOUND; RangeError when blocks, revision and progress
   *   contradict one another
   */
  append(run: string, expectedRevision: number, blocks: readonly EncodedBlock[], progress: RunProgress): Promise<void>;

  /**
   * The run's own blocks in order of position, with the bytes, index and hash that were appended. May leave out what
   * the selection rules out by the index, and may give a block too many, never one too few.
   * @throws StoreError RUN_NOT_FOUND, STORE_CORRUPT
   */
  blocks(run: string, selection?: BlockSelection): AsyncIterable<EncodedBlock>;

  /**
   * The run's own blocks from a position on, then every later one as it is appended, by whichever handle; in order,
   * once each; until the signal is given or the store is closed.
   * @throws StoreError RUN_NOT_FOUND
   */
  subscribe(run: string, from: number, signal: AbortSignal): AsyncIterable<EncodedBlock>;
}
