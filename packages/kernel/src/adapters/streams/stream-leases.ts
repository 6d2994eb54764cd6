/**
 * Leases over streams: taking one and giving it up are records, and the expected number of records lets one of two
 * win. These streams die with their process; over a server a taker would also name the time until which it holds.
 */
import type { Leases, WriterLease } from '../../ports/leases.ts';
import { runBusy } from '../store-refusals.ts';
import type { StreamRuns } from './stream-runs.ts';
import { noteOf, StreamConflict, type Streams } from './streams.ts';

export class StreamLeases implements Leases {
  readonly #streams: Streams;
  readonly #runs: StreamRuns;
  readonly #held = new Set<WriterLease>();

  constructor(streams: Streams, runs: StreamRuns) {
    this.#streams = streams;
    this.#runs = runs;
  }

  async acquire(id: string): Promise<WriterLease> {
    await this.#runs.get(id);
    const stream = streamOf(id);
    // Taken, given up, taken: while the number is odd, somebody holds it.
    const { length } = await this.#streams.read(stream, 0);
    if (length % 2 === 1) throw runBusy(id);
    try {
      await this.#streams.append(stream, length, [noteOf({ taken: true })]);
    } catch (error) {
      throw error instanceof StreamConflict ? runBusy(id) : error;
    }
    const lease: WriterLease = {
      release: async () => {
        if (!this.#held.delete(lease)) return;
        await this.#streams.append(stream, length + 1, [noteOf({ taken: false })]);
      },
    };
    this.#held.add(lease);
    return lease;
  }

  async isHeld(id: string): Promise<boolean> {
    return (await this.#streams.read(streamOf(id), 0)).length % 2 === 1;
  }

  async releaseAll(): Promise<void> {
    for (const lease of this.#held) await lease.release();
  }
}

function streamOf(run: string): string {
  return `lease-${run}`;
}
