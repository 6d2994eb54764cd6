/**
 * A variational autoencoder: from all films of an agent to a distribution over all films, by way of a few dozen
 * numbers. Formulas and source stand in multvae-network.ts.
 */
import {
  ByteReader,
  ByteWriter,
  type Contribution,
  MalformedBytes,
  type Model,
  type Ranking,
  type Recommender,
  sha256,
  type SlateRequest,
  type TrainingRequest,
} from '@rashomon/kernel';
import { z } from 'zod';
import { tanh } from '../neural/activations.ts';
import { startingWeights, WeightLayout } from '../neural/weights.ts';
import type { Kernels } from '../numerics/kernels.ts';
import { scoreRows } from '../numerics/row-scorer.ts';
import { topFilms } from '../numerics/top-films.ts';
import { createKernels } from '../numerics/wasm-kernels.ts';
import { byMagnitude } from '../models/contributions.ts';
import { type Histories, historiesOf, readHistories, writeHistories } from '../interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFloats, readFormat, writeWords } from '../models/model-bytes.ts';
import { addRows, BIAS_WORDS, vaeShapes } from '../neural/multvae-network.ts';
import { learnVae, type VaeParameters } from '../neural/multvae-training.ts';
import { popularityIn, type PopularityOrder } from '../interactions/popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';
import { goesOnFrom } from '../interactions/warm-start.ts';

const FORMAT = 1;

interface VaeState {
  readonly count: number;
  /** How many interactions there were at the last full training. */
  readonly fullCount: number;
  readonly films: IdIndex;
  readonly histories: Histories;
  readonly weights: Float32Array;
}

/** What a film that was watched, by its index, adds to the latent; nothing to the bias. */
interface Part {
  readonly index: number;
  readonly adds: Float64Array;
}

class VaeModel implements Model {
  readonly state: VaeState;
  readonly count: number;
  readonly digest: string;
  readonly explains = 'approximate';
  readonly #parameters: VaeParameters;
  readonly #layout: ReturnType<typeof layoutOf>;
  readonly #filmsOut: Float32Array;
  #popularity: PopularityOrder | undefined;
  /**
   * The agent explained last, since all films of its slate are asked for: nothing that takes long depends on the film.
   */
  #explained: { readonly agent: number; readonly parts: readonly Part[] } | undefined;

  constructor(state: VaeState, parameters: VaeParameters) {
    this.state = state;
    this.count = state.count;
    this.#parameters = parameters;
    this.#layout = layoutOf(parameters, state.films);
    this.#filmsOut = this.#layout.of(state.weights, 'films out');
    this.digest = sha256(this.toBytes());
  }

