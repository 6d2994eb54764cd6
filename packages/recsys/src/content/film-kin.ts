/** The films nearest in content to those that nobody has watched yet. */
import type { ContentVectors } from './content-vectors.ts';
import type { CompressedRows } from '../interactions/histories.ts';

export interface Kin {
  /** By index. */
  readonly film: number;
  /** Cosine, above 0. */
  readonly similarity: number;
}

/**
 * For each film without watchers its `size` nearest among those that have some, nearest first, ties by id. Films that
 * share nothing with any are left out.
 * @param watchers how many agents watched each film
 */
export function kinOfUnwatched(
  vectors: ContentVectors,
  watchers: Int32Array,
  size: number,
): ReadonlyMap<number, readonly Kin[]> {
  const postings = postingsOf(vectors, (film) => (watchers[film] as number) > 0);
  const cosines = new Float64Array(watchers.length);
  const kin = new Map<number, readonly Kin[]>();
  for (let film = 0; film < watchers.length; film++) {
    if ((watchers[film] as number) > 0) continue;
    addCosines(cosines, postings, { vectors, film });
    const near = takeNearest(cosines, size);
    if (near.length > 0) kin.set(film, near);
  }
  return kin;
}

/** Row t holds the films that have term t, ascending, and how much it weighs in them. */
interface Postings extends CompressedRows {
  readonly weights: Float64Array;
}

/** The vectors of some films turned around. */
function postingsOf(
  { offsets, columns, weights, terms }: ContentVectors,
  isListed: (film: number) => boolean,
): Postings {
  const rows: number[][] = Array.from({ length: terms }, () => []);
  const rowWeights: number[][] = rows.map(() => []);
  for (let film = 0; film + 1 < offsets.length; film++) {
    if (!isListed(film)) continue;
    for (let at = offsets[film] as number; at < (offsets[film + 1] as number); at++) {
      rows[columns[at] as number]?.push(film);
      rowWeights[columns[at] as number]?.push(weights[at] as number);
    }
  }
  const starts = new Int32Array(terms + 1);
  rows.forEach((row, term) => (starts[term + 1] = (starts[term] as number) + row.length));
  return { offsets: starts, columns: Int32Array.from(rows.flat()), weights: Float64Array.from(rowWeights.flat()) };
}

/** Most films share few terms with one: only those that do are met. */
function addCosines(
  cosines: Float64Array,
  postings: Postings,
  { vectors, film }: { readonly vectors: ContentVectors; readonly film: number },
): void {
  const { offsets, columns, weights } = vectors;
  for (let at = offsets[film] as number; at < (offsets[film + 1] as number); at++) {
    const term = columns[at] as number;
    const weight = weights[at] as number;
    for (let place = postings.offsets[term] as number; place < (postings.offsets[term + 1] as number); place++) {
      const other = postings.columns[place] as number;
      cosines[other] = (cosines[other] as number) + weight * (postings.weights[place] as number);
    }
  }
}

/** The films with the largest cosines above 0; all cosines go back to 0. */
function takeNearest(cosines: Float64Array, size: number): readonly Kin[] {
  const near: Kin[] = [];
  let last = 0;
  for (let film = 0; film < cosines.length; film++) {
    const similarity = cosines[film] as number;
    cosines[film] = 0;
    // Of equal ones the first to come stays: most are turned away by this one comparison.
    if (similarity <= last) continue;
    insert(near, { film, similarity }, size);
    if (near.length === size) last = (near[size - 1] as Kin).similarity;
  }
  return near;
}

/** Nearest first; of equal ones the first to come stands first. */
function insert(near: Kin[], kin: Kin, size: number): void {
  let place = near.length;
  while (place > 0 && kin.similarity > (near[place - 1] as Kin).similarity) place -= 1;
  near.splice(place, 0, kin);
  if (near.length > size) near.pop();
}
