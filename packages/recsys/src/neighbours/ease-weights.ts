/**
 * The weights of ease in closed form: Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019, equation
 * 8.
 *
 *   P = (XᵀX + λI)^-1      B_ji = -P_ji / P_ii      B_ii = 0
 */
import type { Kernels } from '../numerics/kernels.ts';
import { withNegativeInverse } from '../numerics/symmetric-inverse.ts';
import { type CompressedRows, transpose } from '../interactions/histories.ts';

/** B among the films that somebody watched: to and from all others it is 0. */
export interface EaseWeights {
  /** Film indices, ascending. */
  readonly watched: Int32Array;
  /** Per film index its place in `watched`; -1 for a film that nobody watched. */
  readonly places: Int32Array;
  /** Row j holds B_ji for all i. */
  readonly rows: Float32Array;
}

/** O(Σ_u |I_u|²) for the Gram matrix and O(n³) for the inverse, n being the number of films that somebody watched. */
export function easeWeights(
  histories: CompressedRows,
  films: number,
  { regularization, kernels }: { readonly regularization: number; readonly kernels: Kernels },
): EaseWeights {
  const watchers = transpose(histories, films);
  const isWatched = (film: number): boolean => watchers.offsets[film] !== watchers.offsets[film + 1];
  const watched = Int32Array.from({ length: films }, (_, film) => film).filter(isWatched);
  const places = new Int32Array(films).fill(-1);
  watched.forEach((film, place) => (places[film] = place));
  const size = watched.length;
  const rows = withNegativeInverse(kernels, size, {
    fill({ values, stride }) {
      for (let place = 0; place < size; place++) {
        const row = values.subarray(place * stride, (place + 1) * stride);
        countTogether(watched[place] as number, { histories, watchers, places }, row);
        row[place] = (row[place] as number) + regularization;
      }
    },
    read: ({ values, stride }) => weightsOf(values, stride, size),
  });
  return { watched, places, rows };
}

/** Adds to row[place of j] how many users watched both films, for the films j from this one on. */
function countTogether(
  film: number,
  {
    histories,
    watchers,
    places,
  }: { readonly histories: CompressedRows; readonly watchers: CompressedRows; readonly places: Int32Array },
  row: Float64Array,
): void {
  const { offsets, columns } = histories;
  for (let at = watchers.offsets[film] as number; at < (watchers.offsets[film + 1] as number); at++) {
    const user = watchers.columns[at] as number;
    const start = offsets[user] as number;
    // A history ascends, so it is read from its end down to the film.
    for (let entry = (offsets[user + 1] as number) - 1; entry >= start; entry--) {
      const other = columns[entry] as number;
      if (other < film) break;
      const place = places[other] as number;
      row[place] = (row[place] as number) + 1;
    }
  }
}

/** B from the upper half of -P. */
function weightsOf(negative: Float64Array, stride: number, size: number): Float32Array {
  const rows = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    const diagonal = negative[j * stride + j] as number;
    for (let i = j + 1; i < size; i++) {
      const value = negative[j * stride + i] as number;
      rows[j * size + i] = -value / (negative[i * stride + i] as number);
      rows[i * size + j] = -value / diagonal;
    }
  }
  return rows;
}
