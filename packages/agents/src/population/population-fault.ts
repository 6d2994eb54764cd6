/** What is wrong with data that a population should be made from, all of it at once. */
import type { Fault } from '@rashomon/kernel';

/** How many faults the message spells out; `faults` has them all. */
const SPELLED_OUT = 10;

/** Thrown before anything is made. */
export class InvalidPopulationData extends Error {
  readonly code = 'INVALID_POPULATION_DATA';
  readonly faults: readonly Fault[];

  constructor(source: string, faults: readonly Fault[]) {
    const lines = faults
      .slice(0, SPELLED_OUT)
      .map(({ path, value, expected }) => `${path}: ${JSON.stringify(value)}, expected ${expected}`);
    const more = faults.length > SPELLED_OUT ? [`and ${faults.length - SPELLED_OUT} more`] : [];
    super([`${source}: ${faults.length} faults`, ...lines, ...more].join('\n'));
    this.name = 'InvalidPopulationData';
    this.faults = faults;
  }
}
