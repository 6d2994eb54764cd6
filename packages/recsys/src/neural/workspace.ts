/**
 * Matrices in the memory of the kernels: what a network computes in. All are laid out first, then the memory is opened
 * once, so that no view of it is ever lost to growth.
 */
import { type Kernels, Layout, type MatrixView, PRODUCT_WORK } from '../numerics/kernels.ts';

/** A matrix, or a part of one, of 32-bit floats. */
export interface Matrix extends MatrixView {
  readonly rows: number;
  readonly columns: number;
}

const WORD = 4;

/** Rows become columns. */
export function turned({ at, row, column, rows, columns }: Matrix): Matrix {
  return { at, row: column, column: row, rows: columns, columns: rows };
}

export function rowsOf(matrix: Matrix, first: number, count: number): Matrix {
  return { ...matrix, at: matrix.at + first * matrix.row * WORD, rows: count };
}

export function columnsOf(matrix: Matrix, first: number, count: number): Matrix {
  return { ...matrix, at: matrix.at + first * matrix.column * WORD, columns: count };
}

export class Workspace {
  readonly kernels: Kernels;
  readonly #layout = new Layout();
  readonly #work: number;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
    this.#work = this.#layout.words(PRODUCT_WORK);
  }

  /** Room for a matrix. It holds anything, until it is written. */
  matrix(rows: number, columns: number): Matrix {
    return { at: this.#layout.words(rows * columns), row: columns, column: 1, rows, columns };
  }

  /** After the last `matrix`, before the first `floats`. */
  open(): void {
    this.kernels.reserve(this.#layout.bytes);
  }

  /** The elements row by row, of a matrix whose rows stand one behind the other. */
  floats({ at, rows, columns }: Matrix): Float32Array {
    return new Float32Array(this.kernels.buffer, at, rows * columns);
  }

  /** out = left · right, or out += left · right. */
  multiply(
    left: Matrix,
    right: Matrix,
    { out, adds = false }: { readonly out: Matrix; readonly adds?: boolean },
  ): void {
    const fits =
      left.columns === right.rows && out.rows === left.rows && out.columns === right.columns && out.column === 1;
    if (!fits)
      throw new RangeError(
        `${left.rows} x ${left.columns} times ${right.rows} x ${right.columns} is not ${out.rows} x ${out.columns}`,
      );
    this.kernels.product({
      left,
      right,
      out,
      rows: out.rows,
      columns: out.columns,
      depth: left.columns,
      adds,
      work: this.#work,
    });
  }

  /** Makes each row of a matrix positive and of sum 1: e^x / Σ e^x. */
  softmaxRows({ at, row, rows, columns }: Matrix): void {
    for (let index = 0; index < rows; index++) this.kernels.softmax(at + index * row * WORD, columns);
  }
}
