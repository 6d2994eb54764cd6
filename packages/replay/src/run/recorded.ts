/**
 * A journal over events that are in a log already: what comes out must be what is there. A replay
 * compares to the end; a resumed run compares the round it was stopped in and writes on after that.
 */
import {
  bytesInBatch,
  type EventBatch,
  eventAt,
  eventInBatch,
  type Journal,
  type LogEvent,
  type RunLog,
  type RunProgress,
  tailOf,
} from '@rashomon/kernel';

/** The first position where an execution and its record differ; null on the side that has no event there. */
export interface Divergence {
  readonly position: number;
  readonly recorded: LogEvent | null;
  readonly replayed: LogEvent | null;
}

/** What was executed again is not what the log holds. */
export class Diverged extends Error {
  readonly code = 'DIVERGED';
  readonly divergence: Divergence;

  constructor(divergence: Divergence) {
    const { position, recorded, replayed } = divergence;
    super(
      `position ${position}: the log has ${recorded?.type ?? 'no event'}, ` +
        `executing again gives ${replayed?.type ?? 'no event'}`,
    );
    this.name = 'Diverged';
    this.divergence = divergence;
  }
}

type Blocks = ReturnType<RunLog['blocks']>;
type Stretch = { readonly block: Parameters<typeof eventAt>[0]; readonly from: number; readonly end: number };

export class RecordedJournal implements Journal {
  readonly #blocks: Blocks;
  #next: Journal | null;
  #stretch: Stretch | null = null;
  /** Position of the next event to compare. */
  #position: number;
  matched = 0;

  /**
   * @param from the position of the first event to come
   * @param next where events go that lie past the record; null when there may be none
   */
  constructor(log: RunLog, from: number, next: Journal | null) {
    this.#blocks = log.blocks({ from });
    this.#position = from;
    this.#next = next;
  }

  /** @throws Diverged at the first event that is not as recorded */
  async append(batch: EventBatch, progress: RunProgress): Promise<void> {
    const end = batch.first + batch.events.length;
    while (this.#position < end) {
      const stretch = await this.#current();
      if (stretch === null) return this.#beyond(batch, progress);
      const until = Math.min(end, stretch.end);
      this.#compare(batch, stretch, until);
      this.matched += until - this.#position;
      this.#position = until;
    }
  }

  /** From now on what lies past the record is neither compared nor kept: for a round that was cut off. */
  openEnd(): void {
    this.#next = { append: () => Promise.resolve() };
  }

  /** The first recorded event that was not executed again; null when all were. */
  async rest(): Promise<LogEvent | null> {
    const stretch = await this.#current();
    return stretch === null ? null : eventAt(stretch.block, this.#position - stretch.block.first);
  }

  async #current(): Promise<Stretch | null> {
    while (this.#stretch === null || this.#position >= this.#stretch.end) {
      const { value, done } = await this.#blocks.next();
      if (done === true) return null;
      this.#stretch = value;
    }
    return this.#stretch;
  }

  async #beyond(batch: EventBatch, progress: RunProgress): Promise<void> {
    const replayed = eventInBatch(batch, this.#position - batch.first);
    if (this.#next === null) throw new Diverged({ position: this.#position, recorded: null, replayed });
    const tail = tailOf(batch, this.#position);
    this.#position += tail.events.length;
    await this.#next.append(tail, progress);
  }

  /** Compares bytes at once, and looks for the event only when they differ. */
  #compare(batch: EventBatch, { block }: Stretch, until: number): void {
    const startInBatch = this.#position - batch.first;
    const startInBlock = this.#position - block.first;
    const count = until - this.#position;
    const ours = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength).subarray(
      startOf(batch.ends, startInBatch, 0),
      batch.ends[startInBatch + count - 1],
    );
    const theirs = block.bytes.subarray(
      startOf(block.ends, startInBlock, block.start),
      block.ends[startInBlock + count - 1],
    );
    if (ours.equals(theirs)) return;
    for (let i = 0; i < count; i++) {
      const recorded = block.bytes.subarray(
        startOf(block.ends, startInBlock + i, block.start),
        block.ends[startInBlock + i],
      );
      if (Buffer.from(bytesInBatch(batch, startInBatch + i)).equals(recorded)) continue;
      throw new Diverged({
        position: this.#position + i,
        recorded: eventAt(block, startInBlock + i),
        replayed: eventInBatch(batch, startInBatch + i),
      });
    }
  }
}

function startOf(ends: readonly number[], index: number, first: number): number {
  return index === 0 ? first : (ends[index - 1] as number);
}
