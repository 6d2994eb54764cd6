/**
 * Fits the factors of implicit alternating least squares: Hu, Koren & Volinsky, "Collaborative filtering for
 * implicit feedback datasets", ICDM 2008, in the form and with the regularisation of Rendle, Krichene, Zhang
 * & Koren, "Revisiting the performance of iALS on item recommendation benchmarks", RecSys 2022:
 *
 *   Σ_(u,i)∈S (x_u·y_i - 1)² + α Σ_u,i (x_u·y_i)² + λ (Σ_u (|I_u| + α|I|) |x_u|² + Σ_i (|U_i| + α|U|) |y_i|²)
 *
 * Rows are solved by a few steps of conjugate gradients from where they are (Takács, Pilászy & Tikk, RecSys
 * 2011), which is what makes training after a round cheap: rows that hardly changed are nearly solved.
 */
import type { LuckOf } from '@rashomon/kernel';
import { type Kernels, Layout } from '../numerics/kernels.ts';
import type { Factors } from './factors.ts';
import { type CompressedRows, transpose } from '../interactions/histories.ts';

export interface IalsParameters {
  /** Length of a factor; a multiple of 4. */
  readonly factors: number;
  /** Passes over users and films of a full training. */
  readonly epochs: number;
  /** α: the weight of a film that was not watched. */
  readonly unobserved: number;
  /** λ */
  readonly regularization: number;
  /** Steps of conjugate gradients for one row in one pass. */
  readonly steps: number;
  /** Every so many trainings all films are solved again, not only those watched since. */
  readonly refreshEvery: number;
}

/** Standard deviation of initial film factors, times the square root of their length (Rendle et al., section 4). */
const INITIAL_DEVIATION = 0.1;

/** Numbers of draws of one film: more than there can be dimensions. */
const DRAWS_PER_FILM = 1024;

/**
 * Film factors before a full training: normal, keyed by film id so that a new film changes no other's. Users start at
 * 0.
 */
export function initialFilmFactors(films: Int32Array, dimensions: number, luck: LuckOf): Float32Array {
  const factors = new Float32Array(films.length * dimensions);
  const deviation = INITIAL_DEVIATION / Math.sqrt(dimensions);
  const draws = luck.for('training');
  for (let index = 0; index < films.length; index++) {
    const first = (films[index] as number) * DRAWS_PER_FILM;
    for (let k = 0; k < dimensions; k++) factors[index * dimensions + k] = deviation * draws.normal((first + k) | 0);
  }
  return factors;
}

/** The two sides in one memory, and how to solve rows of either from the other. */
export class IalsSystem {
  readonly #kernels: Kernels;
  readonly #parameters: IalsParameters;
  readonly #users: Side;
  readonly #films: Side;
  readonly #matrix: number;
  readonly #work: number;

  /**
   * @param watched rows are users, columns films; as many rows and films as the factors have, each of `factors` (a
   * parameter) floats
   */
  constructor(kernels: Kernels, parameters: IalsParameters, watched: CompressedRows, start: Factors) {
    const { factors: dimensions } = parameters;
    const watchers = transpose(watched, start.films.length / dimensions);
    const layout = new Layout();
    this.#users = layOut(layout, watched, start.users);
    this.#films = layOut(layout, watchers, start.films);
    this.#matrix = layout.words(dimensions * dimensions);
    this.#work = layout.words(4 * dimensions + Math.max(longestRow(watched), longestRow(watchers)));
    kernels.reserve(layout.bytes);
    copyIn(kernels, this.#users, watched, start.users);
    copyIn(kernels, this.#films, watchers, start.films);
    this.#kernels = kernels;
    this.#parameters = parameters;
  }

  /** All users, each with so many times the steps of the parameters. */
  solveUsers(effort = 1): void {
    this.#solve(this.#users, this.#films, { effort });
  }

  /** @param rows indices of films; all of them by default */
  solveFilms(rows?: Int32Array): void {
    this.#solve(this.#films, this.#users, { ...(rows && { rows }), effort: 1 });
  }

  /** Copies of the factors as they are now. */
  factors(): Factors {
    return { users: this.#factorsOf(this.#users), films: this.#factorsOf(this.#films) };
  }

  #factorsOf({ factors, count }: Side): Float32Array {
    return new Float32Array(this.#kernels.buffer, factors, count * this.#parameters.factors).slice();
  }

  #solve(
    side: Side,
    other: Side,
    { rows: listed, effort }: { readonly rows?: Int32Array; readonly effort: number },
  ): void {
    const { factors: dimensions, unobserved, regularization, steps } = this.#parameters;
    const rows = new Int32Array(this.#kernels.buffer, side.rows, side.count);
    if (listed === undefined) for (let row = 0; row < side.count; row++) rows[row] = row;
    else rows.set(listed);
    this.#kernels.gram(other.factors, other.count, dimensions, unobserved, this.#matrix);
    this.#kernels.solveRows({
      rows: side.rows,
      rowCount: listed?.length ?? side.count,
      targets: side.factors,
      others: other.factors,
      offsets: side.offsets,
      columns: side.columns,
      matrix: this.#matrix,
      work: this.#work,
      dimensions,
      scale: regularization,
      base: unobserved * other.count,
      steps: steps * effort,
    });
  }
}

/** Pointers to what belongs to users, or to films. */
interface Side {
  readonly count: number;
  readonly factors: number;
  readonly offsets: number;
  readonly columns: number;
  readonly rows: number;
}

function layOut(layout: Layout, { offsets, columns }: CompressedRows, factors: Float32Array): Side {
  const count = offsets.length - 1;
  return {
    count,
    factors: layout.words(factors.length),
    offsets: layout.words(offsets.length),
    columns: layout.words(columns.length),
    rows: layout.words(count),
  };
}

function copyIn({ buffer }: Kernels, side: Side, { offsets, columns }: CompressedRows, factors: Float32Array): void {
  new Float32Array(buffer, side.factors, factors.length).set(factors);
  new Int32Array(buffer, side.offsets, offsets.length).set(offsets);
  new Int32Array(buffer, side.columns, columns.length).set(columns);
}

function longestRow({ offsets }: CompressedRows): number {
  let longest = 0;
  for (let row = 0; row + 1 < offsets.length; row++)
    longest = Math.max(longest, (offsets[row + 1] as number) - (offsets[row] as number));
  return longest;
}
