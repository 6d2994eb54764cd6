/** Builds a slate film by film from the best candidates of a ranking: what every re-ranking has in common. */
import type { Ranking } from '@rashomon/kernel';

/** How much the ranking counts against what is weighed beside it. */
export interface Gain {
  /** What putting candidate `index` next would add, beside its relevance. */
  of(index: number): number;
  /** Candidate `index` was put next. */
  take(index: number): void;
}

/**
 * Repeatedly takes the candidate with the largest (1 - weight) · relevance + weight · gain; the first in the ranking
 * of equals. Relevance is the score between the lowest (0) and the highest (1) of the candidates.
 */
export function greedyChoice(
  candidates: Ranking,
  { count, weight, gain }: { readonly count: number; readonly weight: number; readonly gain: Gain },
): Ranking {
  const { films, scores } = candidates;
  const relevance = relevanceOf(scores);
  const left = new Set(films.keys());
  const chosen: number[] = [];
  while (chosen.length < count && left.size > 0) {
    let best = -1;
    let bestValue = -Infinity;
    for (const index of left) {
      const value = (1 - weight) * (relevance[index] as number) + weight * gain.of(index);
      if (value > bestValue) [best, bestValue] = [index, value];
    }
    left.delete(best);
    gain.take(best);
    chosen.push(best);
  }
  return {
    ...candidates,
    films: chosen.map((index) => films[index] as number),
    scores: chosen.map((index) => scores[index] as number),
  };
}

function relevanceOf(scores: readonly number[]): number[] {
  const lowest = scores.reduce((least, score) => Math.min(least, score), Infinity);
  const span = scores.reduce((most, score) => Math.max(most, score), -Infinity) - lowest;
  return scores.map((score) => (span > 0 ? (score - lowest) / span : 1));
}
