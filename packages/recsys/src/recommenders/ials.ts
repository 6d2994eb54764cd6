/**
 * Implicit alternating least squares: what similar people watched, through a few dozen numbers for each
 * user and film. Formula and sources stand in ials-training.ts.
 */
import { ByteReader, ByteWriter, type Contribution, MalformedBytes, type Model, type Ranking, type Recommender, sha256, type SlateRequest, type TrainingRequest } from '@rashomon/kernel';
import { z } from 'zod';
import { solveSymmetric } from '../numerics/cholesky.ts';
import type { Kernels } from '../numerics/kernels.ts';
import { scoreRows } from '../numerics/row-scorer.ts';
import { topFilms } from '../numerics/top-films.ts';
import { createKernels } from '../numerics/wasm-kernels.ts';
import { byMagnitude } from './contributions.ts';
import { type Histories, historiesOf, readHistories, writeHistories } from './histories.ts';
import { type Factors, type IalsParameters, IalsSystem, initialFilmFactors } from './ials-training.ts';
import { filmIndexOf, IdIndex } from './id-index.ts';
import { readEnd, readFloats, readFormat, writeWords } from './model-bytes.ts';
import { popularityIn, type PopularityOrder } from './popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';

const FORMAT = 1;

/** When there are so many times the interactions of the last full training, the next one is full again. */
const FULL_GROWTH = 4;

/** The last pass over the users is the one that is served and explained: it takes twice the steps. */
const CLOSING_EFFORT = 2;

interface IalsState {
  readonly count: number;
  /** How many interactions there were at the last full training, and how many trainings came after it. */
  readonly fullCount: number;
  readonly age: number;
  readonly films: IdIndex;
  readonly histories: Histories;
  readonly factors: Factors;
}

class IalsModel implements Model {
  readonly state: IalsState;
  readonly count: number;
  readonly digest: string;
  readonly #parameters: IalsParameters;
  #popularity: PopularityOrder | undefined;
  /** α YᵀY, made when the first explanation is asked for. */
  #gram: Float64Array | undefined;

  constructor(state: IalsState, parameters: IalsParameters) {
    this.state = state;
    this.count = state.count;
    this.#parameters = parameters;
    this.digest = sha256(this.toBytes());
  }

  /** Scores are x_u·y_i; for somebody without history they are shares of the agents that watched the film. */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const { films, factors, histories } = this.state;
    const row = histories.agents.indexOf(agent);
    if (row < 0 || histories.offsets[row] === histories.offsets[row + 1]) return this.#popular().rank(count, excluded);
    const { factors: dimensions } = this.#parameters;
    const user = factors.users.subarray(row * dimensions, (row + 1) * dimensions);
    return topFilms(scoreRows(factors.films, user), films.ids, count, excluded);
  }

  /**
   * Hu et al., equation 7: with W = (α YᵀY + Σ_j y_j y_jᵀ + ridge I)^-1 over the agent's films j, film j adds
   * y_iᵀ W y_j to the score of film i. The contributions sum to the score of an exactly solved user, which
   * the served one approaches by a few steps.
   */
  explain(agent: number, film: number): readonly Contribution[] {
    const { films, factors, histories } = this.state;
    const row = histories.agents.indexOf(agent);
    const target = films.indexOf(film);
    if (row < 0 || target < 0) return [];
    const { factors: dimensions, regularization, unobserved } = this.#parameters;
    const watched = histories.columns.subarray(histories.offsets[row], histories.offsets[row + 1]);
    const factorOf = (index: number): Float32Array => factors.films.subarray(index * dimensions, (index + 1) * dimensions);
    const system = (this.#gram ??= gramOf(factors.films, dimensions, unobserved)).slice();
    for (const other of watched) addOuter(system, factorOf(other), 1);
    const ridge = regularization * (watched.length + unobserved * films.size);
    for (let k = 0; k < dimensions; k++) system[k * dimensions + k] = (system[k * dimensions + k] as number) + ridge;
    const solved = Float64Array.from(factorOf(target));
    solveSymmetric(system, solved);
    return byMagnitude(
      Array.from(watched, (other) => {
        const factor = factorOf(other);
        let weight = 0;
        for (let k = 0; k < dimensions; k++) weight += (solved[k] as number) * (factor[k] as number);
        return { film: films.ids[other] as number, weight };
      }),
    );
  }

  toBytes(): Uint8Array {
    const { count, fullCount, age, films, histories, factors } = this.state;
    const writer = new ByteWriter(64 + 4 * (factors.users.length + factors.films.length + histories.columns.length + 2 * histories.offsets.length + films.size));
    writer.byte(FORMAT);
    writer.uint(this.#parameters.factors);
    writer.uint(count);
    writer.uint(fullCount);
    writer.uint(age);
    films.write(writer);
    writeHistories(writer, histories);
    writeWords(writer, factors.users);
    writeWords(writer, factors.films);
    return writer.view();
  }

  #popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.state.histories, this.state.films));
  }
}

function gramOf(rows: Float32Array, dimensions: number, weight: number): Float64Array {
  const gram = new Float64Array(dimensions * dimensions);
  for (let at = 0; at < rows.length; at += dimensions) addOuter(gram, rows.subarray(at, at + dimensions), weight);
  return gram;
}

