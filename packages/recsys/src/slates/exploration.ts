/**
 * Exploration: each rank of a slate is given away with a certain probability, to a film drawn uniformly (ε-greedy:
 * Sutton & Barto, Reinforcement learning, section 2.2). What is given away is keyed by the film that stood there, so
 * the same film at another rank meets the same luck.
 */
import type { Ranking, Recommender, SlateRequest } from '@rashomon/kernel';
import { filmIndexOf } from '../interactions/id-index.ts';
import { sampleFilms } from './uniform-sample.ts';
import { after, decorate } from './decorate.ts';

/** @param probability of each rank to be given away, 0 to 1; 0 changes nothing */
export function withExploration(recommender: Recommender, probability: number): Recommender {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`exploration ${probability}, expected a number from 0 to 1`);
  if (probability === 0) return recommender;
  return decorate(recommender, (base, catalogue) => {
    const { ids } = filmIndexOf(catalogue);
    return (request) => after(base.recommend(request), (ranking) => explored(ranking, request, { ids, probability }));
  });
}

function explored(
  ranking: Ranking,
  { excluded, luck }: SlateRequest,
  { ids, probability }: { readonly ids: Int32Array; readonly probability: number },
): Ranking {
  const { films, scores, drawn = [] } = ranking;
  const draws = luck.for('exploration');
  const isGiven = films.map((film) => draws.uniform(film) < probability);
  const wanted = isGiven.filter(Boolean).length;
  if (wanted === 0) return ranking;
  const strangers = sampleFilms(ids, wanted, { excluded, taken: films }, luck.for('strangers'));
  // Where hardly anything else is eligible, the ranks that nobody takes stay as they were.
  let next = 0;
  const places = isGiven.map((given) => (given && next < strangers.length ? next++ : -1));
  return {
    ...ranking,
    films: films.map((film, rank) => strangers[places[rank] as number] ?? film),
    scores: scores.map((score, rank) => ((places[rank] as number) < 0 ? score : 0)),
    drawn: [...drawn, ...strangers],
  };
}
