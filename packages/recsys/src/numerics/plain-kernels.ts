/**
 * The kernels in JavaScript: assembly/kernels.ts operation by operation, rounded to 32 bits by Math.fround where it is.
 */
import type { Kernels, MatrixProduct, PanelProduct, Propagation, RowPairs, RowSystem } from './kernels.ts';

const round = Math.fround;

/** Below this squared residual a row is solved. */
const SOLVED = Math.fround(1e-14);

/** Pointers become indices of words. */
const WORD = 4;
const DOUBLE = 8;

/** Four running sums, element e going to sum e mod 4, added as (s0 + s1) + (s2 + s3). */
function dot(floats: Float32Array, a: number, b: number, dimensions: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let at = 0; at < dimensions; at += 4) {
    sum0 = round(sum0 + round((floats[a + at] as number) * (floats[b + at] as number)));
    sum1 = round(sum1 + round((floats[a + at + 1] as number) * (floats[b + at + 1] as number)));
    sum2 = round(sum2 + round((floats[a + at + 2] as number) * (floats[b + at + 2] as number)));
    sum3 = round(sum3 + round((floats[a + at + 3] as number) * (floats[b + at + 3] as number)));
  }
  return round(round(sum0 + sum1) + round(sum2 + sum3));
}

const LOG2_E = round(1.4426950408889634);
const LN2_HIGH = 0.693359375;
const LN2_LOW = round(-0.00021219444005469057);
const EXP_MIN = -87;
/** 1/7! down to 1/2!. */
const EXP_COEFFICIENTS = [5040, 720, 120, 24, 6, 2].map((factorial) => round(1 / factorial));

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** e^x for x <= 0. */
function exponential(x: number): number {
  if (!(x >= EXP_MIN)) return 0;
  const k = Math.floor(round(round(x * LOG2_E) + 0.5));
  const r = round(round(x - round(k * LN2_HIGH)) - round(k * LN2_LOW));
  let series = 0;
  for (const coefficient of EXP_COEFFICIENTS) series = round(round(series * r) + coefficient);
  const small = round(round(round(series * r) * r) + r);
  bits[0] = (k + 127) << 23;
  return round(round(small + 1) * (float[0] as number));
}

/** One row of a {@link RowSystem}, in words. */
interface RowEquation {
  readonly x: number;
  readonly others: number;
  readonly columns: number;
  readonly count: number;
  readonly matrix: number;
  readonly ridge: number;
  readonly dimensions: number;
}

class PlainKernels implements Kernels {
  readonly kind = 'plain';
  #floats = new Float32Array(0);
  #ints = new Int32Array(0);

  get buffer(): ArrayBuffer {
    return this.#floats.buffer;
  }

