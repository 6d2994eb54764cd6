/** Blocks in memory. An append is one step of this process's only thread, which makes it atomic. */
import type { EncodedBlock } from '../../encoding/block.ts';
import type { BlockSelection, EventLog } from '../../ports/event-log.ts';
import type { RunProgress } from '../../ports/run-registry.ts';
import { boundsOf, wanted } from '../block-selection.ts';
import type { RunChanges } from '../run-changes.ts';
import { checkAppend, wrongRevision } from '../store-refusals.ts';
import type { MemoryRuns } from './memory-runs.ts';

export class MemoryLog implements EventLog {
  readonly #runs: MemoryRuns;
  readonly #changes: RunChanges;

  constructor(runs: MemoryRuns, changes: RunChanges) {
    this.#runs = runs;
    this.#changes = changes;
  }

  async append(
    id: string,
    expectedRevision: number,
    blocks: readonly EncodedBlock[],
    progress: RunProgress,
  ): Promise<void> {
    checkAppend(id, expectedRevision, blocks, progress);
    const run = this.#runs.get(id);
    if (run.progress.events !== expectedRevision) throw wrongRevision(id, expectedRevision, run.progress.events);
    run.blocks.push(...blocks);
    run.progress = progress;
    this.#changes.announce(id);
  }

  async *blocks(id: string, selection: BlockSelection = {}): AsyncGenerator<EncodedBlock, void> {
    const bounds = boundsOf(selection);
    const { blocks } = this.#runs.get(id);
    for (let i = firstEndingAfter(blocks, bounds.from); i < blocks.length; i++) {
      const block = blocks[i] as EncodedBlock;
      if (block.index.first > bounds.to) return;
      if (wanted(block.index, bounds)) yield block;
    }
  }

  async *subscribe(id: string, from: number, signal: AbortSignal): AsyncGenerator<EncodedBlock, void> {
    this.#runs.get(id);
    yield* this.#changes.follow({ id, from, signal }, (next) => this.blocks(id, { from: next }));
  }
}

/** The index of the first block that reaches past a position, by bisection. */
function firstEndingAfter(blocks: readonly EncodedBlock[], position: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { first, count } = (blocks[middle] as EncodedBlock).index;
    if (first + count > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
