/**
 * LinUCB: films by the upper bound of the reward that they may bring.
 * Li, Chu, Langford & Schapire, "A contextual-bandit approach to personalized news article recommendation", WWW 2010,
 * algorithm 2.
 *
 *   score(u, i) = z·β + θ_i + α sqrt(wᵀ A^-1 w + 1 / (m + n_i))       w = z - c_i / (m + n_i)
 *
 * which is the paper's bound with its terms gathered; z are the features of the pair (bandit-features.ts), the rest is
 * in bandit-posterior.ts.
 */
import { z } from 'zod';
import { genreShare } from '../bandits/bandit-features.ts';
import { banditParameters, type BanditSettings, createBandit, type Scorer } from '../bandits/bandit-model.ts';
import { type FilmBeliefs, tasteWeights } from '../bandits/film-beliefs.ts';
import { defineRecommender } from './recommender-definition.ts';

/**
 * How far the belief of a film may be off: wᵀ A^-1 w + 1 / (m + n_i) is (fᵀ A^-1 f + 1 / (m + n_i)) + g·(2 A^-1 f +
 * A^-1 g).
 */
export class Variances {
  readonly #columns: FilmBeliefs['columns'];
  /** A^-1 */
  readonly #covariance: Float64Array;
  /** fᵀ A^-1 f + 1 / (m + n_i) */
  readonly #fixed: Float64Array;
  /** 2 A^-1 f in the columns of each film. */
  readonly #crossed: Float64Array;

  constructor({ columns, fixed, posterior }: FilmBeliefs) {
    const { covariance } = posterior;
    this.#columns = columns;
    this.#covariance = covariance;
    this.#fixed = new Float64Array(columns.films.size);
    this.#crossed = new Float64Array(fixed.length);
    for (let film = 0; film < columns.films.size; film++) {
      const [start, end] = [columns.offsets[film] as number, columns.offsets[film + 1] as number];
      let variance = 1 / posterior.trials(film);
      for (let a = start; a < end; a++) {
        const row = (columns.columns[a] as number) * columns.width;
        let product = 0;
        for (let b = start; b < end; b++)
          product += (covariance[row + (columns.columns[b] as number)] as number) * (fixed[b] as number);
        this.#crossed[a] = 2 * product;
        variance += (fixed[a] as number) * product;
      }
      this.#fixed[film] = variance;
    }
  }

  /** @param tastes by column */
  of(film: number, tastes: Float64Array): number {
    const { offsets, columns, width } = this.#columns;
    const covariance = this.#covariance;
    const end = offsets[film + 1] as number;
    const genres = this.#columns.genresOf(film);
    const share = genreShare(genres);
    let variance = this.#fixed[film] as number;
    for (let a = end - genres; a < end; a++) {
      const column = columns[a] as number;
      const row = column * width;
      let product = this.#crossed[a] as number;
      for (let b = end - genres; b < end; b++)
        product +=
          share * (tastes[columns[b] as number] as number) * (covariance[row + (columns[b] as number)] as number);
      variance += share * (tastes[column] as number) * product;
    }
    // Rounding may leave a little less than nothing.
    return Math.max(0, variance);
  }
}

function scoring(beliefs: FilmBeliefs, { alpha }: BanditSettings): (asked: { readonly taste: Float64Array }) => Scorer {
  const variances = new Variances(beliefs);
  const { weights } = beliefs.posterior;
  return ({ taste }) => {
    const tastes = beliefs.tastesByColumn(taste);
    const liked = tasteWeights(tastes, weights);
    return (film) => beliefs.expected(film, weights, liked) + alpha * Math.sqrt(variances.of(film, tastes));
  };
}

export const linUcb = defineRecommender({
  name: 'linucb',
  about: 'a bandit that learns from what was shown and shows what may yet turn out well (Li et al. 2010)',
  parameters: z.strictObject({ alpha: z.number().min(0).max(1000).default(0.3), ...banditParameters }),
  create: (settings) => createBandit('linucb', settings, scoring),
});