  reserve(bytes: number): void {
    if (bytes <= this.buffer.byteLength) return;
    // Whole 64-bit floats.
    const floats = new Float32Array(Math.max(Math.ceil(bytes / DOUBLE) * 2, this.#floats.length * 2));
    floats.set(this.#floats);
    this.#floats = floats;
    this.#ints = new Int32Array(floats.buffer);
  }

  scores(query: number, rows: number, count: number, dimensions: number, out: number): void {
    const floats = this.#floats;
    for (let row = 0; row < count; row++) {
      floats[out / WORD + row] = dot(floats, query / WORD, rows / WORD + row * dimensions, dimensions);
    }
  }

  gram(rows: number, count: number, dimensions: number, weight: number, out: number): void {
    const floats = this.#floats;
    const first = rows / WORD;
    const target = out / WORD;
    for (let i = 0; i < dimensions; i++) {
      for (let j = i; j < dimensions; j++) {
        let sum = 0;
        for (let row = first; row < first + count * dimensions; row += dimensions) {
          sum = round(sum + round((floats[row + i] as number) * (floats[row + j] as number)));
        }
        sum = round(sum * round(weight));
        floats[target + i * dimensions + j] = sum;
        floats[target + j * dimensions + i] = sum;
      }
    }
  }

  solveRows(system: RowSystem): void {
    const { targets, others, columns, matrix, work, dimensions, steps } = system;
    const scale = round(system.scale);
    const base = round(system.base);
    for (let index = 0; index < system.rowCount; index++) {
      const row = this.#ints[system.rows / WORD + index] as number;
      const from = this.#ints[system.offsets / WORD + row] as number;
      const count = (this.#ints[system.offsets / WORD + row + 1] as number) - from;
      const equation = {
        x: targets / WORD + row * dimensions,
        others: others / WORD,
        columns: columns / WORD + from,
        count,
        matrix: matrix / WORD,
        ridge: round(scale * round(count + base)),
        dimensions,
      };
      this.#solveRow(equation, steps, work / WORD);
    }
  }

  #solveRow(equation: RowEquation, steps: number, residual: number): void {
    const floats = this.#floats;
    const { x, count, dimensions } = equation;
    const direction = residual + dimensions;
    const image = direction + dimensions;
    const dots = image + dimensions;
    this.#gatherDots(x, equation, dots);
    for (let at = dots; at < dots + count; at++) floats[at] = 1 - (floats[at] as number);
    for (let at = 0; at < dimensions; at++) floats[direction + at] = -(floats[x + at] as number);
    this.#combine(direction, dots, equation, residual);
    floats.copyWithin(direction, residual, residual + dimensions);
    let square = dot(floats, residual, residual, dimensions);
    for (let step = 0; step < steps && square > SOLVED; step++) {
      this.#gatherDots(direction, equation, dots);
      this.#combine(direction, dots, equation, image);
      const length = round(square / dot(floats, direction, image, dimensions));
      for (let at = 0; at < dimensions; at++) {
        floats[x + at] = (floats[x + at] as number) + round(length * (floats[direction + at] as number));
        floats[residual + at] = (floats[residual + at] as number) - round(length * (floats[image + at] as number));
      }
      const next = dot(floats, residual, residual, dimensions);
      const ratio = round(next / square);
      for (let at = 0; at < dimensions; at++) {
        floats[direction + at] = (floats[residual + at] as number) + round(ratio * (floats[direction + at] as number));
      }
      square = next;
    }
  }

  subtractProduct({ left, right, depth, size, out }: PanelProduct): void {
    const floats = new Float64Array(this.buffer);
    const target = out / DOUBLE;
    for (let i = 0; i < size; i++) {
      const a = left / DOUBLE + (i >> 2) * depth * 4 + (i & 3);
      for (let j = i & ~3; j < size; j++) {
        const b = right / DOUBLE + (j >> 2) * depth * 4 + (j & 3);
        let sum = 0;
        for (let at = 0; at < depth * 4; at += 4) sum += (floats[a + at] as number) * (floats[b + at] as number);
        floats[target + i * size + j] = (floats[target + i * size + j] as number) - sum;
      }
    }
  }

  propagate({ offsets, columns, weights, others, rowCount, dimensions, out, sums }: Propagation): void {
    const floats = this.#floats;
    for (let row = 0; row < rowCount; row++) {
      const from = this.#ints[offsets / WORD + row] as number;
      const to = this.#ints[offsets / WORD + row + 1] as number;
      for (let j = 0; j < dimensions; j++) {
        let sum = 0;
        for (let at = from; at < to; at++) {
          const other = others / WORD + (this.#ints[columns / WORD + at] as number) * dimensions + j;
          sum = round(sum + round((floats[other] as number) * (floats[weights / WORD + at] as number)));
        }
        const place = row * dimensions + j;
        floats[out / WORD + place] = sum;
        floats[sums / WORD + place] = (floats[sums / WORD + place] as number) + sum;
      }
    }
  }

  comparePairs(pairs: RowPairs): void {
    const floats = this.#floats;
    const gap = new Float32Array(pairs.dimensions * 2);
    this.#eachPair(pairs, (pair, [x, a, b]) => {
      const { dimensions, rows } = pairs;
      for (let k = 0; k < dimensions; k++) {
        gap[k] = (floats[rows / WORD + a + k] as number) - (floats[rows / WORD + b + k] as number);
        gap[dimensions + k] = floats[rows / WORD + x + k] as number;
      }
      floats[pairs.values / WORD + pair] = dot(gap, 0, dimensions, dimensions);
    });
  }

  pushPairs(pairs: RowPairs, slopes: number): void {
    const floats = this.#floats;
    const rows = pairs.rows / WORD;
    const target = slopes / WORD;
    this.#eachPair(pairs, (pair, [x, a, b]) => {
      const value = floats[pairs.values / WORD + pair] as number;
      for (let k = 0; k < pairs.dimensions; k++) {
        const push = round(value * (floats[rows + x + k] as number));
        const gap = round((floats[rows + a + k] as number) - (floats[rows + b + k] as number));
        floats[target + x + k] = (floats[target + x + k] as number) + round(value * gap);
        floats[target + a + k] = (floats[target + a + k] as number) + push;
        floats[target + b + k] = (floats[target + b + k] as number) - push;
      }
    });
  }

