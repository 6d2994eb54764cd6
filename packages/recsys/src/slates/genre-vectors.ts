/** Films as shares of their genres: what diversity and calibration compare. */
import type { FilmCatalogue } from '@rashomon/kernel';

/** |A ∩ B| / sqrt(|A| |B|) of two genre sets: the cosine of their 0/1 vectors; 0 where one is empty. */
export function genreCosine(catalogue: FilmCatalogue, one: number, other: number): number {
  const [a, b] = [catalogue.genresOf(one), catalogue.genresOf(other)];
  if (a.length === 0 || b.length === 0) return 0;
  let shared = 0;
  for (const genre of a) if (b.includes(genre)) shared += 1;
  return shared / Math.sqrt(a.length * b.length);
}

/** Adds `weight`, shared evenly among the film's genres, to a distribution over all of them. */
export function addGenres(
  distribution: Float64Array,
  catalogue: FilmCatalogue,
  { film, weight }: { readonly film: number; readonly weight: number },
): void {
  const genres = catalogue.genresOf(film);
  for (const genre of genres) distribution[genre] = (distribution[genre] as number) + weight / genres.length;
}
