/** The event log over streams: a record a block, the last of an append with the run's progress. */
import type { EncodedBlock } from '../../encoding/block.ts';
import type { BlockSelection, EventLog } from '../../ports/event-log.ts';
import type { RunProgress } from '../../ports/run-registry.ts';
import { boundsOf, wanted } from '../block-selection.ts';
import type { RunChanges } from '../run-changes.ts';
import { checkAppend, wrongRevision } from '../store-refusals.ts';
import { type RunNote, streamOf, type StreamRuns } from './stream-runs.ts';
import { StreamConflict, type StreamRecord, type Streams, untilUncontested } from './streams.ts';

const POLL_MS = 5;

export class StreamLog implements EventLog {
  readonly #streams: Streams;
  readonly #runs: StreamRuns;
  readonly #changes: RunChanges;

  constructor(streams: Streams, runs: StreamRuns, changes: RunChanges) {
    this.#streams = streams;
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
    const records = blocks.map((block, i) => recordOf(block, i === blocks.length - 1 ? progress : undefined));
    await untilUncontested(async () => {
      const { progress: now, count } = await this.#runs.get(id);
      if (now.events !== expectedRevision) throw wrongRevision(id, expectedRevision, now.events);
      await this.#write(id, count, records);
    });
    this.#changes.announce(id);
  }

  async #write(id: string, count: number, records: readonly StreamRecord[]): Promise<void> {
    const { recordsPerAppend } = this.#streams;
    for (let from = 0; from < records.length; from += recordsPerAppend) {
      try {
        await this.#streams.append(streamOf(id), count + from, records.slice(from, from + recordsPerAppend));
      } catch (error) {
        if (from === 0 || !(error instanceof StreamConflict)) throw error;
        // Somebody took the place of what was not sealed yet: of two writers, the other goes on.
        throw wrongRevision(id, count, (await this.#runs.get(id)).count);
      }
    }
  }

  async *blocks(id: string, selection: BlockSelection = {}): AsyncGenerator<EncodedBlock, void> {
    const bounds = boundsOf(selection);
    for (const { index, hash, record } of (await this.#runs.get(id)).blocks) {
      if (!wanted(index, bounds)) continue;
      const [found] = await this.#streams.read(streamOf(id), record, 1);
      if (found !== undefined) yield { index, hash, bytes: found.data };
    }
  }

  async *subscribe(id: string, from: number, signal: AbortSignal): AsyncGenerator<EncodedBlock, void> {
    yield* this.#changes.follow({ id, from, signal, pollMs: POLL_MS }, (next) => this.blocks(id, { from: next }));
  }
}

function recordOf({ index, hash, bytes }: EncodedBlock, progress: RunProgress | undefined): StreamRecord {
  const note: RunNote = { kind: 'block', index, hash, ...(progress === undefined ? {} : { progress }) };
  return { metadata: JSON.stringify(note), data: bytes };
}
