/**
 * A share of every slate drawn at random: RecAgent's rec_random_k, its remedy for the information cocoon.
 *
 * The first ranks are the recommender's; the last k films are drawn uniformly from the eligible ones that are
 * not already on the slate. They have the score 0: nothing ranked them.
 */
import type { Ranking, Recommender, SlateRequest } from '@rashomon/kernel';
import { filmIndexOf } from '../interactions/id-index.ts';
import { sampleFilms } from './uniform-sample.ts';
import { after, decorate } from './decorate.ts';

/**
 * The recommender with the last `share` films of each slate drawn at random; a share of 0 changes nothing.
 * @throws RangeError when the share is no whole number from 0 on
 */
export function withRandomShare(recommender: Recommender, share: number): Recommender {
  if (!Number.isSafeInteger(share) || share < 0)
    throw new RangeError(`random share ${share}, expected a whole number from 0 on`);
  if (share === 0) return recommender;
  return decorate(recommender, (base, catalogue) => {
    const { ids } = filmIndexOf(catalogue);
    return (request) =>
      after(base.recommend({ ...request, count: Math.max(0, request.count - share) }), (ranking) =>
        filled(ranking, request, { ids, share }),
      );
  });
}

function filled(
  ranking: Ranking,
  { count, excluded, luck }: SlateRequest,
  { ids, share }: { readonly ids: Int32Array; readonly share: number },
): Ranking {
  const { films, scores, drawn = [] } = ranking;
  const more = sampleFilms(ids, Math.min(share, count), { excluded, taken: films }, luck.for('random slate'));
  return {
    ...ranking,
    films: [...films, ...more],
    scores: [...scores, ...more.map(() => 0)],
    drawn: [...drawn, ...more],
  };
}
