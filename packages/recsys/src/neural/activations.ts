/** What stands between the matrices of a network. */
import { exp, type Draws } from '@rashomon/kernel';

/** Beyond this e^-2x is lost beside 1, in 64 bits. */
const TANH_ONE = 20;

/**
 * (1 - e^-2x) / (1 + e^-2x) for x > 0, and the reverse; near 0 the first terms of the series, where the difference
 * would lose its bits.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > TANH_ONE) return x > 0 ? 1 : -1;
  if (size < 1e-4) return x - (x * x * x) / 3;
  const power = exp(-2 * size);
  const value = (1 - power) / (1 + power);
  return x > 0 ? value : -value;
}

/** Adds a row to each row of a matrix, both row by row. */
export function addToRows(rows: Float32Array, row: Float32Array): void {
  const width = row.length;
  for (let first = 0; first < rows.length; first += width) {
    for (let k = 0; k < width; k++) rows[first + k] = (rows[first + k] as number) + (row[k] as number);
  }
}

/** sum = Σ of the rows, each column in the order of the rows, in 64-bit floats. */
export function sumOfRows(rows: Float32Array, sum: Float32Array): void {
  const width = sum.length;
  const sums = new Float64Array(width);
  for (let first = 0; first < rows.length; first += width) {
    for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + (rows[first + k] as number);
  }
  sum.set(sums);
}

/** Units that share a draw: a word has four bytes, and a unit is dropped when its byte is low. */
const UNITS_PER_WORD = 4;
const BYTE_VALUES = 256;

/** The share of units that really drop: a whole number of 256ths, never all of them. */
export function droppedShare(rate: number): number {
  return Math.min(BYTE_VALUES - 1, Math.floor(rate * BYTE_VALUES + 0.5)) / BYTE_VALUES;
}

/**
 * Srivastava et al., "Dropout", JMLR 2014, with the scaling in training: each factor becomes 0 with the probability
 * `rate` (in 256ths), 1 / (1 - rate) otherwise.
 * @param first number of the first draw; a draw for every four factors
 */
export function drawDropout(
  factors: Float32Array,
  rate: number,
  { draws, first }: { readonly draws: Draws; readonly first: number },
): void {
  const share = droppedShare(rate);
  const threshold = share * BYTE_VALUES;
  const kept = 1 / (1 - share);
  if (threshold === 0) {
    factors.fill(1);
    return;
  }
  for (let at = 0, number = first; at < factors.length; number++) {
    let word = draws.word(number);
    for (let unit = 0; unit < UNITS_PER_WORD && at < factors.length; unit++, at++) {
      factors[at] = (word & 0xff) < threshold ? 0 : kept;
      word >>>= 8;
    }
  }
}
