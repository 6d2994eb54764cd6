/**
 * Tastes and behaviour learnt from ratings.
 *
 * With m(i) the mean rating of film i, shrunk to the mean of all ratings, user u's offset b(u) is the shrunk mean of
 * r(u,i) - m(i), and e(u,i) = r(u,i) - m(i) - b(u) what taste leaves to explain: the usual baseline (Koren, "Factor in
 * the Neighbors", TKDD 4(1) 2010, equation 1). Taste for genre g is the sum of two signals:
 *
 *   liked(u,g)  = sum of e(u,i) over the user's films of g / (n(u,g) + 5)
 *   sought(u,g) = ln((n(u,g) + 5) / (n(u) s(g) + 5)),  s(g) = share of all watches that are of g
 *   taste(u,g)  = 1.2 liked(u,g) + 0.9 sought(u,g), clipped to -1.5 … 1.5
 *
 * What people choose to watch says as much about their taste as the stars they give, and is all there is where a
 * source has no stars.
 */
import { type FilmCatalogue, ln } from '@rashomon/kernel';
import { bounded } from './taste.ts';
import type { History } from './user-history.ts';

const FILM_SHRINKAGE = 10;
const USER_SHRINKAGE = 5;
const GENRE_SHRINKAGE = 5;
const LIKED_WEIGHT = 1.2;
const SOUGHT_WEIGHT = 0.9;

export interface LearntUser {
  readonly taste: readonly number[];
  /** b(u), in stars: below 0 for somebody hard to please. */
  readonly offset: number;
  /** Entropy of the genres watched over its largest possible value, 0 to 1. */
  readonly breadth: number;
}

export type Learner = (history: History) => LearntUser;

/** Reads the film means and genre shares from all histories; O(ratings). */
export function tasteLearner(catalogue: FilmCatalogue, histories: Iterable<History>): Learner {
  const everybody = [...histories];
  const filmMean = filmMeansOf(everybody);
  const shares = genreSharesOf(catalogue, everybody);
  return (history) => {
    const size = catalogue.genres.length;
    const residuals = residualsOf(history, filmMean);
    const count = new Float64Array(size);
    const sum = new Float64Array(size);
    history.films.forEach((film, index) => {
      for (const genre of catalogue.genresOf(film)) {
        count[genre] = (count[genre] as number) + 1;
        sum[genre] = (sum[genre] as number) + (residuals.values[index] as number);
      }
    });
    const watched = history.films.length;
    const taste = shares.map((share, genre) => {
      const n = count[genre] as number;
      const liked = (sum[genre] as number) / (n + GENRE_SHRINKAGE);
      const sought = ln((n + GENRE_SHRINKAGE) / (watched * share + GENRE_SHRINKAGE));
      return bounded(LIKED_WEIGHT * liked + SOUGHT_WEIGHT * sought);
    });
    return { taste, offset: residuals.offset, breadth: breadthOf(count) };
  };
}

/** m(i) for films that were rated. */
function filmMeansOf(histories: readonly History[]): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  let total = 0;
  let rated = 0;
  for (const { films, ratings } of histories) {
    films.forEach((film, index) => {
      const rating = ratings[index] as number;
      if (rating === 0) return;
      const entry = sums.get(film) ?? { sum: 0, count: 0 };
      entry.sum += rating;
      entry.count += 1;
      sums.set(film, entry);
      total += rating;
      rated += 1;
    });
  }
  const mean = rated === 0 ? 0 : total / rated;
  return new Map(
    [...sums].map(([film, { sum, count }]) => [film, (sum + FILM_SHRINKAGE * mean) / (count + FILM_SHRINKAGE)]),
  );
}

/** s(g): how often a watch is of each genre. */
function genreSharesOf(catalogue: FilmCatalogue, histories: readonly History[]): readonly number[] {
  const counts = catalogue.genres.map(() => 0);
  let watches = 0;
  for (const { films } of histories) {
    watches += films.length;
    for (const film of films)
      for (const genre of catalogue.genresOf(film)) counts[genre] = (counts[genre] as number) + 1;
  }
  return counts.map((count) => count / Math.max(1, watches));
}

/** e(u,i) per watch (0 where unrated) and b(u). */
function residualsOf(
  { films, ratings }: History,
  filmMean: ReadonlyMap<number, number>,
): { readonly values: number[]; readonly offset: number } {
  let sum = 0;
  let rated = 0;
  const values = films.map((film, index) => {
    const rating = ratings[index] as number;
    if (rating === 0) return 0;
    const above = rating - (filmMean.get(film) ?? rating);
    sum += above;
    rated += 1;
    return above;
  });
  const offset = sum / (rated + USER_SHRINKAGE);
  return { values: values.map((value, index) => (ratings[index] === 0 ? 0 : value - offset)), offset };
}

function breadthOf(counts: Float64Array): number {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0 || counts.length < 2) return 0;
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= (count / total) * ln(count / total);
  return sum / ln(counts.length);
}
