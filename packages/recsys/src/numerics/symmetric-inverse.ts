/**
 * The inverse of a large symmetric positive definite matrix in 64-bit floats.
 *
 * Blocked sweeps (Goodnight, "A tutorial on the SWEEP operator", The American Statistician 33, 1979): sweeping a block
 * K,
 *
 *   A_KK <- -A_KK^-1      A_Kj <- A_KK^-1 A_Kj      A_ij <- A_ij - A_iK A_KK^-1 A_Kj
 *
 * keeps the matrix symmetric, and after all blocks it is -A^-1. It takes n³ additions and multiplications, nearly all
 * of them in one kernel, and no pivots: every block that is met is positive definite.
 */
import { type Kernels, Layout } from './kernels.ts';

/** Rows of a block: two tiles of the panels stay in the fastest cache. */
const BLOCK = 32;
const TILE = 4;

/** A square matrix inside a larger memory. */
interface Square {
  readonly values: Float64Array;
  /** Floats from row to row: the size, rounded up to whole blocks. */
  readonly stride: number;
}

/**
 * Fills a matrix and inverts it.
 * @param size n; n² 64-bit floats must fit into the memory, which keeps its size
 * @param fill writes the upper half (row <= column) of a matrix of zeros
 * @param read is shown -A^-1: its upper half counts; the view is gone afterwards
 */
export function withNegativeInverse<T>(
  kernels: Kernels,
  size: number,
  { fill, read }: { readonly fill: (matrix: Square) => void; readonly read: (matrix: Square) => T },
): T {
  const stride = Math.ceil(size / BLOCK) * BLOCK;
  const layout = new Layout();
  const at = {
    out: layout.doubles(stride * stride),
    left: layout.doubles(stride * BLOCK),
    right: layout.doubles(stride * BLOCK),
  };
  kernels.reserve(layout.bytes);
  const view = (pointer: number, count: number): Float64Array => new Float64Array(kernels.buffer, pointer, count);
  const matrix: Square = { values: view(at.out, stride * stride).fill(0), stride };
  fill(matrix);
  for (let row = size; row < stride; row++) matrix.values[row * stride + row] = 1;
  const panels = { left: view(at.left, stride * BLOCK), right: view(at.right, stride * BLOCK) };
  for (let first = 0; first < stride; first += BLOCK) {
    const inverse = invertBlock(matrix, first);
    copyPanel(matrix, first, panels.left);
    multiply(inverse, panels.left, panels.right);
    kernels.subtractProduct({ ...at, depth: BLOCK, size: stride });
    putBack(matrix, first, { inverse, swept: panels.right });
  }
  return read(matrix);
}

/** The inverse of the block on the diagonal, by sweeping it element by element. */
function invertBlock({ values, stride }: Square, first: number): Float64Array {
  const block = new Float64Array(BLOCK * BLOCK);
  for (let i = 0; i < BLOCK; i++) {
    for (let j = i; j < BLOCK; j++)
      block[i * BLOCK + j] = block[j * BLOCK + i] = values[(first + i) * stride + first + j] as number;
  }
  for (let k = 0; k < BLOCK; k++) sweep(block, k);
  for (let index = 0; index < block.length; index++) block[index] = -(block[index] as number);
  return block;
}

function sweep(block: Float64Array, k: number): void {
  const pivot = 1 / (block[k * BLOCK + k] as number);
  const row = block.slice(k * BLOCK, (k + 1) * BLOCK);
  for (let i = 0; i < BLOCK; i++) {
    if (i === k) continue;
    const factor = (row[i] as number) * pivot;
    for (let j = 0; j < BLOCK; j++) {
      if (j !== k) block[i * BLOCK + j] = (block[i * BLOCK + j] as number) - factor * (row[j] as number);
    }
    block[i * BLOCK + k] = block[k * BLOCK + i] = factor;
  }
  block[k * BLOCK + k] = -pivot;
}

/**
 * Rows `first` … of the whole symmetric matrix in tiles of 4 columns; the block itself is left at 0, so that nothing is
 * taken off twice.
 */
function copyPanel({ values, stride }: Square, first: number, panel: Float64Array): void {
  for (let column = 0; column < stride; column++) {
    const at = placeOf(column);
    const isInside = column >= first && column < first + BLOCK;
    for (let k = 0; k < BLOCK; k++) {
      const value = column < first ? values[column * stride + first + k] : values[(first + k) * stride + column];
      panel[at + k * TILE] = isInside ? 0 : (value as number);
    }
  }
}

const placeOf = (column: number): number => (column >> 2) * BLOCK * TILE + (column & 3);

/** swept = inverse · panel, both in tiles. */
function multiply(inverse: Float64Array, panel: Float64Array, swept: Float64Array): void {
  for (let tile = 0; tile < panel.length; tile += BLOCK * TILE) {
    for (let i = 0; i < BLOCK; i++) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let k = 0; k < BLOCK; k++) {
        const weight = inverse[i * BLOCK + k] as number;
        const at = tile + k * TILE;
        sum0 += weight * (panel[at] as number);
        sum1 += weight * (panel[at + 1] as number);
        sum2 += weight * (panel[at + 2] as number);
        sum3 += weight * (panel[at + 3] as number);
      }
      const to = tile + i * TILE;
      swept[to] = sum0;
      swept[to + 1] = sum1;
      swept[to + 2] = sum2;
      swept[to + 3] = sum3;
    }
  }
}

/** The swept rows, where the upper half holds them. */
function putBack(
  { values, stride }: Square,
  first: number,
  { inverse, swept }: { readonly inverse: Float64Array; readonly swept: Float64Array },
): void {
  for (let column = 0; column < stride; column++) {
    const at = placeOf(column);
    for (let k = 0; k < BLOCK; k++) {
      const value = swept[at + k * TILE] as number;
      if (column < first) values[column * stride + first + k] = value;
      else if (column < first + BLOCK)
        values[(first + k) * stride + column] = -(inverse[k * BLOCK + column - first] as number);
      else values[(first + k) * stride + column] = value;
    }
  }
}