  /** Where the three rows of each pair begin, in floats from the first row. */
  #eachPair(
    { first, better, worse, count, dimensions }: RowPairs,
    visit: (pair: number, begins: readonly [x: number, a: number, b: number]) => void,
  ): void {
    const ints = this.#ints;
    for (let pair = 0; pair < count; pair++) {
      const begin = (list: number): number => (ints[list / WORD + pair] as number) * dimensions;
      visit(pair, [begin(first), begin(better), begin(worse)]);
    }
  }

  product({ left, right, out, rows, columns, depth, adds }: MatrixProduct): void {
    const floats = this.#floats;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const to = out.at / WORD + i * out.row + j;
        let a = left.at / WORD + i * left.row;
        let b = right.at / WORD + j * right.column;
        let sum = adds ? (floats[to] as number) : 0;
        for (let k = 0; k < depth; k++, a += left.column, b += right.row)
          sum = round(sum + round((floats[a] as number) * (floats[b] as number)));
        floats[to] = sum;
      }
    }
  }

  softmax(at: number, count: number): void {
    const row = this.#floats.subarray(at / WORD, at / WORD + count);
    let most = -Infinity;
    for (let index = 0; index < count; index++) most = Math.max(most, row[index] as number);
    const sums = new Float32Array(4);
    for (let index = 0; index < count; index++) {
      const value = exponential(round((row[index] as number) - most));
      row[index] = value;
      sums[index & 3] = (sums[index & 3] as number) + value;
    }
    const [sum0, sum1, sum2, sum3] = sums as unknown as readonly [number, number, number, number];
    const share = round(1 / round(round(sum0 + sum1) + round(sum2 + sum3)));
    for (let index = 0; index < count; index++) row[index] = (row[index] as number) * share;
  }

  /** dots[n] = others[columns[n]] · vector */
  #gatherDots(vector: number, { others, columns, count, dimensions }: RowEquation, dots: number): void {
    for (let index = 0; index < count; index++) {
      const other = others + (this.#ints[columns + index] as number) * dimensions;
      this.#floats[dots + index] = dot(this.#floats, other, vector, dimensions);
    }
  }

  /** out = ridge · vector + Σ_k vector[k] · matrix[k] + Σ_n dots[n] · others[columns[n]], added in this order. */
  #combine(
    vector: number,
    dots: number,
    { ridge, matrix, others, columns, count, dimensions }: RowEquation,
    out: number,
  ): void {
    const floats = this.#floats;
    for (let j = 0; j < dimensions; j++) {
      let sum = round((floats[vector + j] as number) * ridge);
      for (let k = 0; k < dimensions; k++) {
        sum = round(sum + round((floats[matrix + k * dimensions + j] as number) * (floats[vector + k] as number)));
      }
      for (let index = 0; index < count; index++) {
        const other = others + (this.#ints[columns + index] as number) * dimensions;
        sum = round(sum + round((floats[other + j] as number) * (floats[dots + index] as number)));
      }
      floats[out + j] = sum;
    }
  }
}

/** Kernels that need nothing but JavaScript, over a memory of their own. */
export function plainKernels(): Kernels {
  return new PlainKernels();
}
