/**
 * What friends watched, beside what the agent's own films speak for: neighbourhoods of trust as in Massa & Avesani,
 * "Trust-aware recommender systems", RecSys 2007, with the closeness of the contacts for trust.
 *
 *   score(u, i) = (1 - w) taste(u, i) + w friends(u, i)
 *   taste(u, i) = Σ_(j ∈ N_k(i) ∩ I_u) similarity(i, j), as in item-knn, divided by the largest such sum among the
 *   films that u did not watch friends(u, i) = closeness of the contacts of u that watched i / closeness of all of them
 *
 * Both are 1 at most: for the film nearest to the agent's own, and for one that all friends watched. Somebody without
 * history has the taste of the crowd, by the same measure; whoever has no contacts is ranked by taste alone.
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
import {
  type Histories,
  historiesOf,
  placeIn,
  readHistories,
  watchedBy,
  watchersOf,
  writeHistories,
} from '../interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';
import { defineRecommender } from './recommender-definition.ts';
import { type Friend, SocialCircles } from '../neighbours/social-circles.ts';

const FORMAT = 1;

interface SocialSettings {
  /** w */
  readonly weight: number;
  readonly neighbours: number;
}

interface SocialState {
  readonly count: number;
  readonly films: IdIndex;
  readonly histories: Histories;
  readonly circles: SocialCircles;
}

/** What an agent's taste says of all films, before it is made comparable. */
interface Taste {
  readonly sums: Float32Array | Int32Array;
  /** What a sum is multiplied with in the score. */
  readonly scale: number;
}

class SocialModel implements Model {
  readonly state: SocialState;
  readonly count: number;
  readonly digest: string;
  readonly explains = 'exact';
  readonly #settings: SocialSettings;
  #neighbours: WeightedRows | undefined;
  #watchers: Int32Array | undefined;

  constructor(state: SocialState, settings: SocialSettings) {
    this.state = state;
    this.count = state.count;
    this.#settings = settings;
    this.digest = sha256(this.toBytes());
  }

  /** Scores are from 0 to 1. */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const { films, histories } = this.state;
    const friends = this.state.circles.friendsOf(agent);
    const { sums, scale } = this.#tasteOf(agent, friends);
    const scores = new Float64Array(films.size);
    for (let film = 0; film < scores.length; film++) scores[film] = scale * (sums[film] as number);
    for (const { agent: friend, share } of friends) {
      for (const film of watchedBy(histories, friend))
        scores[film] = (scores[film] as number) + this.#settings.weight * share;
    }
    return topFilms(new Float32Array(scores), films.ids, count, excluded);
  }

  /**
   * Films of the agent, or the crowd where it has none, and friends: they sum to the score but for its rounding to 32
   * bits.
   */
  explain(agent: number, id: number): readonly Contribution[] {
    const { films, histories, circles } = this.state;
    const film = films.indexOf(id);
    if (film < 0) return [];
    const friends = circles.friendsOf(agent);
    const { scale } = this.#tasteOf(agent, friends);
    const watched = watchedBy(histories, agent);
    const taste: readonly Contribution[] =
      watched.length === 0
        ? [{ crowd: this.#crowd()[film] as number, weight: scale * (this.#crowd()[film] as number) }]
        : similaritiesTo(film, this.#rows(), watched).map((similarity, place) => ({
            film: films.ids[watched[place] as number] as number,
            weight: scale * similarity,
          }));
    const those = friends.filter(({ agent: friend }) => placeIn(watchedBy(histories, friend), film) >= 0);
    return byMagnitude([
      ...taste,
      ...those.map(({ agent: friend, share }) => ({ friend, weight: this.#settings.weight * share })),
    ]);
  }

  toBytes(): Uint8Array {
    const { count, films, histories, circles } = this.state;
    const writer = new ByteWriter(1024 + 4 * (histories.columns.length + 2 * histories.offsets.length + films.size));
    writer.byte(FORMAT);
    writer.float64(this.#settings.weight);
    writer.uint(this.#settings.neighbours);
    writer.uint(count);
    films.write(writer);
    writeHistories(writer, histories);
    circles.write(writer);
    return writer.view();
  }

  #tasteOf(agent: number, friends: readonly Friend[]): Taste {
    const watched = watchedBy(this.state.histories, agent);
    const sums = watched.length === 0 ? this.#crowd() : similaritySums(this.#rows(), watched);
    let largest = 0;
    for (let film = 0; film < sums.length; film++) {
      const sum = sums[film] as number;
      // Own films mostly lie nearest to one another, and are not what is to be ranked.
      if (sum > largest && placeIn(watched, film) < 0) largest = sum;
    }
    const share = friends.length === 0 ? 1 : 1 - this.#settings.weight;
    return { sums, scale: largest === 0 ? 0 : share / largest };
  }

  #rows(): WeightedRows {
    return (this.#neighbours ??= filmNeighbours(
      this.state.histories,
      this.state.films.size,
      this.#settings.neighbours,
    ));
  }

  #crowd(): Int32Array {
    return (this.#watchers ??= watchersOf(this.state.histories, this.state.films.size));
  }
}

function train({ catalogue, interactions, count, audience }: TrainingRequest, settings: SocialSettings): Model {
  const films = filmIndexOf(catalogue);
  return new SocialModel(
    { count, films, histories: historiesOf(interactions, count, films), circles: SocialCircles.of(audience) },
    settings,
  );
}

function load(bytes: Uint8Array, settings: SocialSettings): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const [weight, neighbours] = [reader.float64(), reader.uint()];
  if (weight !== settings.weight || neighbours !== settings.neighbours) {
    throw new MalformedBytes(
      `model of weight ${weight} and ${neighbours} neighbours, expected ${settings.weight} and ${settings.neighbours}`,
      reader.offset,
    );
  }
  const count = reader.uint();
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  const circles = SocialCircles.read(reader);
  readEnd(reader);
  return new SocialModel({ count, films, histories, circles }, settings);
}

function createSocial(settings: SocialSettings): Recommender {
  return {
    name: 'social',
    parameters: { ...settings },
    train: (request) => train(request, settings),
    load: (bytes) => load(bytes, settings),
  };
}

export const social = defineRecommender({
  name: 'social',
  about: "films that friends watched, and those near the agent's own",
  parameters: z.strictObject({
    weight: z.number().min(0).max(1).default(0.5),
    neighbours: z.int().min(1).max(100_000).default(200),
  }),
  create: createSocial,
});
