/**
 * Runs as streams: one stream a run, with its header first, then its blocks, in between what was noted of its status.
 *
 * Progress travels in the metadata of an append's last block and seals it: blocks that no progress follows are not
 * there for anybody, and what is appended next takes their place. So a batch is whole or absent even where the streams
 * take one record at a time. What was read of a stream is remembered, and each look reads only what came since.
 */
import type { BlockIndex } from '../../encoding/block.ts';
import type { RunHeader, RunProgress, RunRecord, RunRegistry, RunStatus } from '../../ports/run-registry.ts';
import { checkCreation, inOrderOfCreation, runExists, runNotFound } from '../store-refusals.ts';
import { noteOf, StreamConflict, type StreamRecord, type Streams, untilUncontested } from './streams.ts';

/** What a record in a run's stream says in its metadata. */
export type RunNote =
  | { readonly kind: 'created'; readonly header: RunHeader; readonly progress: RunProgress }
  | { readonly kind: 'block'; readonly index: BlockIndex; readonly hash: string; readonly progress?: RunProgress }
  | { readonly kind: 'status'; readonly status: RunStatus; readonly plannedRounds?: number };

interface PlacedBlock {
  readonly index: BlockIndex;
  readonly hash: string;
  /** The number of its record in the run's stream. */
  readonly record: number;
}

/** A run as its stream tells it. */
export interface StreamedRun extends RunRecord {
  readonly blocks: readonly PlacedBlock[];
  /** Blocks that no progress covers yet. */
  readonly unsealed: readonly PlacedBlock[];
  /** Records read so far. */
  readonly count: number;
}

const RUNS = 'runs';

export class StreamRuns implements RunRegistry {
  readonly #streams: Streams;
  readonly #read = new Map<string, StreamedRun>();

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** Announced first and made then: an id that was announced by somebody who died is no run yet. */
  async create(header: RunHeader, progress: RunProgress): Promise<void> {
    checkCreation(header, progress);
    if ((await this.look(header.id)) !== undefined) throw runExists(header.id);
    await untilUncontested(async () => {
      const { length } = await this.#streams.read(RUNS, 0);
      await this.#streams.append(RUNS, length, [noteOf({ run: header.id })]);
    });
    const created: RunNote = { kind: 'created', header, progress };
    try {
      await this.#streams.append(streamOf(header.id), 0, [noteOf(created)]);
    } catch (error) {
      throw error instanceof StreamConflict ? runExists(header.id) : error;
    }
  }

  async find(id: string): Promise<RunRecord | undefined> {
    const run = await this.look(id);
    return run && { header: run.header, progress: run.progress };
  }

  async list(): Promise<readonly RunRecord[]> {
    const announced = await this.#streams.read(RUNS, 0);
    const ids = new Set(announced.map(({ metadata }) => (JSON.parse(metadata) as { readonly run: string }).run));
    const runs: RunRecord[] = [];
    for (const id of ids) {
      const run = await this.find(id);
      if (run !== undefined) runs.push(run);
    }
    return inOrderOfCreation(runs);
  }

  async setStatus(id: string, status: RunStatus, plannedRounds?: number): Promise<void> {
    const note: RunNote = { kind: 'status', status, ...(plannedRounds === undefined ? {} : { plannedRounds }) };
    await untilUncontested(async () => {
      const { count } = await this.get(id);
      await this.#streams.append(streamOf(id), count, [noteOf(note)]);
    });
  }

  /** The run as of now. @throws StoreError RUN_NOT_FOUND */
  async get(id: string): Promise<StreamedRun> {
    const run = await this.look(id);
    if (run === undefined) throw runNotFound(id);
    return run;
  }

  async look(id: string): Promise<StreamedRun | undefined> {
    const before = this.#read.get(id);
    const later = await this.#streams.read(streamOf(id), before?.count ?? 0);
    const run = later.reduce(withRecord, before);
    // Two looks at once read the same records: the one that saw more is kept.
    if (run !== undefined && run.count >= (this.#read.get(id)?.count ?? 0)) this.#read.set(id, run);
    return run;
  }
}

export function streamOf(run: string): string {
  return `run-${run}`;
}

function withRecord(run: StreamedRun | undefined, { metadata }: StreamRecord): StreamedRun {
  const note = JSON.parse(metadata) as RunNote;
  if (note.kind === 'created') return { ...note, blocks: [], unsealed: [], count: 1 };
  if (run === undefined) throw new RangeError(`a run's stream begins with a ${note.kind}, expected its creation`);
  const count = run.count + 1;
  if (note.kind === 'status') {
    const { status, plannedRounds = run.header.plannedRounds } = note;
    const header = { ...run.header, plannedRounds };
    return { ...run, header, progress: { ...run.progress, status }, unsealed: [], count };
  }
  const { index, hash, progress } = note;
  const begins = index.first === run.progress.events;
  const unsealed = [...(begins ? [] : run.unsealed), { index, hash, record: run.count }];
  if (progress === undefined) return { ...run, unsealed, count };
  return { ...run, progress, blocks: [...run.blocks, ...unsealed], unsealed: [], count };
}
