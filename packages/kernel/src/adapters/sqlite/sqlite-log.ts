/** The event log of the embedded store: an append's blocks and its run's progress are one transaction, one fsync. */
import type { EncodedBlock } from '../../encoding/block.ts';
import type { BlockSelection, EventLog } from '../../ports/event-log.ts';
import type { RunProgress } from '../../ports/run-registry.ts';
import { boundsOf } from '../block-selection.ts';
import type { RunChanges } from '../run-changes.ts';
import { checkAppend, wrongRevision } from '../store-refusals.ts';
import { insertBlock, readBlocks } from './sqlite-blocks.ts';
import type { SqliteFile } from './sqlite-file.ts';
import type { SqliteRuns } from './sqlite-runs.ts';

/** How often a subscription looks for what another process appended. */
const POLL_MS = 100;

export class SqliteLog implements EventLog {
  readonly #file: SqliteFile;
  readonly #runs: SqliteRuns;
  readonly #changes: RunChanges;

  constructor(file: SqliteFile, runs: SqliteRuns, changes: RunChanges) {
    this.#file = file;
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
    this.#file.transaction(() => {
      const { key, end } = this.#runs.eventsOf(id);
      if (end !== expectedRevision) throw wrongRevision(id, expectedRevision, end);
      for (const block of blocks) insertBlock(this.#file, key, block);
      this.#runs.setProgress(key, progress);
    });
    this.#changes.announce(id);
  }

  async *blocks(id: string, selection: BlockSelection = {}): AsyncGenerator<EncodedBlock, void> {
    yield* readBlocks(this.#file, this.#runs.eventsOf(id), boundsOf(selection));
  }

  async *subscribe(id: string, from: number, signal: AbortSignal): AsyncGenerator<EncodedBlock, void> {
    this.#runs.eventsOf(id);
    yield* this.#changes.follow({ id, from, signal, pollMs: POLL_MS }, (next) => this.blocks(id, { from: next }));
  }
}
