/** Films by how often they were watched: a recommender of its own, and what others serve to a stranger. */
import { type Bits, type Contribution, hasBit, type Ranking } from '@rashomon/kernel';
import { type Histories, watchersOf } from './histories.ts';
import type { IdIndex } from './id-index.ts';

export class PopularityOrder {
  readonly films: IdIndex;
  /** Per film index. */
  readonly counts: Int32Array;
  /** What one watch is worth in the scores of a ranking. */
  readonly #unit: number;
  #order: Int32Array | undefined;

  constructor(films: IdIndex, counts: Int32Array, unit: number) {
    this.films = films;
    this.counts = counts;
    this.#unit = unit;
  }

  /** Most watched first, ties by id; scores are counts times the unit, as 32-bit floats. */
  rank(count: number, excluded: Bits): Ranking {
    const order = (this.#order ??= this.#sorted());
    const films: number[] = [];
    const scores: number[] = [];
    for (let place = 0; place < order.length && films.length < count; place++) {
      const index = order[place] as number;
      const film = this.films.ids[index] as number;
      if (hasBit(excluded, film)) continue;
      films.push(film);
      scores.push(Math.fround((this.counts[index] as number) * this.#unit));
    }
    return { films, scores };
  }

  /** All of the score comes of the watches; nothing for a film that is not among them. */
  explain(film: number): readonly Contribution[] {
    const index = this.films.indexOf(film);
    if (index < 0) return [];
    const crowd = this.counts[index] as number;
    return crowd === 0 ? [] : [{ crowd, weight: Math.fround(crowd * this.#unit) }];
  }

  #sorted(): Int32Array {
    const counts = this.counts;
    return Int32Array.from(counts.keys()).sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  }
}

/** The order for strangers in a model of others: scores are shares of the known agents that watched the film. */
export function popularityIn(histories: Histories, films: IdIndex): PopularityOrder {
  return new PopularityOrder(films, watchersOf(histories, films.size), 1 / Math.max(1, histories.agents.size));
}
