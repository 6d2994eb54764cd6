/**
 * Matrix factorisation by Bayesian personalised ranking: a watched film should score above one that was not.
 * Formula and source stand in bpr-training.ts.
 */
import type { Model, Recommender, TrainingRequest } from '@rashomon/kernel';
import { z } from 'zod';
import { dot } from '../numerics/dot.ts';
import { scoreRows } from '../numerics/row-scorer.ts';
import { BIAS_WORDS, type BprParameters, INITIAL_DEVIATION, learnPairs } from '../factors/bpr-training.ts';
import {
  DIMENSIONS_MAX,
  type FactorFormat,
  FactorModel,
  type FactorState,
  readFactorState,
} from '../factors/factor-model.ts';
import { startingFactors } from '../factors/factors.ts';
import { foldedShares } from '../factors/fold-in.ts';
import { historiesOf } from '../interactions/histories.ts';
import { filmIndexOf } from '../interactions/id-index.ts';
import { defineRecommender } from './recommender-definition.ts';

const formatOf = ({ factors }: BprParameters): FactorFormat => ({
  number: 1,
  dimensions: factors,
  filmWidth: factors + BIAS_WORDS,
  counters: 0,
});

/** Films that are alike share what they add; the smaller it is, the nearer to the score is the sum. */
const FOLDING_RIDGE = 0.1;

class BprModel extends FactorModel {
  readonly explains = 'approximate';
  readonly #parameters: BprParameters;

  constructor(state: FactorState, parameters: BprParameters) {
    super(state, formatOf(parameters));
    this.#parameters = parameters;
  }

  /** x_u·y_i + b_i */
  protected scoresFor(row: number): Float32Array {
    const { users, films } = this.state.factors;
    const { factors: dimensions } = this.#parameters;
    const query = new Float32Array(dimensions + BIAS_WORDS);
    query.set(users.subarray(row * dimensions, (row + 1) * dimensions));
    query[dimensions] = 1;
    return scoreRows(films, query);
  }

  /**
   * The agent folded in anew: least squares of its own preferences x_u·y_j on the factors of its films j. Film j adds
   * (x_u·y_j) y_iᵀ W y_j with A = 0; together that is near x_u·y_i, as far as x_u lies among the films. The bias of
   * film i is left out.
   */
  protected shares(row: number, target: number, watched: Int32Array): readonly number[] {
    const { users, films } = this.state.factors;
    const { factors: dimensions } = this.#parameters;
    const width = dimensions + BIAS_WORDS;
    const factorOf = (index: number): Float32Array => films.subarray(index * width, index * width + dimensions);
    const user = users.subarray(row * dimensions, (row + 1) * dimensions);
    const factors = Array.from(watched, factorOf);
    const shares = foldedShares(factorOf(target), {
      watched: factors,
      shared: new Float64Array(dimensions * dimensions),
      ridge: FOLDING_RIDGE,
    });
    return shares.map((share, place) => share * dot(user, factors[place] as Float32Array));
  }
}

/**
 * A full training first, and whenever the interactions have multiplied since the last one. In between the model
 * before goes on learning for `refreshEpochs`; who and what is new starts from luck. Which it is follows from
 * the request alone.
 */
function train({ catalogue, interactions, count, previous, luck }: TrainingRequest, parameters: BprParameters): Model {
  const films = filmIndexOf(catalogue);
  const histories = historiesOf(interactions, count, films);
  const before = previous instanceof BprModel ? previous.continuedWith(count) : null;
  const start = {
    dimensions: parameters.factors,
    filmWidth: parameters.factors + BIAS_WORDS,
    deviation: INITIAL_DEVIATION,
  };
  const factors = startingFactors({ histories, films }, start, { before, luck });
  learnPairs(factors, histories, {
    ...parameters,
    epochs: before === null ? parameters.epochs : parameters.refreshEpochs,
    luck,
  });
  return new BprModel(
    { count, fullCount: before?.fullCount ?? count, counters: [], films, histories, factors },
    parameters,
  );
}

function create(parameters: BprParameters): Recommender {
  return {
    name: 'bpr-mf',
    parameters: { ...parameters },
    train: (request) => train(request, parameters),
    load: (bytes) => new BprModel(readFactorState(bytes, formatOf(parameters)), parameters),
  };
}

export const bprMf = defineRecommender({
  name: 'bpr-mf',
  about: 'matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009)',
  parameters: z.strictObject({
    factors: z.int().min(4).max(DIMENSIONS_MAX).multipleOf(4).default(32),
    epochs: z.int().min(1).max(10_000).default(80),
    learningRate: z.number().positive().max(1).default(0.02),
    regularization: z.number().min(0).max(1).default(0.02),
    refreshEpochs: z.int().min(0).max(10_000).default(4),
    clip: z.number().min(0).max(1e30).default(1e20),
  }),
  before: { clip: 0 },
  create,
});
