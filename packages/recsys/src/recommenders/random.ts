/** Films drawn uniformly: the baseline that knows nobody. */
import {
  ByteReader,
  ByteWriter,
  type Contribution,
  type LuckOf,
  type Model,
  type Ranking,
  type Recommender,
  sha256,
  type SlateRequest,
} from '@rashomon/kernel';
import { z } from 'zod';
import { topFilms } from '../numerics/top-films.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';
import { defineRecommender } from './recommender-definition.ts';
import { sampleFilms } from '../slates/uniform-sample.ts';

const FORMAT = 1;

const scoreOf = (film: number, luck: LuckOf): number => Math.fround(luck.for('random score').uniform(film));

const drawnAs = (ranking: Ranking): Ranking => ({ ...ranking, drawn: ranking.films });

class RandomModel implements Model {
  readonly count: number;
  readonly digest: string;
  readonly explains = 'exact';
  readonly #films: IdIndex;

  constructor(films: IdIndex, count: number) {
    this.#films = films;
    this.count = count;
    this.digest = sha256(this.toBytes());
  }

  /** The score of a film is its luck of the round, so that rank too is drawn uniformly. */
  recommend({ count, excluded, luck }: SlateRequest): Ranking {
    const { ids } = this.#films;
    // Where all are asked for, none is drawn: only the order is.
    if (count >= ids.length)
      return drawnAs(
        topFilms(
          Float32Array.from(ids, (film) => scoreOf(film, luck)),
          ids,
          count,
          excluded,
        ),
      );
    const scored = sampleFilms(ids, count, { excluded }, luck.for('random slate')).map((film) => ({
      film,
      score: scoreOf(film, luck),
    }));
    scored.sort((a, b) => b.score - a.score || a.film - b.film);
    return drawnAs({ films: scored.map(({ film }) => film), scores: scored.map(({ score }) => score) });
  }

  explain(_agent: number, film: number, luck: LuckOf): readonly Contribution[] {
    return [{ chance: true, weight: scoreOf(film, luck) }];
  }

  toBytes(): Uint8Array {
    const writer = new ByteWriter();
    writer.byte(FORMAT);
    writer.uint(this.count);
    this.#films.write(writer);
    return writer.copy();
  }
}

function create(): Recommender {
  return {
    name: 'random',
    parameters: {},
    train: ({ catalogue, count }) => new RandomModel(filmIndexOf(catalogue), count),
    load(bytes) {
      const reader = new ByteReader(bytes);
      readFormat(reader, FORMAT);
      const count = reader.uint();
      const films = IdIndex.read(reader);
      readEnd(reader);
      return new RandomModel(films, count);
    },
  };
}

export const random = defineRecommender({
  name: 'random',
  about: 'films drawn uniformly from those that may be shown',
  parameters: z.strictObject({}),
  create,
});
