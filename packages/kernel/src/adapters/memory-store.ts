/** The store in memory: for tests, for throw-away forks and for runs that nobody wants to keep. */
import { type EncodedBlock, packBlocks } from '../encoding/block.ts';
import { sha256 } from '../encoding/sha256.ts';
import type { EventBatch } from '../events/batch.ts';
import type {
  BlockSelection,
  RunHeader,
  RunProgress,
  RunRecord,
  RunStatus,
  Store,
  StoredAnswer,
  WriterLease,
} from '../ports/store.ts';
import { compareAnswers } from './answer-order.ts';
import { boundsOf, wanted } from './block-selection.ts';
import { RunChanges } from './run-changes.ts';
import {
  checkAppend,
  checkCreation,
  inOrderOfCreation,
  runBusy,
  runExists,
  runNotFound,
  wrongRevision,
} from './store-refusals.ts';

interface StoredRun {
  header: RunHeader;
  progress: RunProgress;
  readonly blocks: EncodedBlock[];
  readonly snapshots: Map<string, Map<number, Uint8Array>>;
}

/** A store that lives as long as the object; closing it ends subscriptions and gives up leases. */
export function memoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  readonly #runs = new Map<string, StoredRun>();
  readonly #artefacts = new Map<string, Uint8Array>();
  /** By root and round, then by question. */
  readonly #answers = new Map<string, Map<string, StoredAnswer>>();
  readonly #writers = new Map<string, WriterLease>();
  #changes = new RunChanges();

  async create(header: RunHeader, progress: RunProgress): Promise<void> {
    checkCreation(header, progress);
    if (this.#runs.has(header.id)) throw runExists(header.id);
    this.#runs.set(header.id, { header, progress, blocks: [], snapshots: new Map() });
  }

  async run(id: string): Promise<RunRecord | undefined> {
    const run = this.#runs.get(id);
    return run && { header: run.header, progress: run.progress };
  }

  async runs(): Promise<readonly RunRecord[]> {
    return inOrderOfCreation([...this.#runs.values()].map(({ header, progress }) => ({ header, progress })));
  }

  async setStatus(id: string, status: RunStatus, plannedRounds?: number): Promise<void> {
    const run = this.#run(id);
    run.progress = { ...run.progress, status };
    if (plannedRounds !== undefined) run.header = { ...run.header, plannedRounds };
  }

  async acquireWriter(id: string): Promise<WriterLease> {
    this.#run(id);
    if (this.#writers.has(id)) throw runBusy(id);
    const lease: WriterLease = {
      release: async () => {
        if (this.#writers.get(id) === lease) this.#writers.delete(id);
      },
    };
    this.#writers.set(id, lease);
    return lease;
  }

  async append(id: string, expectedRevision: number, batch: EventBatch, progress: RunProgress): Promise<void> {
    checkAppend(id, expectedRevision, batch, progress);
    const run = this.#run(id);
    if (run.progress.events !== expectedRevision) throw wrongRevision(id, expectedRevision, run.progress.events);
    run.blocks.push(...packBlocks(batch));
    run.progress = progress;
    this.#changes.announce(id);
  }

  async *blocks(id: string, selection: BlockSelection = {}): AsyncGenerator<EncodedBlock, void> {
    const bounds = boundsOf(selection);
    const { blocks } = this.#run(id);
    for (let i = firstEndingAfter(blocks, bounds.from); i < blocks.length; i++) {
      const block = blocks[i] as EncodedBlock;
      if (block.index.first > bounds.to) return;
      if (wanted(block.index, bounds)) yield block;
    }
  }

  async *subscribe(id: string, from: number, signal: AbortSignal): AsyncGenerator<EncodedBlock, void> {
    this.#run(id);
    yield* this.#changes.follow({ id, from, signal }, (next) => this.blocks(id, { from: next }));
  }

  async putArtefact(digest: string, bytes: Uint8Array): Promise<void> {
    const actual = sha256(bytes);
    if (actual !== digest) throw new RangeError(`artefact hashes to ${actual}, expected ${digest}`);
    if (!this.#artefacts.has(digest)) this.#artefacts.set(digest, Uint8Array.from(bytes));
  }

  async artefact(digest: string): Promise<Uint8Array | undefined> {
    return this.#artefacts.get(digest);
  }

  async putSnapshot(id: string, projection: string, round: number, bytes: Uint8Array): Promise<void> {
    const { snapshots } = this.#run(id);
    const byRound = snapshots.get(projection) ?? new Map<number, Uint8Array>();
    snapshots.set(projection, byRound.set(round, Uint8Array.from(bytes)));
  }

  async snapshot(
    id: string,
    projection: string,
    atMostRound: number,
  ): Promise<{ readonly round: number; readonly bytes: Uint8Array } | undefined> {
    const byRound = this.#run(id).snapshots.get(projection) ?? new Map<number, Uint8Array>();
    const round = Math.max(...[...byRound.keys()].filter((taken) => taken <= atMostRound));
    const bytes = byRound.get(round);
    return bytes && { round, bytes };
  }

  async dropSnapshots(id: string): Promise<void> {
    this.#run(id).snapshots.clear();
  }

  async putAnswer(root: string, answer: StoredAnswer): Promise<void> {
    const { round, agent, step, attempt, request } = answer;
    const place = `${root}/${round}`;
    const answers = this.#answers.get(place) ?? new Map<string, StoredAnswer>();
    this.#answers.set(place, answers);
    const question = `${agent}/${step}/${attempt}/${request}`;
    if (!answers.has(question)) answers.set(question, { ...answer });
  }

  async answers(root: string, round: number): Promise<readonly StoredAnswer[]> {
    return [...(this.#answers.get(`${root}/${round}`)?.values() ?? [])].sort(compareAnswers);
  }

  async close(): Promise<void> {
    this.#changes.close();
    this.#changes = new RunChanges();
    this.#writers.clear();
  }

  #run(id: string): StoredRun {
    const run = this.#runs.get(id);
    if (run === undefined) throw runNotFound(id);
    return run;
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
