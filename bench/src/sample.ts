/** What one measurement found, and the gauges it reads. */

/** A number per quantity. */
export type Sample = { readonly [quantity: string]: number };

/** CPU time and wall time that an action took, in seconds. */
export interface Spent {
  /** User and system, of all threads: those of the compiler and the collector too. */
  readonly cpu: number;
  readonly wall: number;
}

export async function spentBy(action: () => unknown): Promise<Spent> {
  const began = performance.now();
  const start = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(start);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - began) / 1e3 };
}

/** The most memory this process has held so far, MiB. */
export function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** The values of one quantity. */
export function column(samples: readonly Sample[], quantity: string): readonly number[] {
  return samples.map((sample) => {
    const value = sample[quantity];
    if (value === undefined)
      throw new RangeError(`a sample has no "${quantity}"; it has ${Object.keys(sample).join(', ')}`);
    return value;
  });
}
