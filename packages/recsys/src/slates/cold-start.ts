/**
 * A cold start by content, around any recommender: what is new can be neither recommended nor served by those who
 * watched the same.
 *
 * - Somebody with m films, fewer than `watches`, has (watches - m) / watches of its rounds ranked by content
 *   (content.ts): all of them at first, then fewer. Which ones its luck decides, for a round as a whole. So each slate
 *   has scores of one kind, and each of them its explanation.
 * - A film that nobody watched has the score that its kin have: the mean of the base's scores for the agent of the
 *   watched films nearest in content, by similarity. So it comes before those who like such films. It is the simplest
 *   of the mappings from attributes in Gantner, Drumond, Freudenthaler, Rendle & Schmidt-Thieme, "Learning
 *   attribute-to-feature mappings for cold-start recommendations", ICDM 2010, k nearest neighbours, on scores instead
 *   of factors, so that any model will do.
 */
import {
  ByteReader,
  ByteWriter,
  type Contribution,
  type FilmCatalogue,
  type LuckOf,
  MalformedBytes,
  type MaybePromise,
  type Model,
  type Ranking,
  type Recommender,
  sha256,
  type SlateRequest,
} from '@rashomon/kernel';
import { topFilms } from '../numerics/top-films.ts';
import { after } from './decorate.ts';
import { CONTENT_POPULARITY, type ContentModel, loadContent, trainContent } from '../recommenders/content.ts';
import { byMagnitude } from '../models/contributions.ts';
import { type Kin, kinOfUnwatched } from '../content/film-kin.ts';
import { watchedBy } from '../interactions/histories.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';

const FORMAT = 1;

export interface ColdStartSettings {
  /** From so many films on an agent is ranked by the base alone. */
  readonly watches: number;
  /** How many watched films lend their scores to an unwatched one. */
  readonly neighbours: number;
}

class ModelWithColdStart implements Model {
  readonly base: Model;
  readonly count: number;
  readonly digest: string;
  readonly explains: Model['explains'];
  readonly outside: Model['outside'];
  readonly #content: ContentModel;
  readonly #settings: ColdStartSettings;
  readonly #hasUnwatched: boolean;
  #kin: ReadonlyMap<number, readonly Kin[]> | undefined;

  constructor(base: Model, content: ContentModel, settings: ColdStartSettings) {
    this.base = base;
    this.count = base.count;
    this.outside = base.outside;
    this.#content = content;
    this.#settings = settings;
    const { counts } = content.popular();
    this.#hasUnwatched = counts.includes(0) && counts.some((watchers) => watchers > 0);
    // What an unwatched film has from its kin is told as what it has in common with the agent's films, which is not how
    // it was computed.
    this.explains = base.explains === 'exact' && !this.#hasUnwatched ? 'exact' : 'approximate';
    this.digest = sha256(this.toBytes());
  }

