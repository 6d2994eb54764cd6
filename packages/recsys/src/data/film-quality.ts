/** How well a film is liked apart from taste, estimated from the ratings of its source. */
import { milli, type RatingColumns } from '@rashomon/kernel';

/** Ratings of weight zero that pull a seldom rated film to the middle. */
const DAMPING = 10;

/**
 * Damped mean (Koren, Bell & Volinsky 2009; Funk 2006): with μ the mean of all ratings,
 *   quality(i) = Σ_u (r_ui - μ) / (n_i + 10)      in stars, to the thousandth.
 * Films without ratings are not in the map.
 */
export function filmQuality(ratings: RatingColumns): ReadonlyMap<number, number> {
  const size = ratings.films.length;
  let total = 0;
  for (let entry = 0; entry < size; entry++) total += ratings.ratings[entry] as number;
  const mean = size === 0 ? 0 : total / size;
  const sums = new Map<number, { above: number; count: number }>();
  for (let entry = 0; entry < size; entry++) {
    const film = ratings.films[entry] as number;
    let sum = sums.get(film);
    if (sum === undefined) sums.set(film, (sum = { above: 0, count: 0 }));
    sum.above += (ratings.ratings[entry] as number) - mean;
    sum.count += 1;
  }
  return new Map([...sums].map(([film, { above, count }]) => [film, milli(above / (count + DAMPING))]));
}
