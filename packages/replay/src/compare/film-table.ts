/** A list of films of one run, agent by agent, so that a resample can add up those of the agents drawn. */
import type { AgentAccounts } from '@rashomon/kernel';

export class FilmTable {
  readonly #films: number;
  /** Where each agent's entries begin in the columns, and at last where they end. */
  readonly #starts: Int32Array;
  readonly #film: Int32Array;
  readonly #times: Int32Array;

  /** @param list which of the measures' lists of films */
  constructor(accounts: AgentAccounts, agents: readonly number[], list: number) {
    this.#films = accounts.films;
    const counts = agents.map((agent) => accounts.of(agent).byFilm[list]);
    this.#starts = new Int32Array(agents.length + 1);
    counts.forEach((of, index) => {
      this.#starts[index + 1] = (this.#starts[index] as number) + (of?.parts ?? 0);
    });
    const entries = this.#starts[agents.length] as number;
    this.#film = new Int32Array(entries);
    this.#times = new Int32Array(entries);
    let entry = 0;
    const enter = (film: number, times: number): void => {
      this.#film[entry] = film;
      this.#times[entry++] = times;
    };
    for (const of of counts) of?.forEach(enter);
  }

  /** Whether anything is counted for an agent, by its place in the list of agents. */
  has(agent: number): boolean {
    return (this.#starts[agent + 1] as number) > (this.#starts[agent] as number);
  }

  /** How often each film was counted where agent i counts `weights[i]` times. */
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
