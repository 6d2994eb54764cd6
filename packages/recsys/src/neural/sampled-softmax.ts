/**
 * The loss of naming the next film among all, by a sample of them. The negative log-likelihood of film i for a row h is
 *
 *   -ln (e^(h·y_i) / Σ_j e^(h·y_j))
 *
 * and the sum over the films j other than i is estimated by the candidates among them, each weighed by how many films
 * it stands for (Bengio & Senécal, "Adaptive importance sampling", IEEE Transactions on Neural Networks 2008, with a
 * uniform proposal). The same candidates serve all rows of a batch, so that the work is a product of matrices. Where
 * all films are candidates it is exact.
 */
import { ln, type Draws } from '@rashomon/kernel';
import { type Matrix, rowsOf, turned, type Workspace } from './workspace.ts';

/** Candidates are as many as wanted but for chance: so many deviations more than that have room. */
const SPARE_DEVIATIONS = 6;

/** How many candidates a batch may come to have. */
export function candidatesMax(films: number, wanted: number): number {
  return wanted >= films ? films : Math.min(films, Math.ceil(wanted + SPARE_DEVIATIONS * Math.sqrt(wanted)));
}

/**
 * Indices of the candidates of a batch, ascending: all films, or each by a draw of its own, with the probability wanted
 * / films.
 * @param draws keyed by film id
 */
export function drawCandidates(ids: Int32Array, wanted: number, draws: Draws): Int32Array {
  const films = ids.length;
  const drawn = Int32Array.from(ids.keys());
  if (wanted >= films) return drawn;
  return drawn
    .filter((index) => draws.uniform(ids[index] as number) * films < wanted)
    .slice(0, candidatesMax(films, wanted));
}

export interface SoftmaxSize {
  /** Most rows of a batch, and floats a row. */
  readonly rows: number;
  readonly width: number;
  /** Most candidates. */
  readonly candidates: number;
}

/** What the rows are to name, and among which films. */
export interface Naming {
  /** Index of the film of each row. */
  readonly targets: Int32Array;
  readonly candidates: Int32Array;
}

interface NamedMatrices {
  /** The rows h, as many as there are targets; their slopes are written. */
  readonly hidden: Matrix;
  readonly slopeHidden: Matrix;
  /** The rows y of all films; their slopes are added to what is there. */
  readonly films: Matrix;
  readonly slopeFilms: Matrix;
}

/** In front of the candidates each row has the logit of its own film. */
const OWN = 1;

export class SampledSoftmax {
  readonly #space: Workspace;
  readonly #width: number;
  readonly #named: Matrix;
  readonly #slopeNamed: Matrix;
  readonly #logits: Matrix;

  constructor(space: Workspace, { rows, width, candidates }: SoftmaxSize) {
    this.#space = space;
    this.#width = width;
    this.#named = space.matrix(candidates, width);
    this.#slopeNamed = space.matrix(candidates, width);
    this.#logits = space.matrix(rows, candidates + OWN);
  }

  /** Fills and adds to the slopes. @returns the mean loss of the rows */
  slopesOf(naming: Naming, { hidden, slopeHidden, films, slopeFilms }: NamedMatrices): number {
    const space = this.#space;
    const { targets, candidates } = naming;
    const width = this.#width;
    const named = rowsOf(this.#named, 0, candidates.length);
    const slopeNamed = rowsOf(this.#slopeNamed, 0, candidates.length);
    const stride = candidates.length + OWN;
    const logits: Matrix = { at: this.#logits.at, row: stride, column: 1, rows: targets.length, columns: stride };
    const others: Matrix = { ...logits, at: logits.at + 4 * OWN, columns: candidates.length };
    const [all, allSlopes] = [space.floats(films), space.floats(slopeFilms)];
    const gathered = space.floats(named);
    candidates.forEach((film, place) => gathered.set(all.subarray(film * width, (film + 1) * width), place * width));
    space.multiply(hidden, turned(named), { out: others });
    const rows = space.floats(hidden);
    const loss = this.#name(naming, logits, { rows, all });
    space.multiply(others, named, { out: slopeHidden });
    space.multiply(turned(others), hidden, { out: slopeNamed });
    const [values, slopes, namedSlopes] = [space.floats(logits), space.floats(slopeHidden), space.floats(slopeNamed)];
    // From the loss of a row to the mean of all.
    const share = 1 / targets.length;
    for (let row = 0; row < targets.length; row++) {
      const own = values[row * stride] as number;
      const [from, film] = [row * width, (targets[row] as number) * width];
      for (let k = 0; k < width; k++) {
        slopes[from + k] = ((slopes[from + k] as number) + own * (all[film + k] as number)) * share;
        allSlopes[film + k] = (allSlopes[film + k] as number) + own * share * (rows[from + k] as number);
      }
    }
    for (let place = 0; place < candidates.length; place++) {
      const film = (candidates[place] as number) * width;
      for (let k = 0; k < width; k++)
        allSlopes[film + k] = (allSlopes[film + k] as number) + share * (namedSlopes[place * width + k] as number);
    }
    return loss;
  }

  /**
   * Logits become the slopes by them of the loss of their row: shares, less 1 for the row's own film. @returns the mean
   * loss
   */
  #name(
    { targets, candidates }: Naming,
    logits: Matrix,
    { rows, all }: { readonly rows: Float32Array; readonly all: Float32Array },
  ): number {
    const values = this.#space.floats(logits);
    const width = this.#width;
    const films = all.length / width;
    const placeOf = new Int32Array(films).fill(-1);
    candidates.forEach((film, place) => (placeOf[film] = place));
    let loss = 0;
    for (let row = 0; row < targets.length; row++) {
      const target = targets[row] as number;
      const start = row * logits.columns;
      let own = 0;
      for (let k = 0; k < width; k++) own += (rows[row * width + k] as number) * (all[target * width + k] as number);
      const itself = placeOf[target] as number;
      const others = candidates.length - (itself >= 0 ? 1 : 0);
      // Instead of weighing all the others up, the film itself is weighed down: the shares are the same.
      values[start] = others === 0 ? own : own - ln((films - 1) / others);
      if (itself >= 0) values[start + OWN + itself] = -Infinity;
      this.#space.kernels.softmax(logits.at + start * 4, logits.columns);
      const share = values[start];
      loss -= ln(Math.max(share, Number.MIN_VALUE));
      values[start] = share - 1;
    }
    return loss / targets.length;
  }
}
