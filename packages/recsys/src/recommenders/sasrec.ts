/**
 * Self-attentive sequential recommendation: what comes after the films an agent watched last, in their order. Formulas
 * and source stand in sasrec-network.ts and neural/attention-block.ts, the loss in neural/sampled-softmax.ts.
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
import { startingWeights, WeightLayout } from '../neural/weights.ts';
import type { Kernels } from '../numerics/kernels.ts';
import { scoreRows } from '../numerics/row-scorer.ts';
import { topFilms } from '../numerics/top-films.ts';
import { createKernels } from '../numerics/wasm-kernels.ts';
import { byMagnitude } from '../models/contributions.ts';
import { type Histories, readHistories, watchedBy, writeHistories } from '../interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFloats, readFormat, writeWords } from '../models/model-bytes.ts';
import { popularityIn, type PopularityOrder } from '../interactions/popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';
import { sasRecShapes } from '../neural/sasrec-network.ts';
import { SasRecReader } from '../neural/sasrec-reader.ts';
import { learnSasRec, type SasRecParameters } from '../neural/sasrec-training.ts';
import { sequencesOf } from '../interactions/sequences.ts';
import { goesOnFrom } from '../interactions/warm-start.ts';

const FORMAT = 1;

interface SasRecState {
  readonly count: number;
  /** How many interactions there were at the last full training. */
  readonly fullCount: number;
  readonly films: IdIndex;
  /** Each agent's films in the order in which it watched them. */
  readonly sequences: Histories;
  readonly weights: Float32Array;
}

/** What a film that was watched, by its index, adds to h. */
interface Part {
  readonly index: number;
  readonly adds: Float32Array;
}

class SasRecModel implements Model {
  readonly state: SasRecState;
  readonly count: number;
  readonly digest: string;
  readonly explains = 'approximate';
  readonly #parameters: SasRecParameters;
  readonly #reader: SasRecReader;
  readonly #layout: ReturnType<typeof layoutOf>;
  readonly #rows: Float32Array;
  /** What the network said of an agent, since its second page asks for it again. */
  readonly #said = new Map<number, Float32Array>();
  /**
   * The agent explained last, since all films of its slate are asked for: nothing that takes long depends on the film.
   */
  #explained: { readonly agent: number; readonly parts: readonly Part[] } | undefined;
  #popularity: PopularityOrder | undefined;

  constructor(state: SasRecState, parameters: SasRecParameters, reader: SasRecReader) {
    this.state = state;
    this.count = state.count;
    this.#parameters = parameters;
    this.#reader = reader;
    this.#layout = layoutOf(parameters, state.films);
    this.#rows = this.#layout.of(state.weights, 'films');
    this.digest = sha256(this.toBytes());
  }

  /**
   * Scores are h·y, the logits of what comes next; for somebody without history they are shares of the agents that
   * watched the film.
   */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const sequence = this.#sequenceOf(agent);
    if (sequence.length === 0) return this.#popular().rank(count, excluded);
    let said = this.#said.get(agent);
    if (said === undefined) this.#said.set(agent, (said = this.#read(sequence)));
    return topFilms(scoreRows(this.#rows, said), this.state.films.ids, count, excluded);
  }

  /**
   * How much lower the score would be had the agent not watched one of the films; without any the score counts as 0.
   * These do not sum to the score: films speak together. Films before those that are read say nothing.
   */
  explain(agent: number, film: number): readonly Contribution[] {
    const { films } = this.state;
    const { factors } = this.#parameters;
    const target = films.indexOf(film);
    if (target < 0) return [];
    const row = this.#rows.subarray(target * factors, (target + 1) * factors);
    if (this.#explained?.agent !== agent) this.#explained = { agent, parts: this.#partsOf(this.#sequenceOf(agent)) };
    return byMagnitude(
      this.#explained.parts.map(({ index, adds }) => ({ film: films.ids[index] as number, weight: dot(adds, row) })),
    );
  }

  /** How the network would speak otherwise without each of the films that it reads, in order of film. */
  #partsOf(sequence: Int32Array): readonly Part[] {
    if (sequence.length === 0) return [];
    const whole = this.#read(sequence);
    const places = Array.from(sequence.keys()).slice(-this.#parameters.length);
    const parts = places.map((place) => {
      const others = sequence.filter((_, other) => other !== place);
      const without = others.length === 0 ? null : this.#read(others);
      return { index: sequence[place] as number, adds: whole.map((value, k) => value - (without?.[k] ?? 0)) };
    });
    return parts.sort((a, b) => a.index - b.index);
  }

  toBytes(): Uint8Array {
    const { count, fullCount, films, sequences, weights } = this.state;
    const { factors, blocks, length } = this.#parameters;
    const writer = new ByteWriter(
      64 + 4 * (weights.length + sequences.columns.length + 2 * sequences.offsets.length + films.size),
    );
    writer.byte(FORMAT);
    for (const number of [factors, blocks, length, count, fullCount]) writer.uint(number);
    films.write(writer);
    writeHistories(writer, sequences);
    writeWords(writer, weights);
    return writer.view();
  }

  /** Film indices. */
  #sequenceOf(agent: number): Int32Array {
    return watchedBy(this.state.sequences, agent);
  }

  #read(sequence: Int32Array): Float32Array {
    return this.#reader.read(this.state.weights, this.#layout, sequence);
  }

