/**
 * Embarrassingly shallow autoencoder: a linear model from films to films in closed form (ease-weights.ts).
 *
 *   score(u, i) = Σ_(j ∈ I_u) B_ji
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
import type { Kernels } from '../numerics/kernels.ts';
import { topFilms } from '../numerics/top-films.ts';
import { createKernels } from '../numerics/wasm-kernels.ts';
import { byMagnitude } from '../models/contributions.ts';
import { type EaseWeights, easeWeights } from '../neighbours/ease-weights.ts';
import { type Histories, historiesOf, readHistories, watchedBy, writeHistories } from '../interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';
import { popularityIn, type PopularityOrder } from '../interactions/popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';

const FORMAT = 1;

interface EaseSettings {
  /** λ */
  readonly regularization: number;
  /** The memory to invert in. */
  readonly kernels: () => Kernels;
}

/** The model is its histories: the n² weights follow from them, and are made when the first question comes. */
class EaseModel implements Model {
  readonly count: number;
  readonly digest: string;
  readonly explains = 'exact';
  readonly #films: IdIndex;
  readonly #histories: Histories;
  readonly #settings: EaseSettings;
  #weights: EaseWeights | undefined;
  #popularity: PopularityOrder | undefined;

  constructor(
    films: IdIndex,
    histories: Histories,
    { count, settings }: { readonly count: number; readonly settings: EaseSettings },
  ) {
    this.#films = films;
    this.#histories = histories;
    this.#settings = settings;
    this.count = count;
    this.digest = sha256(this.toBytes());
  }

  /**
   * Scores are near 1 for what was surely watched; for somebody without history they are shares of the agents that
   * watched the film.
   */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const history = watchedBy(this.#histories, agent);
    if (history.length === 0) return this.#popular().rank(count, excluded);
    const { watched, places, rows } = this.#rows();
    const sums = new Float64Array(watched.length);
    addRows(
      sums,
      rows,
      history.map((film) => places[film] as number),
    );
    const scores = new Float32Array(this.#films.size);
    for (let place = 0; place < watched.length; place++) scores[watched[place] as number] = sums[place] as number;
    return topFilms(scores, this.#films.ids, count, excluded);
  }

  /** The weights of the agent's films: they sum to the score but for its rounding to 32 bits. */
  explain(agent: number, film: number): readonly Contribution[] {
    const history = watchedBy(this.#histories, agent);
    if (history.length === 0) return this.#popular().explain(film);
    const { watched, places, rows } = this.#rows();
    const target = places[this.#films.indexOf(film)] ?? -1;
    if (target < 0) return [];
    return byMagnitude(
      Array.from(history, (other) => ({
        film: this.#films.ids[other] as number,
        weight: rows[(places[other] as number) * watched.length + target] as number,
      })),
    );
  }

  toBytes(): Uint8Array {
    const writer = new ByteWriter(
      64 + 4 * (this.#histories.columns.length + 2 * this.#histories.offsets.length + this.#films.size),
    );
    writer.byte(FORMAT);
    writer.float64(this.#settings.regularization);
    writer.uint(this.count);
    this.#films.write(writer);
    writeHistories(writer, this.#histories);
    return writer.view();
  }

  #rows(): EaseWeights {
    const { regularization, kernels } = this.#settings;
    return (this.#weights ??= easeWeights(this.#histories, this.#films.size, { regularization, kernels: kernels() }));
  }

  #popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.#histories, this.#films));
  }
}

/** sums += Σ rows[place], four rows at a time, so that the sums are read and written a quarter as often. */
function addRows(sums: Float64Array, rows: Float32Array, listed: Int32Array): void {
  const size = sums.length;
  let next = 0;
  for (; next + 4 <= listed.length; next += 4) {
    const row0 = (listed[next] as number) * size;
    const row1 = (listed[next + 1] as number) * size;
    const row2 = (listed[next + 2] as number) * size;
    const row3 = (listed[next + 3] as number) * size;
    for (let i = 0; i < size; i++) {
      const pair = (rows[row0 + i] as number) + (rows[row1 + i] as number);
      const other = (rows[row2 + i] as number) + (rows[row3 + i] as number);
      sums[i] = (sums[i] as number) + (pair + other);
    }
  }
  for (; next < listed.length; next++) {
    const row = (listed[next] as number) * size;
    for (let i = 0; i < size; i++) sums[i] = (sums[i] as number) + (rows[row + i] as number);
  }
}

/** Always in full: there is no cheap step from one inverse to that of thousands of changed counts. */
function train({ catalogue, interactions, count }: TrainingRequest, settings: EaseSettings): Model {
  const films = filmIndexOf(catalogue);
  return new EaseModel(films, historiesOf(interactions, count, films), { count, settings });
}

function load(bytes: Uint8Array, settings: EaseSettings): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const found = reader.float64();
  if (found !== settings.regularization)
    throw new MalformedBytes(`model of regularization ${found}, expected ${settings.regularization}`, reader.offset);
  const count = reader.uint();
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  readEnd(reader);
  return new EaseModel(films, histories, { count, settings });
}

/** Shared by all models: an inversion leaves nothing in it that the next one reads. */
let inversionMemory: Kernels | undefined;

/** @param kernels the memory to invert in; a shared one by default */
export function createEase({ regularization }: { readonly regularization: number }, kernels?: Kernels): Recommender {
  const settings = { regularization, kernels: () => kernels ?? (inversionMemory ??= createKernels()) };
  return {
    name: 'ease',
    parameters: { regularization },
    train: (request) => train(request, settings),
    load: (bytes) => load(bytes, settings),
  };
}

export const ease = defineRecommender({
  name: 'ease',
  about: 'embarrassingly shallow autoencoder (Steck 2019); every training is a full one, O(films³)',
  parameters: z.strictObject({ regularization: z.number().positive().max(1e9).default(500) }),
  create: (parameters) => createEase(parameters),
});