/** matrix += weight · row rowᵀ */
function addOuter(matrix: Float64Array, row: Float32Array, weight: number): void {
  const n = row.length;
  for (let i = 0; i < n; i++) {
    const scaled = weight * (row[i] as number);
    for (let j = 0; j < n; j++) matrix[i * n + j] = (matrix[i * n + j] as number) + scaled * (row[j] as number);
  }
}

/** Rows of the model before, where their agent or film is still there; 0 for the others. */
function carryOver(before: IdIndex, factors: Float32Array, now: IdIndex, dimensions: number): Float32Array {
  if (before.equals(now)) return factors;
  const carried = new Float32Array(now.size * dimensions);
  for (let index = 0; index < now.size; index++) {
    const known = before.indexOf(now.ids[index] as number);
    if (known >= 0) carried.set(factors.subarray(known * dimensions, (known + 1) * dimensions), index * dimensions);
  }
  return carried;
}

/** Indices of the films watched in entries `from` to `count` - 1, ascending. */
function watchedSince({ interactions, count }: TrainingRequest, films: IdIndex, from: number): Int32Array {
  const seen = new Uint8Array(films.size);
  for (let entry = from; entry < count; entry++) {
    const index = films.indexOf(interactions.films[entry] as number);
    if (index >= 0) seen[index] = 1;
  }
  return Int32Array.from(seen.keys()).filter((index) => seen[index] === 1);
}

/**
 * A full training first, and whenever the interactions have multiplied since the last one; it starts from
 * luck. In between one pass from where the model before stood: the films that were watched since (all of them
 * every `refreshEvery` trainings), then every user. Which it is follows from the request alone.
 */
function train(request: TrainingRequest, parameters: IalsParameters, kernels: Kernels): Model {
  const { catalogue, interactions, count, previous, luck } = request;
  const { factors: dimensions, epochs, refreshEvery } = parameters;
  const films = filmIndexOf(catalogue);
  const histories = historiesOf(interactions, count, films);
  const before = previous instanceof IalsModel && previous.count <= count && count < FULL_GROWTH * previous.state.fullCount ? previous.state : null;
  if (before === null) {
    const start = { users: new Float32Array(histories.agents.size * dimensions), films: initialFilmFactors(films.ids, dimensions, luck) };
    const system = new IalsSystem(kernels, parameters, histories, start);
    for (let epoch = 0; epoch < epochs; epoch++) {
      system.solveUsers();
      system.solveFilms();
    }
    system.solveUsers(CLOSING_EFFORT);
    return new IalsModel({ count, fullCount: count, age: 0, films, histories, factors: system.factors() }, parameters);
  }
  const start = {
    users: carryOver(before.histories.agents, before.factors.users, histories.agents, dimensions),
    films: carryOver(before.films, before.factors.films, films, dimensions),
  };
  const system = new IalsSystem(kernels, parameters, histories, start);
  const age = before.age + 1;
  if (age % refreshEvery === 0) system.solveFilms();
  else system.solveFilms(watchedSince(request, films, before.count));
  system.solveUsers(CLOSING_EFFORT);
  return new IalsModel({ count, fullCount: before.fullCount, age, films, histories, factors: system.factors() }, parameters);
}

function load(bytes: Uint8Array, parameters: IalsParameters): Model {
  const { factors: dimensions } = parameters;
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const found = reader.uint();
  if (found !== dimensions) throw new MalformedBytes(`model of ${found} dimensions, expected ${dimensions}`, reader.offset);
  const [count, fullCount, age] = [reader.uint(), reader.uint(), reader.uint()];
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  const factors = { users: readFloats(reader, histories.agents.size * dimensions), films: readFloats(reader, films.size * dimensions) };
  readEnd(reader);
  return new IalsModel({ count, fullCount, age, films, histories, factors }, parameters);
}

/** Memory of the trainer, shared by all of them: a training leaves nothing in it that the next one reads. */
let trainingMemory: Kernels | undefined;

/** @param kernels the memory to train in; a shared one by default */
export function createIals(parameters: IalsParameters, kernels?: Kernels): Recommender {
  return {
    name: 'ials',
    parameters: { ...parameters },
    train: (request) => train(request, parameters, kernels ?? (trainingMemory ??= createKernels())),
    load: (bytes) => load(bytes, parameters),
  };
}

const DIMENSIONS_MAX = 512;

export const ials = defineRecommender({
  name: 'ials',
  about: 'implicit alternating least squares (Hu et al. 2008, Rendle et al. 2022)',
  parameters: z.strictObject({
    factors: z.int().min(4).max(DIMENSIONS_MAX).multipleOf(4).default(64),
    epochs: z.int().min(1).max(1000).default(12),
    unobserved: z.number().positive().max(100).default(0.3),
    regularization: z.number().positive().max(100).default(0.012),
    steps: z.int().min(1).max(100).default(3),
    refreshEvery: z.int().min(1).max(1_000_000).default(10),
  }),
  create: (parameters) => createIals(parameters),
});
