/**
 * Latent semantic analysis (Deerwester, Dumais, Furnas, Landauer & Harshman, *Indexing by latent semantic analysis*,
 * JASIS 1990): the few directions in the space of terms that hold most of what the films of a catalogue have in common.
 *
 * Films A (films x terms) and queries q are taken to A V and q V, with V an orthonormal basis of the span of the
 * leading right singular vectors. Cosines there do not depend on which basis it is, so none of the singular values is
 * needed: block power iteration U <- orth(A Aᵀ U) over the films, which are fewer than the terms, and then V = orth(Aᵀ
 * U) find the span (Halko, Martinsson & Tropp, SIAM Review 53, 2011, section 4.5). It starts from fixed signs and makes
 * a fixed number of sweeps, so that the same films give the same bits.
 */
import type { SparseRows } from './film-terms.ts';

/** Eight find no more of the expected films of the sample than four. */
const SWEEPS = 4;
/** A direction whose squared length is below this share of the longest's holds nothing but rounding. */
const VANISHED = 1e-10;

/**
 * @param keys one whole number per row of the matrix, from which its start signs follow
 * @returns V, columns x dimensions, row-major; directions that the matrix does not have are 0
 */
export function leadingDirections(matrix: SparseRows, dimensions: number, keys: Int32Array): Float64Array {
  let combinations = startSigns(keys, dimensions);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    combinations = times(matrix, timesTransposed(matrix, combinations, dimensions), dimensions);
    orthonormalize(combinations, dimensions);
  }
  const directions = timesTransposed(matrix, combinations, dimensions);
  orthonormalize(directions, dimensions);
  return directions;
}

/** A V, rows x dimensions. */
export function times(
  { rows, offsets, terms, weights }: SparseRows,
  right: Float64Array,
  dimensions: number,
): Float64Array {
  const product = new Float64Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const to = row * dimensions;
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const weight = weights[at] as number;
      const from = (terms[at] as number) * dimensions;
      for (let d = 0; d < dimensions; d++)
        product[to + d] = (product[to + d] as number) + weight * (right[from + d] as number);
    }
  }
  return product;
}

/** Aᵀ B, columns x dimensions. */
function timesTransposed(
  { rows, columns, offsets, terms, weights }: SparseRows,
  right: Float64Array,
  dimensions: number,
): Float64Array {
  const product = new Float64Array(columns * dimensions);
  for (let row = 0; row < rows; row++) {
    const from = row * dimensions;
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const weight = weights[at] as number;
      const to = (terms[at] as number) * dimensions;
      for (let d = 0; d < dimensions; d++)
        product[to + d] = (product[to + d] as number) + weight * (right[from + d] as number);
    }
  }
  return product;
}

/** Signs that look thrown: a mixed-up key's bit for each dimension (the finalizer of MurmurHash3, Appleby 2011). */
function startSigns(keys: Int32Array, dimensions: number): Float64Array {
  const signs = new Float64Array(keys.length * dimensions);
  for (let at = 0; at < signs.length; at++) {
    let mixed =
      Math.imul((keys[Math.floor(at / dimensions)] as number) + 1, 0x9e3779b1) ^
      Math.imul((at % dimensions) + 1, 0x85ebca77);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    signs[at] = ((mixed ^ (mixed >>> 16)) & 1) === 0 ? 1 : -1;
  }
  return signs;
}

/** Makes the columns of X orthonormal in place, by Cholesky QR: X <- X L^-T with L Lᵀ = Xᵀ X. */
function orthonormalize(x: Float64Array, dimensions: number): void {
  const lower = choleskyOf(gramOf(x, dimensions), dimensions);
  // L by columns: then no subtraction waits for another.
  const columns = transposed(lower, dimensions);
  for (let row = 0; row < x.length; row += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      const at = i * dimensions;
      const pivot = columns[at + i] as number;
      const value = pivot === 0 ? 0 : (x[row + i] as number) / pivot;
      x[row + i] = value;
      for (let k = i + 1; k < dimensions; k++)
        x[row + k] = (x[row + k] as number) - value * (columns[at + k] as number);
    }
  }
}

function transposed(matrix: Float64Array, dimensions: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % dimensions) * dimensions + Math.floor(at / dimensions)] as number);
}

/** Xᵀ X; its lower half. */
function gramOf(x: Float64Array, dimensions: number): Float64Array {
  const gram = new Float64Array(dimensions * dimensions);
  for (let row = 0; row < x.length; row += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      const value = x[row + i] as number;
      if (value === 0) continue;
      for (let j = 0, at = i * dimensions; j <= i; j++, at++)
        gram[at] = (gram[at] as number) + value * (x[row + j] as number);
    }
  }
  return gram;
}

/** L in the lower half; a column that the ones before leave nothing of is 0. */
function choleskyOf(gram: Float64Array, dimensions: number): Float64Array {
  const lower = gram;
  let most = 0;
  for (let i = 0; i < dimensions; i++) most = Math.max(most, gram[i * dimensions + i] as number);
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * dimensions + j] as number;
      for (let k = 0; k < j; k++) sum -= (lower[i * dimensions + k] as number) * (lower[j * dimensions + k] as number);
      const pivot = lower[j * dimensions + j] as number;
      if (i === j) lower[i * dimensions + i] = sum > VANISHED * most ? Math.sqrt(sum) : 0;
      else lower[i * dimensions + j] = pivot === 0 ? 0 : sum / pivot;
    }
  }
  return lower;
}
