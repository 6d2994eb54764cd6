/** The kernels in JavaScript: assembly/kernels.ts operation by operation, rounded to 32 bits by Math.fround where it is. */
import type { Kernels, PanelProduct, RowSystem } from './kernels.ts';

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

  /** dots[n] = others[columns[n]] · vector */
  #gatherDots(vector: number, { others, columns, count, dimensions }: RowEquation, dots: number): void {
    for (let index = 0; index < count; index++) {
      const other = others + (this.#ints[columns + index] as number) * dimensions;
      this.#floats[dots + index] = dot(this.#floats, other, vector, dimensions);
    }
  }

  /** out = ridge · vector + Σ_k vector[k] · matrix[k] + Σ_n dots[n] · others[columns[n]], added in this order. */
  #combine(vector: number, dots: number, { ridge, matrix, others, columns, count, dimensions }: RowEquation, out: number): void {
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
