/**
 * Item-based nearest neighbours: films that were watched by those who watched the agent's films.
 * Sarwar, Karypis, Konstan & Riedl, "Item-based collaborative filtering recommendation algorithms", WWW 2001.
 *
 *   score(u, i) = Σ_(j ∈ N_k(i) ∩ I_u) similarity(i, j)        N_k(i): the k films most similar to i
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
import { topFilms } from '../numerics/top-films.ts';
import { byMagnitude } from '../models/contributions.ts';
import { filmNeighbours, similaritiesTo, similaritySums, type WeightedRows } from '../neighbours/film-neighbours.ts';
import { type Histories, historiesOf, readHistories, watchedBy, writeHistories } from '../interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';
import { popularityIn, type PopularityOrder } from '../interactions/popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';

const FORMAT = 1;

/** The model is its histories: similarities follow from them, and are made when the first question comes. */
class ItemKnnModel implements Model {
  readonly count: number;
  readonly digest: string;
  readonly explains = 'exact';
  readonly #films: IdIndex;
  readonly #histories: Histories;
  readonly #size: number;
  #neighbours: WeightedRows | undefined;
  #popularity: PopularityOrder | undefined;

  constructor(
    films: IdIndex,
    histories: Histories,
    { count, neighbours }: { readonly count: number; readonly neighbours: number },
  ) {
    this.#films = films;
    this.#histories = histories;
    this.#size = neighbours;
    this.count = count;
    this.digest = sha256(this.toBytes());
  }

  /** Scores are sums of cosines; for somebody without history they are shares of the agents that watched the film. */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const watched = watchedBy(this.#histories, agent);
    if (watched.length === 0) return this.#popular().rank(count, excluded);
    const sums = similaritySums(this.#rows(), watched);
    return topFilms(sums, this.#films.ids, count, excluded);
  }

  explain(agent: number, film: number): readonly Contribution[] {
    const watched = watchedBy(this.#histories, agent);
    if (watched.length === 0) return this.#popular().explain(film);
    const target = this.#films.indexOf(film);
    const similarities = similaritiesTo(target, this.#rows(), watched);
    return byMagnitude(
      similarities.map((weight, place) => ({ film: this.#films.ids[watched[place] as number] as number, weight })),
    );
  }

  toBytes(): Uint8Array {
    const writer = new ByteWriter(
      64 + 4 * (this.#histories.columns.length + 2 * this.#histories.offsets.length + this.#films.size),
    );
    writer.byte(FORMAT);
    writer.uint(this.#size);
    writer.uint(this.count);
    this.#films.write(writer);
    writeHistories(writer, this.#histories);
    return writer.view();
  }

  #rows(): WeightedRows {
    return (this.#neighbours ??= filmNeighbours(this.#histories, this.#films.size, this.#size));
  }

  #popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.#histories, this.#films));
  }
}

/**
 * Nothing is carried over from the model before: the counts of a few hundred thousand watches are made in milliseconds.
 */
function train({ catalogue, interactions, count }: TrainingRequest, neighbours: number): Model {
  const films = filmIndexOf(catalogue);
  return new ItemKnnModel(films, historiesOf(interactions, count, films), { count, neighbours });
}

function load(bytes: Uint8Array, neighbours: number): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const found = reader.uint();
  if (found !== neighbours)
    throw new MalformedBytes(`model of ${found} neighbours, expected ${neighbours}`, reader.offset);
  const count = reader.uint();
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  readEnd(reader);
  return new ItemKnnModel(films, histories, { count, neighbours });
}

function create({ neighbours }: { readonly neighbours: number }): Recommender {
  return {
    name: 'item-knn',
    parameters: { neighbours },
    train: (request) => train(request, neighbours),
    load: (bytes) => load(bytes, neighbours),
  };
}

export const itemKnn = defineRecommender({
  name: 'item-knn',
  about: 'films watched by those who watched the same (cosine, k nearest films)',
  parameters: z.strictObject({ neighbours: z.int().min(1).max(100_000).default(200) }),
  create,
});
