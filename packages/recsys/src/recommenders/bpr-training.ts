/**
 * Learns factors by Bayesian personalised ranking: Rendle, Freudenthaler, Gantner & Schmidt-Thieme, "BPR: Bayesian
 * personalized ranking from implicit feedback", UAI 2009. For x̂_uij = x_u·(y_i - y_j) + b_i - b_j, u having watched i and
 * not j, LearnBPR (figure 4) climbs
 *
 *   Σ_(u,i,j) ln σ(x̂_uij) - λ/2 (|x_u|² + |y_i|² + |y_j|² + b_i² + b_j²)
 *
 * by one step for each drawn triple. Triples are drawn by keyed luck and taken one after the other: the same bits on any machine.
 */
import { exp, LuckOf, NOBODY } from '@rashomon/kernel';
import type { CompressedRows } from './histories.ts';
import type { IdIndex } from './id-index.ts';

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
}

/** Row-major. */
export interface BprFactors {
  /** `factors` (a parameter) floats a row. */
  readonly users: Float32Array;
  /** BIAS_WORDS more a row: the bias of the film, and nothing. */
  readonly films: Float32Array;
}

/** What follows the factor in the row of a film, so that a row stays a multiple of 4 floats. */
export const BIAS_WORDS = 4;

/** Standard deviation of initial factors. */
const INITIAL_DEVIATION = 0.1;

/** Each use of the luck of a training has a seed of its own, which is one draw of it. */
const STREAM = { users: 0, films: 1, triples: 2 } as const;

const seedOf = (luck: LuckOf, stream: number): number => luck.word('training', stream);

/** Agents and films with their rows, as a model before left them. */
export interface KnownFactors {
  readonly agents: IdIndex;
  readonly films: IdIndex;
  readonly factors: BprFactors;
}

/**
 * Where learning starts: from the rows of the model before for those it knew, and for the others from normal factors without bias, keyed by
 * agent and film id so that nobody new changes another's.
 */
export function startingFactors(
  { agents, films }: { readonly agents: IdIndex; readonly films: IdIndex },
  dimensions: number,
  { before, luck }: { readonly before: KnownFactors | null; readonly luck: LuckOf },
): BprFactors {
  const ofUsers = { dimensions, width: dimensions, seed: seedOf(luck, STREAM.users) };
  const ofFilms = { dimensions, width: dimensions + BIAS_WORDS, seed: seedOf(luck, STREAM.films) };
  return {
    users: startingRows(agents, before && { ids: before.agents, rows: before.factors.users }, ofUsers),
    films: startingRows(films, before && { ids: before.films, rows: before.factors.films }, ofFilms),
  };
}

function startingRows(
  { ids }: IdIndex,
  known: { readonly ids: IdIndex; readonly rows: Float32Array } | null,
  { dimensions, width, seed }: { readonly dimensions: number; readonly width: number; readonly seed: number },
): Float32Array {
  const rows = new Float32Array(ids.length * width);
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] as number;
    const place = known?.ids.indexOf(id) ?? -1;
    if (known !== null && place >= 0) {
      rows.set(known.rows.subarray(place * width, (place + 1) * width), index * width);
      continue;
    }
    const luck = new LuckOf(seed, id, 0);
    for (let k = 0; k < dimensions; k++) rows[index * width + k] = INITIAL_DEVIATION * luck.normal('training', k);
  }
  return rows;
}

/** Vain draws of a film that was not watched, after which the triple is left out: somebody has watched nearly everything. */
const MISSES_MAX = 15;
/** Numbers of draws of one triple: the watch, and the films tried. */
const DRAWS_PER_TRIPLE = MISSES_MAX + 1;

/** Climbs in place; `epochs` times as many steps as there are watches. */
export function learnPairs(
  factors: BprFactors,
  histories: CompressedRows,
  { factors: dimensions, epochs, learningRate, regularization, luck }: Omit<BprParameters, 'refreshEpochs'> & { readonly luck: LuckOf },
): void {
  const films = factors.films.length / (dimensions + BIAS_WORDS);
  const { columns } = histories;
  const watchers = rowOfEntry(histories);
  const seed = seedOf(luck, STREAM.triples);
  const step = stepper(factors, { dimensions, learningRate, regularization });
  for (let epoch = 0; epoch < epochs; epoch++) {
    const draws = new LuckOf(seed, NOBODY, epoch);
    for (let triple = 0; triple < columns.length; triple++) {
      const first = (triple * DRAWS_PER_TRIPLE) | 0;
      const entry = draws.below(columns.length, 'training', first);
      const user = watchers[entry] as number;
      let missed = -1;
      for (let attempt = 1; attempt <= MISSES_MAX && missed < 0; attempt++) {
        const film = draws.below(films, 'training', first + attempt);
        if (!hasWatched(histories, user, film)) missed = film;
      }
      if (missed >= 0) step(user, columns[entry] as number, missed);
    }
  }
}

function rowOfEntry({ offsets, columns }: CompressedRows): Int32Array {
  const rows = new Int32Array(columns.length);
  for (let row = 0; row + 1 < offsets.length; row++) rows.fill(row, offsets[row], offsets[row + 1]);
  return rows;
}

/** Histories ascend: halves until the film is found or not. */
function hasWatched({ offsets, columns }: CompressedRows, user: number, film: number): boolean {
  let low = offsets[user] as number;
  let high = offsets[user + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((columns[middle] as number) < film) low = middle + 1;
    else high = middle;
  }
  return low < (offsets[user + 1] as number) && columns[low] === film;
}

/** One step for a triple. Sums are of 64-bit floats, each in one fixed order; what is kept is rounded to 32 bits. */
function stepper(
  { users, films }: BprFactors,
  { dimensions, learningRate, regularization }: { readonly dimensions: number; readonly learningRate: number; readonly regularization: number },
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
    const push = learningRate / (1 + exp(biasI - biasJ + preference(u, i, j)));
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
