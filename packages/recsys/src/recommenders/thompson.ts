/**
 * Thompson sampling: films by rewards drawn from what the bandit believes, so that each is shown as often as it may be
 * the best. Agrawal & Goyal, "Thompson sampling for contextual bandits with linear payoffs", ICML 2013, with the
 * features and intercepts of linucb:
 *
 *   score(u, i) = z·β + θ_i      with β and θ_i drawn from their posterior (bandit-posterior.ts), α its deviation
 *
 * Draws belong to the agent, the round and the film: all pages of a round are ranked by the same ones.
 */
import { type LuckOf, NOBODY } from '@rashomon/kernel';
import { z } from 'zod';
import { banditParameters, type BanditSettings, createBandit, type Scorer } from '../bandits/bandit-model.ts';
import { type FilmBeliefs, tasteWeights } from '../bandits/film-beliefs.ts';
import { defineRecommender } from './recommender-definition.ts';

function scoring(
  beliefs: FilmBeliefs,
  { alpha }: BanditSettings,
): (asked: { readonly taste: Float64Array; readonly luck: LuckOf }) => Scorer {
  const { posterior, columns } = beliefs;
  const { ids } = columns.films;
  const deviations = Float64Array.from(ids, (_, film) => alpha / Math.sqrt(posterior.trials(film)));
  return ({ taste, luck }) => {
    const ofWeights = luck.within('sampled weights')(NOBODY).for('posterior');
    const ofFilms = luck.within('sampled films')(NOBODY).for('posterior');
    const normals = Float64Array.from({ length: columns.width }, (_, column) => ofWeights.normal(column));
    const weights = posterior.draw(normals, alpha);
    const liked = tasteWeights(beliefs.tastesByColumn(taste), weights);
    return (film) =>
      beliefs.expected(film, weights, liked) + (deviations[film] as number) * ofFilms.normal(ids[film] as number);
  };
}

export const thompson = defineRecommender({
  name: 'thompson',
  about: 'a bandit that shows what it believes in as often as it believes it (Agrawal & Goyal 2013)',
  parameters: z.strictObject({ alpha: z.number().min(0).max(1000).default(0.3), ...banditParameters }),
  create: (settings) => createBandit('thompson', settings, scoring),
});
