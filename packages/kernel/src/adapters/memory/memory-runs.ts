/** The runs of a store in memory, each with all that belongs to it. */
import type { EncodedBlock } from '../../encoding/block.ts';
import type { RunHeader, RunProgress, RunRecord, RunRegistry, RunStatus } from '../../ports/run-registry.ts';
import { checkCreation, inOrderOfCreation, runExists, runNotFound } from '../store-refusals.ts';

export interface MemoryRun {
  header: RunHeader;
  progress: RunProgress;
  readonly blocks: EncodedBlock[];
  /** By projection, then by round. */
  readonly snapshots: Map<string, Map<number, Uint8Array>>;
}

export class MemoryRuns implements RunRegistry {
  readonly #runs = new Map<string, MemoryRun>();

  async create(header: RunHeader, progress: RunProgress): Promise<void> {
    checkCreation(header, progress);
    if (this.#runs.has(header.id)) throw runExists(header.id);
    this.#runs.set(header.id, { header, progress, blocks: [], snapshots: new Map() });
  }

  async find(id: string): Promise<RunRecord | undefined> {
    const run = this.#runs.get(id);
    return run && { header: run.header, progress: run.progress };
  }

  async list(): Promise<readonly RunRecord[]> {
    return inOrderOfCreation([...this.#runs.values()].map(({ header, progress }) => ({ header, progress })));
  }

  async setStatus(id: string, status: RunStatus, plannedRounds?: number): Promise<void> {
    const run = this.get(id);
    run.progress = { ...run.progress, status };
    if (plannedRounds !== undefined) run.header = { ...run.header, plannedRounds };
  }

  /** For the other ports of the store. @throws StoreError RUN_NOT_FOUND */
  get(id: string): MemoryRun {
    const run = this.#runs.get(id);
    if (run === undefined) throw runNotFound(id);
    return run;
  }
}
