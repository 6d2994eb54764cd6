/**
 * Diversity by maximal marginal relevance: Carbonell & Goldstein, "The use of MMR", SIGIR 1998. The next film is the
 * one with the largest
 *
 *   (1 - w) relevance(i) - w max_{j on the slate} similarity(i, j)
 *
 * with the cosine of genre sets as similarity.
 */
import type { FilmCatalogue, Recommender } from '@rashomon/kernel';
import { after, decorate } from './decorate.ts';
import { genreCosine } from './genre-vectors.ts';
import { type Gain, greedyChoice } from './greedy-choice.ts';

export interface RerankOptions {
  /** How much it counts against the ranking: 0 (nothing) to 1. */
  readonly weight: number;
  /** How many of the best films are chosen from. */
  readonly candidates: number;
}

export function withDiversity(recommender: Recommender, { weight, candidates }: RerankOptions): Recommender {
  if (weight === 0) return recommender;
  return decorate(recommender, (base, catalogue) => (request) => {
    const { count } = request;
    const ranked = base.recommend({ ...request, count: count === 0 ? 0 : Math.max(count, candidates) });
    return after(ranked, (ranking) =>
      greedyChoice(ranking, { count, weight, gain: unlikeness(catalogue, ranking.films) }),
    );
  });
}

function unlikeness(catalogue: FilmCatalogue, films: readonly number[]): Gain {
  const nearest = films.map(() => 0);
  return {
    of: (index) => -(nearest[index] as number),
    take(taken) {
      films.forEach(
        (film, index) =>
          (nearest[index] = Math.max(nearest[index] as number, genreCosine(catalogue, film, films[taken] as number))),
      );
    },
  };
}
