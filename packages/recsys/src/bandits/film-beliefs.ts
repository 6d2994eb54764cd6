/**
 * What a bandit believes of each film, in the form in which slates ask for it. The expected reward z·β + θ_i, with θ_i
 * by its mean given β, is
 *
 *   d_i / (m + n_i) + w·β       w = z - c_i / (m + n_i)
 *
 * and of w only the tastes, its last columns, differ from agent to agent: w = f + g, where g has these alone.
 */
import { type FilmColumns, GENRES_FROM, genreShare } from './bandit-features.ts';
import type { BanditPosterior } from './bandit-posterior.ts';

export class FilmBeliefs {
  readonly posterior: BanditPosterior;
  readonly columns: FilmColumns;
  /** f in the columns of each film, at its offsets. */
  readonly fixed: Float64Array;
  /** d_i / (m + n_i) */
  readonly #rewards: Float64Array;

  /** @param crowd that feature of each film */
  constructor(posterior: BanditPosterior, crowd: Float64Array) {
    const { evidence } = posterior;
    const { columns } = evidence;
    this.posterior = posterior;
    this.columns = columns;
    this.fixed = new Float64Array(columns.columns.length);
    this.#rewards = evidence.rewards.map((rewards, film) => rewards / posterior.trials(film));
    const taste = new Float64Array(columns.genres.length);
    for (let film = 0; film < columns.films.size; film++) {
      const start = columns.offsets[film] as number;
      const trials = posterior.trials(film);
      columns.values(film, { past: false, crowd: crowd[film] as number, taste }).forEach((value, place) => {
        this.fixed[start + place] = value - (evidence.sums[start + place] as number) / trials;
      });
    }
  }

  /** The expected reward of a film under these weights. @param liked {@link tasteWeights} */
  expected(film: number, weights: Float64Array, liked: Float64Array): number {
    const { offsets, columns } = this.columns;
    const end = offsets[film + 1] as number;
    let sum = this.#rewards[film] as number;
    for (let at = offsets[film] as number; at < end; at++)
      sum += (this.fixed[at] as number) * (weights[columns[at] as number] as number);
    const genres = this.columns.genresOf(film);
    let tastes = 0;
    for (let at = end - genres; at < end; at++) tastes += liked[columns[at] as number] as number;
    return sum + genreShare(genres) * tastes;
  }

  /** How much more the agent turns to genres, by column. */
  tastesByColumn(taste: Float64Array): Float64Array {
    const byColumn = new Float64Array(this.columns.width);
    byColumn.set(taste, GENRES_FROM + taste.length);
    return byColumn;
  }
}

/** What a taste adds to the reward of a film of that genre alone, by column. */
export function tasteWeights(tastes: Float64Array, weights: Float64Array): Float64Array {
  return tastes.map((taste, column) => taste * (weights[column] as number));
}
