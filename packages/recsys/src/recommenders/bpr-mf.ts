/**
 * Matrix factorisation by Bayesian personalised ranking: a watched film should score above one that was not.
 * Formula and source stand in bpr-training.ts.
 */
import { ByteReader, ByteWriter, MalformedBytes, type Model, type Ranking, type Recommender, sha256, type SlateRequest, type TrainingRequest } from '@rashomon/kernel';
import { z } from 'zod';
import { scoreRows } from '../numerics/row-scorer.ts';
import { topFilms } from '../numerics/top-films.ts';
import { type BprFactors, BIAS_WORDS, type BprParameters, learnPairs, startingFactors } from './bpr-training.ts';
import { type Histories, historiesOf, readHistories, writeHistories } from './histories.ts';
import { filmIndexOf, IdIndex } from './id-index.ts';
import { readEnd, readFloats, readFormat, writeWords } from './model-bytes.ts';
import { popularityIn, type PopularityOrder } from './popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';

const FORMAT = 1;

/** When there are so many times the interactions of the last full training, the next one is full again. */
const FULL_GROWTH = 4;

interface BprState {
  readonly count: number;
  /** How many interactions there were at the last full training. */
  readonly fullCount: number;
  readonly films: IdIndex;
  readonly histories: Histories;
  readonly factors: BprFactors;
}

class BprModel implements Model {
  readonly state: BprState;
  readonly count: number;
  readonly digest: string;
  readonly #dimensions: number;
  #popularity: PopularityOrder | undefined;

  constructor(state: BprState, dimensions: number) {
    this.state = state;
    this.count = state.count;
    this.#dimensions = dimensions;
    this.digest = sha256(this.toBytes());
  }

  /** Scores are x_u·y_i + b_i; for somebody without history they are shares of the agents that watched the film. */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const { films, factors, histories } = this.state;
    const row = histories.agents.indexOf(agent);
    if (row < 0 || histories.offsets[row] === histories.offsets[row + 1]) return this.#popular().rank(count, excluded);
    const query = new Float32Array(this.#dimensions + BIAS_WORDS);
    query.set(factors.users.subarray(row * this.#dimensions, (row + 1) * this.#dimensions));
    query[this.#dimensions] = 1;
    return topFilms(scoreRows(factors.films, query), films.ids, count, excluded);
  }

  /** Nothing: the factors of an agent come of all its films and of chance, and no film has a share of its own. */
  explain(): readonly [] {
    return [];
  }

  toBytes(): Uint8Array {
    const { count, fullCount, films, histories, factors } = this.state;
    const writer = new ByteWriter(64 + 4 * (factors.users.length + factors.films.length + histories.columns.length + 2 * histories.offsets.length + films.size));
    writer.byte(FORMAT);
    writer.uint(this.#dimensions);
    writer.uint(count);
    writer.uint(fullCount);
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

/**
 * A full training first, and whenever the interactions have multiplied since the last one. In between the model
 * before goes on learning for `refreshEpochs`; who and what is new starts from luck. Which it is follows from
 * the request alone.
 */
function train({ catalogue, interactions, count, previous, luck }: TrainingRequest, parameters: BprParameters): Model {
  const films = filmIndexOf(catalogue);
  const histories = historiesOf(interactions, count, films);
  const before = previous instanceof BprModel && previous.count <= count && count < FULL_GROWTH * previous.state.fullCount ? previous.state : null;
  const known = before && { agents: before.histories.agents, films: before.films, factors: before.factors };
  const factors = startingFactors({ agents: histories.agents, films }, parameters.factors, { before: known, luck });
  learnPairs(factors, histories, { ...parameters, epochs: before === null ? parameters.epochs : parameters.refreshEpochs, luck });
  return new BprModel({ count, fullCount: before?.fullCount ?? count, films, histories, factors }, parameters.factors);
}

function load(bytes: Uint8Array, dimensions: number): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const found = reader.uint();
  if (found !== dimensions) throw new MalformedBytes(`model of ${found} dimensions, expected ${dimensions}`, reader.offset);
  const [count, fullCount] = [reader.uint(), reader.uint()];
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  const factors = { users: readFloats(reader, histories.agents.size * dimensions), films: readFloats(reader, films.size * (dimensions + BIAS_WORDS)) };
  readEnd(reader);
  return new BprModel({ count, fullCount, films, histories, factors }, dimensions);
}

function create(parameters: BprParameters): Recommender {
  return {
    name: 'bpr-mf',
    parameters: { ...parameters },
    train: (request) => train(request, parameters),
    load: (bytes) => load(bytes, parameters.factors),
  };
}

const DIMENSIONS_MAX = 512;

export const bprMf = defineRecommender({
  name: 'bpr-mf',
  about: 'matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009)',
  parameters: z.strictObject({
    factors: z.int().min(4).max(DIMENSIONS_MAX).multipleOf(4).default(32),
    epochs: z.int().min(1).max(10_000).default(80),
    learningRate: z.number().positive().max(1).default(0.02),
    regularization: z.number().min(0).max(1).default(0.02),
    refreshEpochs: z.int().min(0).max(10_000).default(4),
  }),
  create,
});
