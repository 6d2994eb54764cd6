/**
 * Implicit alternating least squares: what similar people watched, through a few dozen numbers for each
 * user and film. Formula and sources stand in ials-training.ts.
 */
import type { Model, Recommender, TrainingRequest } from '@rashomon/kernel';
import { z } from 'zod';
import type { Kernels } from '../numerics/kernels.ts';
import { scoreRows } from '../numerics/row-scorer.ts';
import { createKernels } from '../numerics/wasm-kernels.ts';
import {
  DIMENSIONS_MAX,
  type FactorFormat,
  FactorModel,
  type FactorState,
  readFactorState,
} from '../factors/factor-model.ts';
import { carriedRows } from '../factors/factors.ts';
import { foldedShares, gramOf } from '../factors/fold-in.ts';
import { historiesOf } from '../interactions/histories.ts';
import { type IalsParameters, IalsSystem, initialFilmFactors } from '../factors/ials-training.ts';
import { filmIndexOf, type IdIndex } from '../interactions/id-index.ts';
import { defineRecommender } from './recommender-definition.ts';

/** The last pass over the users is the one that is served and explained: it takes twice the steps. */
const CLOSING_EFFORT = 2;

/** One counter: how many trainings came after the last full one. */
const formatOf = ({ factors }: IalsParameters): FactorFormat => ({
  number: 1,
  dimensions: factors,
  filmWidth: factors,
  counters: 1,
});

class IalsModel extends FactorModel {
  readonly explains = 'exact';
  readonly #parameters: IalsParameters;
  /** α YᵀY, made when the first explanation is asked for. */
  #gram: Float64Array | undefined;

  constructor(state: FactorState, parameters: IalsParameters) {
    super(state, formatOf(parameters));
    this.#parameters = parameters;
  }

  /** x_u·y_i */
  protected scoresFor(row: number): Float32Array {
    const { users, films } = this.state.factors;
    const { factors: dimensions } = this.#parameters;
    return scoreRows(films, users.subarray(row * dimensions, (row + 1) * dimensions));
  }

  /**
   * Of an exactly solved user, which the served one approaches by a few steps: fold-in with A = α YᵀY and ones for the
   * watched films.
   */
  protected shares(_row: number, target: number, watched: Int32Array): readonly number[] {
    const { films, factors } = this.state;
    const { factors: dimensions, regularization, unobserved } = this.#parameters;
    const factorOf = (index: number): Float32Array =>
      factors.films.subarray(index * dimensions, (index + 1) * dimensions);
    return foldedShares(factorOf(target), {
      watched: Array.from(watched, factorOf),
      shared: (this.#gram ??= gramOf(factors.films, dimensions, unobserved)),
      ridge: regularization * (watched.length + unobserved * films.size),
    });
  }
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
  const before = previous instanceof IalsModel ? previous.continuedWith(count) : null;
  if (before === null) {
    const start = {
      users: new Float32Array(histories.agents.size * dimensions),
      films: initialFilmFactors(films.ids, dimensions, luck),
    };
    const system = new IalsSystem(kernels, parameters, histories, start);
    for (let epoch = 0; epoch < epochs; epoch++) {
      system.solveUsers();
      system.solveFilms();
    }
    system.solveUsers(CLOSING_EFFORT);
    return new IalsModel(
      { count, fullCount: count, counters: [0], films, histories, factors: system.factors() },
      parameters,
    );
  }
  const start = {
    users: carriedRows(
      histories.agents,
      { ids: before.histories.agents, rows: before.factors.users },
      { width: dimensions },
    ),
    films: carriedRows(films, { ids: before.films, rows: before.factors.films }, { width: dimensions }),
  };
  const system = new IalsSystem(kernels, parameters, histories, start);
  const age = (before.counters[0] as number) + 1;
  if (age % refreshEvery === 0) system.solveFilms();
  else system.solveFilms(watchedSince(request, films, before.count));
  system.solveUsers(CLOSING_EFFORT);
  return new IalsModel(
    { count, fullCount: before.fullCount, counters: [age], films, histories, factors: system.factors() },
    parameters,
  );
}

/** Memory of the trainer, shared by all of them: a training leaves nothing in it that the next one reads. */
let trainingMemory: Kernels | undefined;

/** @param kernels the memory to train in; a shared one by default */
export function createIals(parameters: IalsParameters, kernels?: Kernels): Recommender {
  return {
    name: 'ials',
    parameters: { ...parameters },
    train: (request) => train(request, parameters, kernels ?? (trainingMemory ??= createKernels())),
    load: (bytes) => new IalsModel(readFactorState(bytes, formatOf(parameters)), parameters),
  };
}

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
