/**
 * The inner loops of the recommenders over one growing memory. Two implementations give the same bits: WebAssembly
 * SIMD, and plain JavaScript where an engine has none.
 *
 * Pointers are byte offsets into the memory, multiples of 16. Matrices are row-major 32-bit floats; `dimensions`, the
 * length of a row, is a multiple of 4. Every operation rounds to 32 bits. `subtractProduct` alone works in 64 bits.
 */

/** The rows to solve and what they are solved from; all but the numbers are pointers. */
export interface RowSystem {
  /** Int32 indices of the rows to solve, and how many they are. */
  readonly rows: number;
  readonly rowCount: number;
  /** The matrix whose rows are solved in place, from the values that are there. */
  readonly targets: number;
  /** The matrix Y. */
  readonly others: number;
  /** Int32: row r has the columns columns[offsets[r]] … columns[offsets[r + 1] - 1], which are rows of Y. */
  readonly offsets: number;
  readonly columns: number;
  /** dimensions x dimensions. */
  readonly matrix: number;
  /** Room for 4 rows and as many floats as the longest row has columns. */
  readonly work: number;
  readonly dimensions: number;
  /** The ridge of a row with n columns is scale · (n + base). */
  readonly scale: number;
  readonly base: number;
  /** Most steps of conjugate gradients for one row. */
  readonly steps: number;
}

/** A product to take off; all but the numbers are pointers to 64-bit floats. */
export interface PanelProduct {
  /**
   * Matrices of `depth` rows and `size` columns, laid out in tiles of 4 columns, each with its rows one after the
   * other.
   */
  readonly left: number;
  readonly right: number;
  readonly depth: number;
  /** size x size, a multiple of 4. */
  readonly out: number;
  readonly size: number;
}

/** A matrix of 32-bit floats anywhere in the memory: a part of another one, or another one turned over. */
export interface MatrixView {
  /** Pointer to the first element, a multiple of 4. */
  readonly at: number;
  /** Floats from a row to the next, and from a column to the next. */
  readonly row: number;
  readonly column: number;
}

/** out = left · right, or out += left · right. */
export interface MatrixProduct {
  readonly left: MatrixView;
  readonly right: MatrixView;
  /** Its columns stand side by side. It overlaps nothing else. */
  readonly out: Omit<MatrixView, 'column'>;
  readonly rows: number;
  readonly columns: number;
  /** Columns of left, rows of right. */
  readonly depth: number;
  readonly adds: boolean;
  /** Room for PRODUCT_WORK floats. */
  readonly work: number;
}

/** What a product takes to lay out parts of its factors (BLOCK_ROWS and the like in assembly/kernels.ts). */
export const PRODUCT_WORK = (128 + 8) * 256 + 4 * 8;

/** Rows made of others; all but the numbers are pointers. */
export interface Propagation {
  /** Int32: row r has the columns columns[offsets[r]] … columns[offsets[r + 1] - 1], which are rows of `others`. */
  readonly offsets: number;
  readonly columns: number;
  /** One for each column. */
  readonly weights: number;
  readonly others: number;
  readonly rowCount: number;
  readonly dimensions: number;
  /** Matrices of as many rows; they overlap nothing else. */
  readonly out: number;
  readonly sums: number;
}

/** Pairs of rows to compare by a first one; all but the numbers are pointers. */
export interface RowPairs {
  /** Int32 indices of rows, three different ones for each pair. */
  readonly first: number;
  readonly better: number;
  readonly worse: number;
  readonly count: number;
  readonly rows: number;
  readonly dimensions: number;
  /** One for each pair. */
  readonly values: number;
}

export interface Kernels {
  readonly kind: 'wasm' | 'plain';
  /** The memory. Growing replaces it: make views after `reserve`. */
  readonly buffer: ArrayBuffer;
  /** Makes the memory at least so many bytes large; what it holds stays. */
  reserve(bytes: number): void;
  /** out[r] = rows[r] · query */
  scores(query: number, rows: number, count: number, dimensions: number, out: number): void;
  /** out = weight · rowsᵀ rows */
  gram(rows: number, count: number, dimensions: number, weight: number, out: number): void;
  /** Conjugate gradients on (ridge · I + matrix + Σ_n y_n y_nᵀ) x = Σ_n y_n for each listed row x. */
  solveRows(system: RowSystem): void;
  /** out -= leftᵀ right in the tiles of 4 x 4 on and above the diagonal; each sum in the order of the rows. */
  subtractProduct(product: PanelProduct): void;
  /** out[r] = Σ_n weights[n] · others[columns[n]], in the order of the columns, and sums[r] += out[r]. */
  propagate(propagation: Propagation): void;
  /** values[n] = rows[first[n]] · (rows[better[n]] - rows[worse[n]]) */
  comparePairs(pairs: RowPairs): void;
  /**
   * Adds the gradient of Σ_n values[n] · rows[first[n]] · (rows[better[n]] - rows[worse[n]]), pair by pair. @param
   * slopes like rows, elsewhere
   */
  pushPairs(pairs: RowPairs, slopes: number): void;
  /** Each sum in the order of `depth`, from 0 or from what is in out. */
  product(product: MatrixProduct): void;
  /** x_n = e^(x_n - max x) / Σ_m e^(x_m - max x) in place, for at least one finite x. */
  softmax(at: number, count: number): void;
}

/** A memory laid out piece by piece. */
export class Layout {
  #end = 0;

  /** The pointer to room for so many 32-bit words. */
  words(count: number): number {
    const start = this.#end;
    this.#end += Math.ceil(count / 4) * 16;
    return start;
  }

  /** The pointer to room for so many 64-bit floats. */
  doubles(count: number): number {
    return this.words(2 * count);
  }

  get bytes(): number {
    return this.#end;
  }
}
