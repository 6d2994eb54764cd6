/**
 * Films like those that the agent watched, by what is known of the films themselves (content-vectors.ts): the
 * content-based recommendation of Pazzani & Billsus, "Content-based recommendation systems", The adaptive web, 2007,
 * with a profile that is the mean of the films' vectors (Rocchio 1971).
 *
 *   score(u, i) = Σ_j r_j cosine(j, i) / Σ_j r_j + p · share of all agents that watched i
 *
 * over the films j that u watched, with r_j their rating, and over what u said it is interested in, which counts as one
 * film of these genres.
 */
import {
  ByteReader,
  ByteWriter,
  type Contribution,
  type FilmCatalogue,
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
import { contentCosine, type ContentVectors, contentVectorsOf } from '../content/content-vectors.ts';
import { byMagnitude } from '../models/contributions.ts';
import { type DeclaredInterests, declaredInterests } from '../content/declared-interests.ts';
import {
  type Histories,
  historiesOf,
  placeIn,
  readHistories,
  watchedBy,
  writeHistories,
} from '../interactions/histories.ts';
import { filmIndexOf, type IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFloats, readFormat, writeWords } from '../models/model-bytes.ts';
import { popularityIn, type PopularityOrder } from '../interactions/popularity-order.ts';
import { defineRecommender } from './recommender-definition.ts';

const FORMAT = 1;
/** What a film that was not rated counts, and what was declared: the middle of the scale. */
const UNRATED = 3;

interface ContentState {
  readonly count: number;
  /** Its films, by what is known of them. */
  readonly catalogue: FilmCatalogue;
  readonly histories: Histories;
  /** One for each entry of the histories; 0 where not rated. */
  readonly ratings: Float32Array;
  readonly interests: DeclaredInterests;
}

/** What an agent is taken to like. The weights of all sum to 1. */
interface Profile {
  readonly films: readonly { readonly film: number; readonly weight: number }[];
  /** Genres by index, which are the first terms of the vectors. */
  readonly genres: readonly { readonly genre: number; readonly weight: number }[];
}

export class ContentModel implements Model {
  readonly state: ContentState;
  readonly films: IdIndex;
  readonly count: number;
  readonly digest: string;
  readonly explains = 'exact';
  readonly #popularityWeight: number;
  #popularity: PopularityOrder | undefined;
  #shares: Float64Array | undefined;

  constructor(state: ContentState, popularity: number) {
    this.state = state;
    this.films = filmIndexOf(state.catalogue);
    this.count = state.count;
    this.#popularityWeight = popularity;
    this.digest = sha256(this.toBytes());
  }

  /**
   * Scores are mean cosines, and a little popularity; for somebody of whom nothing is known, shares of the agents that
   * watched the film.
   */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const profile = this.#profileOf(agent);
    if (profile === null) return this.popular().rank(count, excluded);
    const { offsets, columns, weights } = this.vectors();
    const sum = this.#vectorOf(profile);
    const shares = this.#popularShares();
    const scores = new Float32Array(this.films.size);
    for (let film = 0; film < scores.length; film++) {
      let score = shares[film] as number;
      const end = offsets[film + 1] as number;
      for (let at = offsets[film] as number; at < end; at++)
        score += (weights[at] as number) * (sum[columns[at] as number] as number);
      scores[film] = score;
    }
    return topFilms(scores, this.films.ids, count, excluded);
  }

  explain(agent: number, id: number): readonly Contribution[] {
    const profile = this.#profileOf(agent);
    if (profile === null) return this.popular().explain(id);
    const film = this.films.indexOf(id);
    if (film < 0) return [];
    const vectors = this.vectors();
    const { columns, offsets, weights } = vectors;
    const row = columns.subarray(offsets[film], offsets[film + 1]);
    return byMagnitude([
      ...profile.films.map((other) => ({
        film: this.films.ids[other.film] as number,
        weight: other.weight * contentCosine(vectors, other.film, film),
      })),
      ...profile.genres.map(({ genre, weight }) => {
        const place = placeIn(row, genre);
        return {
          genre: this.state.catalogue.genres[genre] as string,
          weight: place < 0 ? 0 : weight * (weights[(offsets[film] as number) + place] as number),
        };
      }),
      { crowd: this.popular().counts[film] as number, weight: this.#popularShares()[film] as number },
    ]);
  }

  /** Whether there is anything to go by: films watched, or interests declared. */
  knows(agent: number): boolean {
    return this.#profileOf(agent) !== null;
  }

  vectors(): ContentVectors {
    return contentVectorsOf(this.state.catalogue);
  }

  popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.state.histories, this.films));
  }

  toBytes(): Uint8Array {
    const { count, catalogue, histories, ratings, interests } = this.state;
    const writer = new ByteWriter(
      256 + 8 * (histories.columns.length + histories.offsets.length + interests.columns.length),
    );
    writer.byte(FORMAT);
    writer.float64(this.#popularityWeight);
    writer.uint(count);
    writer.text(catalogue.digest);
    writeHistories(writer, histories);
    writeWords(writer, ratings);
    writeHistories(writer, interests);
    return writer.view();
  }

  /** What popularity adds to the score of each film. */
  #popularShares(): Float64Array {
    const all = Math.max(1, this.state.histories.agents.size);
    return (this.#shares ??= Float64Array.from(
      this.popular().counts,
      (count) => (this.#popularityWeight * count) / all,
    ));
  }

  /** Null for somebody who has neither watched nor said anything. */
  #profileOf(agent: number): Profile | null {
    const { histories, ratings, interests } = this.state;
    const watched = watchedBy(histories, agent);
    const genres = watchedBy(interests, agent);
    if (watched.length === 0 && genres.length === 0) return null;
    const start = watched.length === 0 ? 0 : (histories.offsets[histories.agents.indexOf(agent)] as number);
    const counts = Array.from(watched, (_, place) => (ratings[start + place] as number) || UNRATED);
    const declared = genres.length === 0 ? 0 : UNRATED;
    const total = counts.reduce((sum, each) => sum + each, declared);
    return {
      films: Array.from(watched, (film, place) => ({ film, weight: (counts[place] as number) / total })),
      // As one film of these genres alone: a vector of length 1.
      genres: Array.from(genres, (genre) => ({ genre, weight: declared / total / Math.sqrt(genres.length) })),
    };
  }

  #vectorOf({ films, genres }: Profile): Float64Array {
    const { offsets, columns, weights, terms } = this.vectors();
    const sum = new Float64Array(terms);
    for (const { film, weight } of films) {
      for (let at = offsets[film] as number; at < (offsets[film + 1] as number); at++) {
        const column = columns[at] as number;
        sum[column] = (sum[column] as number) + weight * (weights[at] as number);
      }
    }
    for (const { genre, weight } of genres) sum[genre] = (sum[genre] as number) + weight;
    return sum;
  }
}

