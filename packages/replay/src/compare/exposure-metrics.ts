/**
 * The metrics of the system: how what was shown is spread over the catalogue. Not sums over agents, so a resample
 * adds up the showings of the agents drawn and judges the whole again.
 */
import { gini } from '@rashomon/kernel';
import type { RunTally } from './tally.ts';

export interface ExposureMetric {
  readonly name: string;
  readonly about: string;
  /** @param counts showings per film of the catalogue */
  of(counts: Int32Array): number;
}

export const EXPOSURE_METRICS: readonly ExposureMetric[] = [
  {
    name: 'coverage',
    about: 'share of the catalogue shown to anybody',
    of: (counts) =>
      counts.length === 0 ? 0 : counts.reduce((shown, count) => (count > 0 ? shown + 1 : shown), 0) / counts.length,
  },
  {
    name: 'exposureGini',
    about: 'Gini coefficient of showings over the catalogue: 0 all alike, towards 1 all on one film',
    of: gini,
  },
];

/** All showings of one run, agent by agent. */
export class ExposureTable {
  readonly #films: number;
  /** Where each agent's entries begin in the columns, and at last where they end. */
  readonly #starts: Int32Array;
  readonly #film: Int32Array;
  readonly #times: Int32Array;

  constructor(tally: RunTally, agents: readonly number[]) {
    const film: number[] = [];
    const times: number[] = [];
    this.#films = tally.films;
    this.#starts = new Int32Array(agents.length + 1);
    agents.forEach((agent, index) => {
      tally.agent(agent).exposure.forEach((shown, often) => {
        film.push(shown);
        times.push(often);
      });
      this.#starts[index + 1] = film.length;
    });
    this.#film = Int32Array.from(film);
    this.#times = Int32Array.from(times);
  }

  /** Showings per film where agent i counts `weights[i]` times. */
  counts(weights: Int32Array): Int32Array {
    const counts = new Int32Array(this.#films);
    const films = this.#film;
    const times = this.#times;
    for (let agent = 0; agent < weights.length; agent++) {
      const weight = weights[agent] as number;
      if (weight === 0) continue;
      const end = this.#starts[agent + 1] as number;
      for (let entry = this.#starts[agent] as number; entry < end; entry++) {
        const film = films[entry] as number;
        counts[film] = (counts[film] as number) + Math.imul(weight, times[entry] as number);
      }
    }
    return counts;
  }
}
