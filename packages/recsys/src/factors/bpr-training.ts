/**
 * Learns factors by Bayesian personalised ranking: Rendle, Freudenthaler, Gantner & Schmidt-Thieme, "BPR: Bayesian
 * personalized ranking from implicit feedback", UAI 2009. For x̂_uij = x_u·(y_i - y_j) + b_i - b_j, u having watched i
 * and not j, LearnBPR (figure 4) climbs
 *
 *   Σ_(u,i,j) ln σ(x̂_uij) - λ/2 (|x_u|² + |y_i|² + |y_j|² + b_i² + b_j²)
 *
 * by one step for each drawn triple. Triples are drawn by keyed luck and taken one after the other: the same bits on
 * any machine.
 */
import { exp, type LuckOf, NOBODY } from '@rashomon/kernel';
import type { Factors } from './factors.ts';
import type { CompressedRows } from '../interactions/histories.ts';
import { DRAWS_PER_WATCH, MissedFilms } from '../interactions/missed-films.ts';

export interface BprParameters {
  /** Length of a factor; a multiple of 4. */
  readonly factors: number;
  /** Steps of a full training, in multiples of the number of watches. */
  readonly epochs: number;
  readonly learningRate: number;
  /** λ */
  readonly regularization: number;
  /** The same for a training that goes on from the model before. */
  readonly refreshEpochs: number;
  /**
   * A triple whose films are this far apart is passed over: such factors are on their way out of what 32 bits hold.
   * With 0 none is.
   */
  readonly clip: number;
}

/**
 * What follows the factor in the row of a film, so that a row stays a multiple of 4 floats: the bias of the film, and
 * nothing.
 */
export const BIAS_WORDS = 4;

/** Standard deviation of initial factors. */
export const INITIAL_DEVIATION = 0.1;

/**
 * Climbs in place; `epochs` times as many steps as there are watches.
 * @param factors rows of `factors` (a parameter) floats, those of films with BIAS_WORDS more
 */
export function learnPairs(
  factors: Factors,
  histories: CompressedRows,
  {
    factors: dimensions,
    epochs,
    learningRate,
    regularization,
    clip,
    luck,
  }: Omit<BprParameters, 'refreshEpochs'> & { readonly luck: LuckOf },
): void {
  const missedFilms = new MissedFilms(histories, factors.films.length / (dimensions + BIAS_WORDS));
  const { columns } = histories;
  const watchers = rowOfEntry(histories);
  const luckOf = luck.within('triples');
  const step = stepper(factors, { dimensions, learningRate, regularization, clip });
  for (let epoch = 0; epoch < epochs; epoch++) {
    const draws = luckOf(NOBODY, epoch).for('training');
    for (let triple = 0; triple < columns.length; triple++) {
      const first = (triple * DRAWS_PER_WATCH) | 0;
      const entry = draws.below(columns.length, first);
      const user = watchers[entry] as number;
      const missed = missedFilms.draw(user, draws, first);
      if (missed >= 0) step(user, columns[entry] as number, missed);
    }
  }
}

function rowOfEntry({ offsets, columns }: CompressedRows): Int32Array {
  const rows = new Int32Array(columns.length);
  for (let row = 0; row + 1 < offsets.length; row++) rows.fill(row, offsets[row], offsets[row + 1]);
  return rows;
}

/** One step for a triple. Sums are of 64-bit floats, each in one fixed order; what is kept is rounded to 32 bits. */
function stepper(
  { users, films }: Factors,
  {
    dimensions,
    learningRate,
    regularization,
    clip,
  }: { readonly dimensions: number } & Pick<BprParameters, 'learningRate' | 'regularization' | 'clip'>,
): (user: number, watched: number, missed: number) => void {
  const width = dimensions + BIAS_WORDS;
  const kept = 1 - learningRate * regularization;
  /** x_u·(y_i - y_j), in four running sums that do not wait for one another. */
  const preference = (u: number, i: number, j: number): number => {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let k = 0; k < dimensions; k += 4) {
      sum0 += (users[u + k] as number) * ((films[i + k] as number) - (films[j + k] as number));
      sum1 += (users[u + k + 1] as number) * ((films[i + k + 1] as number) - (films[j + k + 1] as number));
      sum2 += (users[u + k + 2] as number) * ((films[i + k + 2] as number) - (films[j + k + 2] as number));
      sum3 += (users[u + k + 3] as number) * ((films[i + k + 3] as number) - (films[j + k + 3] as number));
    }
    return sum0 + sum1 + (sum2 + sum3);
  };
  return (user, watched, missed) => {
    const u = user * dimensions;
    const i = watched * width;
    const j = missed * width;
    const biasI = films[i + dimensions] as number;
    const biasJ = films[j + dimensions] as number;
    const preferred = preference(u, i, j);
    if (clip > 0 && !(Math.abs(preferred) < clip)) return;
    const push = learningRate / (1 + exp(biasI - biasJ + preferred));
    for (let k = 0; k < dimensions; k++) {
      const x = users[u + k] as number;
      const yI = films[i + k] as number;
      const yJ = films[j + k] as number;
      users[u + k] = kept * x + push * (yI - yJ);
      films[i + k] = kept * yI + push * x;
      films[j + k] = kept * yJ - push * x;
    }
    films[i + dimensions] = kept * biasI + push;
    films[j + dimensions] = kept * biasJ - push;
  };
}
