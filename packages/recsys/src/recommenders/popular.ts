/** The most watched films, the same for everybody. */
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
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';
import { PopularityOrder } from '../interactions/popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';

const FORMAT = 1;

class PopularModel implements Model {
  readonly count: number;
  readonly order: PopularityOrder;
  readonly digest: string;
  readonly explains = 'exact';

  constructor(films: IdIndex, counts: Int32Array, count: number) {
    this.count = count;
    this.order = new PopularityOrder(films, counts, 1);
    this.digest = sha256(this.toBytes());
  }

  /** Scores are numbers of watches. */
  recommend({ count, excluded }: SlateRequest): Ranking {
    return this.order.rank(count, excluded);
  }

  explain(_agent: number, film: number): readonly Contribution[] {
    return this.order.explain(film);
  }

  toBytes(): Uint8Array {
    const writer = new ByteWriter();
    writer.byte(FORMAT);
    writer.uint(this.count);
    this.order.films.write(writer);
    for (const watches of this.order.counts) writer.uint(watches);
    return writer.copy();
  }
}

/** Counts every watch, a second one of the same agent too; watches of films outside the catalogue are left out. */
function train({ catalogue, interactions, count, previous }: TrainingRequest): Model {
  const films = filmIndexOf(catalogue);
  // Counts go on from the model before, unless the catalogue changed: a film that is back has its old watches.
  const known =
    previous instanceof PopularModel && previous.count <= count && previous.order.films.equals(films) ? previous : null;
  const counts = known === null ? new Int32Array(films.size) : known.order.counts.slice();
  for (let entry = known?.count ?? 0; entry < count; entry++) {
    const index = films.indexOf(interactions.films[entry] as number);
    if (index >= 0) counts[index] = (counts[index] as number) + 1;
  }
  return new PopularModel(films, counts, count);
}

function load(bytes: Uint8Array): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const count = reader.uint();
  const films = IdIndex.read(reader);
  const counts = new Int32Array(films.size);
  for (let index = 0; index < counts.length; index++) {
    const watches = reader.uint();
    if (watches > count) throw new MalformedBytes(`${watches} watches of ${count}`, reader.offset);
    counts[index] = watches;
  }
  readEnd(reader);
  return new PopularModel(films, counts, count);
}

function create(): Recommender {
  return { name: 'popular', parameters: {}, train, load };
}

export const popular = defineRecommender({
  name: 'popular',
  about: 'the most watched films first',
  parameters: z.strictObject({}),
  create,
});