  #popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.state.sequences, this.state.films));
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

const layoutOf = (parameters: SasRecParameters, films: IdIndex) =>
  new WeightLayout(sasRecShapes(parameters), films.size);

/** What trains and what reads. */
interface SasRecTools {
  readonly parameters: SasRecParameters;
  readonly kernels: Kernels;
  readonly reader: SasRecReader;
}

/**
 * A full training first, and whenever the interactions have multiplied since the last one; it starts from luck. In
 * between the model before goes on learning for `refreshEpochs`; films that are new start from luck. Which it is
 * follows from the request alone.
 */
function train(
  { catalogue, interactions, count, previous, luck }: TrainingRequest,
  { parameters, kernels, reader }: SasRecTools,
): Model {
  const films = filmIndexOf(catalogue);
  const sequences = sequencesOf(interactions, count, films);
  const before = previous instanceof SasRecModel && goesOnFrom(previous.state, count) ? previous.state : null;
  const start = startingWeights(sasRecShapes(parameters), films, { before, luck });
  const epochs = before === null ? parameters.epochs : parameters.refreshEpochs;
  const { weights } = learnSasRec(kernels, start, { parameters, sequences, films, epochs, luck });
  return new SasRecModel(
    { count, fullCount: before?.fullCount ?? count, films, sequences, weights },
    parameters,
    reader,
  );
}

function load(bytes: Uint8Array, parameters: SasRecParameters, reader: SasRecReader): Model {
  const from = new ByteReader(bytes);
  readFormat(from, FORMAT);
  for (const name of ['factors', 'blocks', 'length'] as const) {
    const found = from.uint();
    if (found !== parameters[name])
      throw new MalformedBytes(`model of ${name} ${found}, expected ${parameters[name]}`, from.offset);
  }
  const [count, fullCount] = [from.uint(), from.uint()];
  const films = IdIndex.read(from);
  const sequences = readHistories(from, films.size);
  const weights = readFloats(from, layoutOf(parameters, films).size);
  readEnd(from);
  return new SasRecModel({ count, fullCount, films, sequences, weights }, parameters, reader);
}

/**
 * Memories of all trainers and of all readers: a training or reading leaves nothing in them that the next one reads.
 */
let trainingMemory: Kernels | undefined;
let readingMemory: Kernels | undefined;

/** @param kernels the memory to train in; a shared one by default */
export function createSasRec(parameters: SasRecParameters, kernels?: Kernels): Recommender {
  const reader = new SasRecReader((readingMemory ??= createKernels()), parameters);
  return {
    name: 'sasrec',
    parameters: { ...parameters },
    train: (request) =>
      train(request, { parameters, reader, kernels: kernels ?? (trainingMemory ??= createKernels()) }),
    load: (bytes) => load(bytes, parameters, reader),
  };
}

export const sasRec = defineRecommender({
  name: 'sasrec',
  about: 'self-attentive sequential recommendation (Kang & McAuley 2018)',
  parameters: z.strictObject({
    factors: z.int().min(4).max(512).multipleOf(4).default(64),
    blocks: z.int().min(1).max(4).default(1),
    length: z.int().min(1).max(500).default(50),
    epochs: z.int().min(1).max(10_000).default(25),
    batch: z.int().min(1).max(10_000).default(32),
    learningRate: z.number().positive().max(0.1).default(0.002),
    dropout: z.number().min(0).max(0.95).default(0.2),
    candidates: z.int().min(1).max(100_000).default(512),
    refreshEpochs: z.int().min(0).max(10_000).default(1),
  }),
  create: (parameters) => createSasRec(parameters),
});