/** The latest rating of each pair in the histories. */
function ratingsOf(
  { interactions, count }: TrainingRequest,
  { agents, offsets, columns }: Histories,
  films: IdIndex,
): Float32Array {
  const ratings = new Float32Array(columns.length);
  for (let entry = 0; entry < count; entry++) {
    const rating = interactions.ratings[entry] as number;
    const film = films.indexOf(interactions.films[entry] as number);
    if (rating === 0 || film < 0) continue;
    const row = agents.indexOf(interactions.agents[entry] as number);
    const start = offsets[row] as number;
    ratings[start + placeIn(columns.subarray(start, offsets[row + 1]), film)] = rating;
  }
  return ratings;
}

/** What a film that everybody watched gains over one that nobody did, in cosines, unless told otherwise. */
export const CONTENT_POPULARITY = 0.1;

export function trainContent(request: TrainingRequest, popularity: number): ContentModel {
  const { catalogue, interactions, count, audience } = request;
  const films = filmIndexOf(catalogue);
  const histories = historiesOf(interactions, count, films);
  const interests = declaredInterests(audience, catalogue, () => false);
  return new ContentModel(
    { count, catalogue, histories, ratings: ratingsOf(request, histories, films), interests },
    popularity,
  );
}

/** @throws MalformedBytes */
export function loadContent(bytes: Uint8Array, catalogue: FilmCatalogue, popularity: number): ContentModel {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const found = reader.float64();
  if (found !== popularity)
    throw new MalformedBytes(`model of popularity ${found}, expected ${popularity}`, reader.offset);
  const count = reader.uint();
  const digest = reader.text();
  if (digest !== catalogue.digest)
    throw new MalformedBytes(`model of the catalogue ${digest}, expected ${catalogue.digest}`, reader.offset);
  const histories = readHistories(reader, catalogue.size);
  const ratings = readFloats(reader, histories.columns.length);
  if (ratings.some((rating) => !(rating >= 0 && rating < Infinity)))
    throw new MalformedBytes('no rating', reader.offset);
  const interests = readHistories(reader, catalogue.genres.length);
  readEnd(reader);
  return new ContentModel({ count, catalogue, histories, ratings, interests }, popularity);
}

function createContent({ popularity }: { readonly popularity: number }): Recommender {
  return {
    name: 'content',
    parameters: { popularity },
    train: (request) => trainContent(request, popularity),
    load: (bytes, catalogue) => loadContent(bytes, catalogue, popularity),
  };
}

export const content = defineRecommender({
  name: 'content',
  about: 'films like those watched, by genres, people, years and words',
  parameters: z.strictObject({ popularity: z.number().min(0).max(100).default(CONTENT_POPULARITY) }),
  create: createContent,
});
