/** Snapshots in memory, kept with their run. */
import type { Snapshot, Snapshots } from '../../ports/snapshots.ts';
import type { MemoryRuns } from './memory-runs.ts';

export class MemorySnapshots implements Snapshots {
  readonly #runs: MemoryRuns;

  constructor(runs: MemoryRuns) {
    this.#runs = runs;
  }

  async put(id: string, projection: string, round: number, bytes: Uint8Array): Promise<void> {
    const { snapshots } = this.#runs.get(id);
    const byRound = snapshots.get(projection) ?? new Map<number, Uint8Array>();
    snapshots.set(projection, byRound.set(round, Uint8Array.from(bytes)));
  }

  async latest(id: string, projection: string, atMostRound: number): Promise<Snapshot | undefined> {
    const byRound = this.#runs.get(id).snapshots.get(projection) ?? new Map<number, Uint8Array>();
    const round = Math.max(...[...byRound.keys()].filter((taken) => taken <= atMostRound));
    const bytes = byRound.get(round);
    return bytes && { round, bytes };
  }

  async drop(id: string): Promise<void> {
    this.#runs.get(id).snapshots.clear();
  }
}
