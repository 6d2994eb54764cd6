/** Leases within a process: nothing but this process can hold one. */
import type { Leases, WriterLease } from '../../ports/leases.ts';
import { runBusy } from '../store-refusals.ts';
import type { MemoryRuns } from './memory-runs.ts';

export class MemoryLeases implements Leases {
  readonly #runs: MemoryRuns;
  readonly #held = new Map<string, WriterLease>();

  constructor(runs: MemoryRuns) {
    this.#runs = runs;
  }

  async acquire(id: string): Promise<WriterLease> {
    this.#runs.get(id);
    if (this.#held.has(id)) throw runBusy(id);
    const lease: WriterLease = {
      release: async () => {
        if (this.#held.get(id) === lease) this.#held.delete(id);
      },
    };
    this.#held.set(id, lease);
    return lease;
  }

  async isHeld(id: string): Promise<boolean> {
    return this.#held.has(id);
  }

  /** Gives all of them up. */
  clear(): void {
    this.#held.clear();
  }
}