  /**
   * Scores are logits, from the mean of the latent; for somebody without history they are shares of the agents that
   * watched the film.
   */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const { films } = this.state;
    const watched = this.#watchedBy(agent);
    if (watched.length === 0) return this.#popular().rank(count, excluded);
    const query = Float32Array.from(this.#latentOf(this.#sumOf(watched), watched.length));
    return topFilms(scoreRows(this.#filmsOut, query), films.ids, count, excluded);
  }

  /**
   * How much lower the score would be without one of the films. These do not sum to the score: films speak together.
   */
  explain(agent: number, film: number): readonly Contribution[] {
    const { films } = this.state;
    const target = films.indexOf(film);
    if (target < 0) return [];
    const width = this.#parameters.factors + BIAS_WORDS;
    const row = this.#filmsOut.subarray(target * width, (target + 1) * width);
    if (this.#explained?.agent !== agent) this.#explained = { agent, parts: this.#partsOf(this.#watchedBy(agent)) };
    return byMagnitude(
      this.#explained.parts.map(({ index, adds }) => ({ film: films.ids[index] as number, weight: dot(adds, row) })),
    );
  }

  /** How the latent would be otherwise without each of the films. */
  #partsOf(watched: Int32Array): readonly Part[] {
    const sum = this.#sumOf(watched);
    const whole = this.#latentOf(sum, watched.length);
    const filmsIn = this.#layout.of(this.state.weights, 'films in');
    return Array.from(watched, (index) => {
      const others = sum.slice();
      addRows(others, filmsIn, { rows: Int32Array.of(index), shares: Float32Array.of(-1) });
      const without = this.#latentOf(others, watched.length - 1);
      return { index, adds: whole.map((value, k) => value - (without[k] as number)) };
    });
  }

  toBytes(): Uint8Array {
    const { count, fullCount, films, histories, weights } = this.state;
    const writer = new ByteWriter(
      64 + 4 * (weights.length + histories.columns.length + 2 * histories.offsets.length + films.size),
    );
    writer.byte(FORMAT);
    writer.uint(this.#parameters.hidden);
    writer.uint(this.#parameters.factors);
    writer.uint(count);
    writer.uint(fullCount);
    films.write(writer);
    writeHistories(writer, histories);
    writeWords(writer, weights);
    return writer.view();
  }

  /** Film indices. */
  #watchedBy(agent: number): Int32Array {
    const { histories } = this.state;
    const row = histories.agents.indexOf(agent);
    return row < 0 ? new Int32Array(0) : histories.columns.subarray(histories.offsets[row], histories.offsets[row + 1]);
  }

  /** Σ of the rows of 'films in': what the films say together, not yet made of length 1. */
  #sumOf(watched: Int32Array): Float64Array {
    const sum = new Float64Array(this.#parameters.hidden);
    addRows(sum, this.#layout.of(this.state.weights, 'films in'), {
      rows: watched,
      shares: new Float32Array(watched.length).fill(1),
    });
    return sum;
  }

  /** The mean of the latent of somebody with so many films, and 1 for the bias. */
  #latentOf(sum: Float64Array, films: number): Float64Array {
    const { weights } = this.state;
    const { hidden, factors } = this.#parameters;
    const length = Math.sqrt(Math.max(1, films));
    const first = this.#layout.of(weights, 'hidden bias');
    const a = sum.map((value, k) => tanh((first[k] as number) + value / length));
    const latent = this.#layout.of(weights, 'latent');
    const mean = new Float64Array(factors + BIAS_WORDS);
    mean.set(this.#layout.of(weights, 'latent bias').subarray(0, factors));
    for (let k = 0; k < hidden; k++) {
      const factor = a[k] as number;
      for (let j = 0; j < factors; j++)
        mean[j] = (mean[j] as number) + factor * (latent[2 * factors * k + j] as number);
    }
    mean[factors] = 1;
    return mean;
  }

  #popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.state.histories, this.state.films));
  }
}

function dot(a: Float64Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

const layoutOf = (parameters: VaeParameters, films: IdIndex) => new WeightLayout(vaeShapes(parameters), films.size);

/**
 * A full training first, and whenever the interactions have multiplied since the last one; it starts from luck. In
 * between the model before goes on learning for `refreshEpochs`; films that are new start from luck. Which it is
 * follows from the request alone.
 */
function train(
  { catalogue, interactions, count, previous, luck }: TrainingRequest,
  parameters: VaeParameters,
  kernels: Kernels,
): Model {
  const films = filmIndexOf(catalogue);
  const histories = historiesOf(interactions, count, films);
  const before = previous instanceof VaeModel && goesOnFrom(previous.state, count) ? previous.state : null;
  const start = startingWeights(vaeShapes(parameters), films, { before, luck });
  const epochs = before === null ? parameters.epochs : parameters.refreshEpochs;
  const { weights } = learnVae(kernels, start, {
    parameters,
    histories,
    films: films.size,
    epochs,
    anneals: before === null,
    luck,
  });
  return new VaeModel({ count, fullCount: before?.fullCount ?? count, films, histories, weights }, parameters);
}

function load(bytes: Uint8Array, parameters: VaeParameters): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const [hidden, factors] = [reader.uint(), reader.uint()];
  if (hidden !== parameters.hidden || factors !== parameters.factors) {
    throw new MalformedBytes(
      `model of ${hidden} hidden units and ${factors} factors, expected ${parameters.hidden} and ${parameters.factors}`,
      reader.offset,
    );
  }
  const [count, fullCount] = [reader.uint(), reader.uint()];
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  const weights = readFloats(reader, layoutOf(parameters, films).size);
  readEnd(reader);
  return new VaeModel({ count, fullCount, films, histories, weights }, parameters);
}

/** Memory of the trainer, shared by all of them: a training leaves nothing in it that the next one reads. */
let trainingMemory: Kernels | undefined;

/** @param kernels the memory to train in; a shared one by default */
export function createMultVae(parameters: VaeParameters, kernels?: Kernels): Recommender {
  return {
    name: 'multvae',
    parameters: { ...parameters },
    train: (request) => train(request, parameters, kernels ?? (trainingMemory ??= createKernels())),
    load: (bytes) => load(bytes, parameters),
  };
}

export const multVae = defineRecommender({
  name: 'multvae',
  about: 'a variational autoencoder with multinomial likelihood (Liang et al. 2018)',
  parameters: z.strictObject({
    hidden: z.int().min(4).max(1000).multipleOf(4).default(200),
    factors: z.int().min(4).max(512).multipleOf(4).default(128),
    epochs: z.int().min(1).max(10_000).default(60),
    batch: z.int().min(1).max(10_000).default(100),
    learningRate: z.number().positive().max(0.1).default(0.002),
    dropout: z.number().min(0).max(0.95).default(0.5),
    anneal: z.number().min(0).max(10).default(0.4),
    refreshEpochs: z.int().min(0).max(10_000).default(2),
  }),
  create: (parameters) => createMultVae(parameters),
});
