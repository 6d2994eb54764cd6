/** Which films are watched by the same people: the cosine neighbourhoods behind item-knn. */
import { kthLargest } from '../numerics/kth-largest.ts';
import { type CompressedRows, transpose } from '../interactions/histories.ts';

/** Row j holds the films that have film j among their neighbours, with the similarity. */
export interface WeightedRows extends CompressedRows {
  readonly weights: Float32Array;
}

/**
 * For each film i its `neighbours` most similar films j, ties by id, turned around: row j lists the films i.
 *   similarity(i, j) = |U_i ∩ U_j| / sqrt(|U_i| |U_j|)       (Sarwar et al., WWW 2001, on watched or not)
 *
 * Computed row by row through the watchers of a film and their films, so it takes Σ_u |I_u|² steps and no
 * matrix. Sums are of whole numbers: their order cannot matter.
 */
export function filmNeighbours(watched: CompressedRows, films: number, neighbours: number): WeightedRows {
  const watchers = transpose(watched, films);
  const row: Candidates = { size: 0, films: new Int32Array(films), weights: new Float32Array(films) };
  const counts = new Int32Array(films);
  const scratch = new Float32Array(films);
  const rowFilms: Int32Array[] = [];
  const rowWeights: Float32Array[] = [];
  for (let film = 0; film < films; film++) {
    countTogether(film, watched, watchers, counts);
    collect(film, watchers, counts, row);
    keepMostSimilar(row, neighbours, scratch);
    rowFilms.push(row.films.slice(0, row.size));
    rowWeights.push(row.weights.slice(0, row.size));
  }
  return turnAround(rowFilms, rowWeights);
}

/** The films similar to one film, ascending, with their similarities, in arrays that are used again. */
interface Candidates {
  size: number;
  readonly films: Int32Array;
  readonly weights: Float32Array;
}

/** Adds up in `counts` how many watched both. */
function countTogether(film: number, watched: CompressedRows, watchers: CompressedRows, counts: Int32Array): void {
  for (let w = watchers.offsets[film] as number; w < (watchers.offsets[film + 1] as number); w++) {
    const agent = watchers.columns[w] as number;
    const end = watched.offsets[agent + 1] as number;
    for (let at = watched.offsets[agent] as number; at < end; at++) {
      const other = watched.columns[at] as number;
      counts[other] = (counts[other] as number) + 1;
    }
  }
}

/** Counts into similarities; the counts go back to 0. */
function collect(film: number, { offsets }: CompressedRows, counts: Int32Array, row: Candidates): void {
  const watches = counts[film] as number;
  counts[film] = 0;
  row.size = 0;
  if (watches === 0) return;
  for (let other = 0; other < counts.length; other++) {
    const together = counts[other] as number;
    if (together === 0) continue;
    counts[other] = 0;
    const otherWatches = (offsets[other + 1] as number) - (offsets[other] as number);
    row.films[row.size] = other;
    row.weights[row.size++] = together / Math.sqrt(watches * otherWatches);
  }
}

function keepMostSimilar(row: Candidates, size: number, scratch: Float32Array): void {
  if (row.size <= size) return;
  const { films, weights } = row;
  const values = scratch.subarray(0, row.size);
  values.set(weights.subarray(0, row.size));
  const last = kthLargest(values, size);
  let ties = size;
  for (let index = 0; index < row.size; index++) if ((weights[index] as number) > last) ties--;
  let kept = 0;
  for (let index = 0; index < row.size; index++) {
    const weight = weights[index] as number;
    if (weight < last || (weight === last && ties-- <= 0)) continue;
    films[kept] = films[index] as number;
    weights[kept++] = weight;
  }
  row.size = kept;
}

function turnAround(rowFilms: readonly Int32Array[], rowWeights: readonly Float32Array[]): WeightedRows {
  const size = rowFilms.length;
  const offsets = new Int32Array(size + 1);
  for (const row of rowFilms) for (const film of row) offsets[film + 1] = (offsets[film + 1] as number) + 1;
  for (let row = 0; row < size; row++) offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number);
  const next = offsets.slice();
  const columns = new Int32Array(offsets[size] as number);
  const weights = new Float32Array(columns.length);
  for (let film = 0; film < size; film++) {
    const row = rowFilms[film] as Int32Array;
    for (let index = 0; index < row.length; index++) {
      const other = row[index] as number;
      const at = next[other] as number;
      next[other] = at + 1;
      columns[at] = film;
      weights[at] = (rowWeights[film] as Float32Array)[index] as number;
    }
  }
  return { offsets, columns, weights };
}

/** For each film the sum of its similarities to the watched ones, among whose nearest it has to be. */
export function similaritySums({ offsets, columns, weights }: WeightedRows, watched: Int32Array): Float32Array {
  const sums = new Float32Array(offsets.length - 1);
  for (let index = 0; index < watched.length; index++) {
    const film = watched[index] as number;
    const end = offsets[film + 1] as number;
    for (let at = offsets[film] as number; at < end; at++) {
      const target = columns[at] as number;
      sums[target] = (sums[target] as number) + (weights[at] as number);
    }
  }
  return sums;
}

/** What each watched film adds to the sum of one. */
export function similaritiesTo(
  target: number,
  { offsets, columns, weights }: WeightedRows,
  watched: Int32Array,
): readonly number[] {
  return Array.from(watched, (film) => {
    const place = columns.subarray(offsets[film], offsets[film + 1]).indexOf(target);
    return place < 0 ? 0 : (weights[(offsets[film] as number) + place] as number);
  });
}
