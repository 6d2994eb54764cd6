/**
 * LightGCN: taste that spreads over the graph of who watched what. Formulas and source stand in interaction-graph.ts
 * and lightgcn-training.ts.
 */
import type { Model, Recommender, TrainingRequest } from '@rashomon/kernel';
import { z } from 'zod';
import { dot } from '../numerics/dot.ts';
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
import { type Factors, startingFactors } from '../factors/factors.ts';
import { historiesOf, watchersOf } from '../interactions/histories.ts';
import { filmIndexOf } from '../interactions/id-index.ts';
import { spreadFactors } from '../factors/interaction-graph.ts';
import { INITIAL_DEVIATION, learnEmbeddings, type LightgcnParameters } from '../factors/lightgcn-training.ts';
import { defineRecommender } from './recommender-definition.ts';

const formatOf = ({ factors }: LightgcnParameters): FactorFormat => ({
  number: 1,
  dimensions: factors,
  filmWidth: factors,
  counters: 0,
});

/**
 * The model is its base embeddings and histories: what they come to on the graph is made when the first question comes.
 */
class LightgcnModel extends FactorModel {
  readonly explains = 'approximate';
  readonly #parameters: LightgcnParameters;
  readonly #kernels: Kernels;
  #final: Factors | undefined;
  /** Per film the mean of its layers 0 to K - 1, made when the first explanation is asked for. */
  #passedOn: Float32Array | undefined;
  /** How many watched each film. */
  #watchers: Int32Array | undefined;

  constructor(state: FactorState, parameters: LightgcnParameters, kernels: Kernels) {
    super(state, formatOf(parameters));
    this.#parameters = parameters;
    this.#kernels = kernels;
  }

  /** x_u·x_i */
  protected scoresFor(row: number): Float32Array {
    const { users, films } = this.#finals();
    return scoreRows(films, rowOf(users, row, this.#parameters.factors));
  }

  /**
   * The part of x_u that comes over the edge from film j, times x_i: with e_j^(k) the embedding of film j in layer k,
   *
   *   x_u = (e_u + Σ_j Â_uj (e_j^(0) + … + e_j^(K-1))) / (K + 1)
   *
   * so that only the base embedding of the agent is left out. Some of what a film passes on came to it from others that
   * watched it, and from the agent itself.
   */
  protected shares(_row: number, target: number, watched: Int32Array): readonly number[] {
    const { factors, films, histories } = this.state;
    const { factors: dimensions, layers } = this.#parameters;
    const passedOn = (this.#passedOn ??= spreadFactors(this.#kernels, histories, {
      factors,
      dimensions,
      layers: layers - 1,
    }).films);
    const watchers = (this.#watchers ??= watchersOf(histories, films.size));
    const film = rowOf(this.#finals().films, target, dimensions);
    return Array.from(watched, (other) => {
      const edge = layers / ((layers + 1) * Math.sqrt(watched.length * (watchers[other] as number)));
      return edge * dot(rowOf(passedOn, other, dimensions), film);
    });
  }

  #finals(): Factors {
    const { factors, histories } = this.state;
    const { factors: dimensions, layers } = this.#parameters;
    return (this.#final ??= spreadFactors(this.#kernels, histories, { factors, dimensions, layers }));
  }
}

const rowOf = (rows: Float32Array, row: number, dimensions: number): Float32Array =>
  rows.subarray(row * dimensions, (row + 1) * dimensions);

/**
 * A full training first, and whenever the interactions have multiplied since the last one. In between the base
 * embeddings of the model before go on learning for `refreshEpochs`; who and what is new starts from luck. Which it is
 * follows from the request alone.
 */
function train(
  { catalogue, interactions, count, previous, luck }: TrainingRequest,
  parameters: LightgcnParameters,
  kernels: Kernels,
): Model {
  const films = filmIndexOf(catalogue);
  const histories = historiesOf(interactions, count, films);
  const before = previous instanceof LightgcnModel ? previous.continuedWith(count) : null;
  const beginning = { dimensions: parameters.factors, filmWidth: parameters.factors, deviation: INITIAL_DEVIATION };
  const start = startingFactors({ histories, films }, beginning, { before, luck });
  const epochs = before === null ? parameters.epochs : parameters.refreshEpochs;
  const factors = learnEmbeddings(kernels, { histories, films, factors: start }, { ...parameters, epochs, luck });
  return new LightgcnModel(
    { count, fullCount: before?.fullCount ?? count, counters: [], films, histories, factors },
    parameters,
    kernels,
  );
}

/** Memory to train and to spread in, shared by all: neither leaves anything in it that the next one reads. */
let sharedMemory: Kernels | undefined;

/** @param given the memory to train and to spread in; a shared one by default */
export function createLightgcn(parameters: LightgcnParameters, given?: Kernels): Recommender {
  const kernels = (): Kernels => given ?? (sharedMemory ??= createKernels());
  return {
    name: 'lightgcn',
    parameters: { ...parameters },
    train: (request) => train(request, parameters, kernels()),
    load: (bytes) => new LightgcnModel(readFactorState(bytes, formatOf(parameters)), parameters, kernels()),
  };
}

export const lightgcn = defineRecommender({
  name: 'lightgcn',
  about: 'taste that spreads over the graph of who watched what (He et al. 2020)',
  parameters: z.strictObject({
    factors: z.int().min(4).max(DIMENSIONS_MAX).multipleOf(4).default(64),
    layers: z.int().min(1).max(10).default(2),
    epochs: z.int().min(1).max(100_000).default(200),
    learningRate: z.number().positive().max(1).default(0.05),
    regularization: z.number().min(0).max(1).default(0.0015),
    refreshEpochs: z.int().min(0).max(100_000).default(5),
  }),
  create: (parameters) => createLightgcn(parameters),
});