  recommend(request: SlateRequest): MaybePromise<Ranking> {
    if (this.#isForContent(request.agent, request.luck)) return this.#content.recommend(request);
    if (!this.#hasUnwatched || request.count === 0) return this.base.recommend(request);
    return after(this.#allOf(request), (ranking) => this.#withKin(ranking, request));
  }

  /** The base's word on what the base ranked; content's on the rest, in the measure of the score. */
  explain(agent: number, film: number, luck: LuckOf): MaybePromise<readonly Contribution[]> {
    if (this.#isForContent(agent, luck)) return this.#content.explain(agent, film);
    const index = this.#content.films.indexOf(film);
    if (!this.#unwatched().has(index)) return this.base.explain(agent, film, luck);
    const request = { agent, count: this.#content.films.size, excluded: [], luck };
    return after(this.#allOf(request), (ranking) => {
      const score = this.#scoresOf(ranking)[index] as number;
      return inMeasureOf(score, this.#content.explain(agent, film));
    });
  }

  toBytes(): Uint8Array {
    const base = this.base.toBytes();
    const content = this.#content.toBytes();
    const writer = new ByteWriter(base.length + content.length + 32);
    writer.byte(FORMAT);
    writer.uint(this.#settings.watches);
    writer.uint(this.#settings.neighbours);
    writer.uint(base.length);
    writer.raw(base);
    writer.raw(content);
    return writer.view();
  }

  #isForContent(agent: number, luck: LuckOf): boolean {
    const { watches } = this.#settings;
    const watched = watchedBy(this.#content.state.histories, agent).length;
    if (watched >= watches || !this.#content.knows(agent)) return false;
    return luck.for('cold start').uniform(0) < (watches - watched) / watches;
  }

  /** The kin of each film that has no watchers. */
  #unwatched(): ReadonlyMap<number, readonly Kin[]> {
    return (this.#kin ??= this.#hasUnwatched
      ? kinOfUnwatched(this.#content.vectors(), this.#content.popular().counts, this.#settings.neighbours)
      : new Map());
  }

  #allOf(request: SlateRequest): MaybePromise<Ranking> {
    return this.base.recommend({ ...request, count: this.#content.films.size, excluded: [] });
  }

  #withKin(ranking: Ranking, { count, excluded }: SlateRequest): Ranking {
    const { films, scores } = topFilms(this.#scoresOf(ranking), this.#content.films.ids, count, excluded);
    // Films that the base does not rank come last: there they end the slate.
    const unranked = scores.indexOf(-Infinity);
    const [ranked, their] = unranked < 0 ? [films, scores] : [films.slice(0, unranked), scores.slice(0, unranked)];
    return ranking.outside === undefined
      ? { films: ranked, scores: their }
      : { films: ranked, scores: their, outside: ranking.outside };
  }

  /** By film index; -Infinity where there is none. */
  #scoresOf({ films, scores }: Ranking): Float32Array {
    const all = new Float32Array(this.#content.films.size).fill(-Infinity);
    films.forEach((film, rank) => (all[this.#content.films.indexOf(film)] = scores[rank] as number));
    for (const [film, kin] of this.#unwatched()) {
      let sum = 0;
      let total = 0;
      for (const each of kin) {
        const score = all[each.film] as number;
        if (score === -Infinity) continue;
        sum += each.similarity * score;
        total += each.similarity;
      }
      // Kin are watched and keep their own scores, so the order in which films are met makes no difference.
      if (total > 0) all[film] = sum / total;
    }
    return all;
  }
}

/** The same parts of another whole. */
function inMeasureOf(score: number, contributions: readonly Contribution[]): readonly Contribution[] {
  const sum = contributions.reduce((total, { weight }) => total + weight, 0);
  // Nothing in common does not add up to a score, and what speaks for a film does not make one below 0.
  if (!(score > 0 && sum > 0)) return [];
  return byMagnitude(contributions.map((each) => ({ ...each, weight: (each.weight * score) / sum })));
}

/** @throws MalformedBytes */
function load(
  bytes: Uint8Array,
  catalogue: FilmCatalogue,
  { recommender, settings }: { readonly recommender: Recommender; readonly settings: ColdStartSettings },
): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const [watches, neighbours] = [reader.uint(), reader.uint()];
  if (watches !== settings.watches || neighbours !== settings.neighbours) {
    throw new MalformedBytes(
      `cold start of ${watches} watches and ${neighbours} neighbours, ` +
        `expected ${settings.watches} and ${settings.neighbours}`,
      reader.offset,
    );
  }
  const base = recommender.load(reader.raw(reader.uint()), catalogue);
  const content = loadContent(reader.raw(reader.end - reader.offset), catalogue, CONTENT_POPULARITY);
  readEnd(reader);
  return new ModelWithColdStart(base, content, settings);
}

/**
 * The recommender with content for who and what is new. Around the recommender itself, inside of what fills or reorders
 * slates.
 * @throws RangeError when the settings are no whole numbers from 1 on
 */
export function withColdStart(
  recommender: Recommender,
  { watches = 3, neighbours = 10 }: Partial<ColdStartSettings> = {},
): Recommender {
  for (const [name, value] of Object.entries({ watches, neighbours })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`${name} of a cold start ${value}, expected a whole number from 1 on`);
  }
  const settings = { watches, neighbours };
  return {
    name: recommender.name,
    parameters: recommender.parameters,
    train(request) {
      const { previous } = request;
      const trained = recommender.train({
        ...request,
        previous: previous instanceof ModelWithColdStart ? previous.base : previous,
      });
      return after(
        trained,
        (base) => new ModelWithColdStart(base, trainContent(request, CONTENT_POPULARITY), settings),
      );
    },
    load: (bytes, catalogue) => load(bytes, catalogue, { recommender, settings }),
  };
}
