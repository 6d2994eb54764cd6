/**
 * The model of the bandits: who watched and was shown what, and the evidence of the trials so far. How a score is made
 * of the posterior is in a file for each.
 */
import {
  ByteReader,
  ByteWriter,
  type Contribution,
  type FilmCatalogue,
  type LuckOf,
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
import { BanditEvidence } from './bandit-evidence.ts';
import { BIAS, CROWD, crowdScale, FilmColumns, genreShare, GENRES_FROM } from './bandit-features.ts';
import { BanditPosterior, type Belief } from './bandit-posterior.ts';
import { learnTrials, type Reward } from './bandit-trials.ts';
import { byMagnitude } from '../models/contributions.ts';
import { type DeclaredInterests, declaredInterests } from '../content/declared-interests.ts';
import { FilmBeliefs } from './film-beliefs.ts';
import { GenreTastes } from './genre-tastes.ts';
import {
  type Histories,
  historiesOf,
  readHistories,
  watchedBy,
  watchersOf,
  writeHistories,
} from '../interactions/histories.ts';
import { readEnd, readFormat } from '../models/model-bytes.ts';
import { ShownFilms } from '../interactions/shown-films.ts';

const FORMAT = 1;
const REWARDS: readonly Reward[] = ['watched', 'rated'];

export interface BanditSettings extends Belief {
  /** How much a deviation of the posterior counts. */
  readonly alpha: number;
  readonly reward: Reward;
}

/** The parameters of both bandits, but for how much they explore. */
export const banditParameters = {
  ridge: z.number().min(0.001).max(1e6).default(1),
  prior: z.number().min(0.001).max(1e6).default(10),
  reward: z.enum(REWARDS).default('watched'),
};

interface BanditState {
  readonly count: number;
  /** SHA-256 of the catalogue, which the features are read from. */
  readonly catalogue: string;
  readonly histories: Histories;
  readonly interests: DeclaredInterests;
  /** Made of these two. */
  readonly tastes: GenreTastes;
  readonly shown: ShownFilms;
  readonly evidence: BanditEvidence;
}

/** What an agent and the luck of its slate bring to a score. */
interface Asked {
  /** How much more the agent turns to each genre than others do. */
  readonly taste: Float64Array;
  readonly luck: LuckOf;
}

/** Gives the score of a film, by index. */
export type Scorer = (film: number) => number;

/** Prepares a posterior for being asked: called once for a model, and what it gives once for a slate. */
export type Scoring = (beliefs: FilmBeliefs, settings: BanditSettings) => (asked: Asked) => Scorer;

/** What follows from a state; made when the first question comes. */
interface Prepared {
  readonly posterior: BanditPosterior;
  /** By film index: how many watched it, and the feature made of that. */
  readonly watchers: Int32Array;
  readonly crowd: Float64Array;
  readonly scorer: (asked: Asked) => Scorer;
}

class BanditModel implements Model {
  readonly state: BanditState;
  readonly count: number;
  readonly digest: string;
  readonly explains = 'exact';
  readonly #settings: BanditSettings;
  readonly #scoring: Scoring;
  #ready: Prepared | undefined;

  constructor(state: BanditState, settings: BanditSettings, scoring: Scoring) {
    this.state = state;
    this.count = state.count;
    this.#settings = settings;
    this.#scoring = scoring;
    this.digest = sha256(this.toBytes());
  }

  /** Scores are expected rewards, moved by what exploring is worth. */
  recommend({ agent, count, excluded, luck }: SlateRequest): Ranking {
    const { films } = this.state.evidence.columns;
    if (count === 0) return { films: [], scores: [] };
    const scoreOf = this.#prepared().scorer({ taste: this.state.tastes.of(agent), luck });
    const scores = new Float32Array(films.size);
    for (let film = 0; film < scores.length; film++) scores[film] = scoreOf(film);
    return topFilms(scores, films.ids, count, excluded);
  }

  /**
   * The terms of the expected reward, and by how much exploring moved it: they sum to the score but for its rounding to
   * 32 bits.
   */
  explain(agent: number, id: number, luck: LuckOf): readonly Contribution[] {
    const { columns, shown, watched, sums, rewards } = this.state.evidence;
    const film = columns.films.indexOf(id);
    if (film < 0) return [];
    const { posterior, crowd, watchers, scorer } = this.#prepared();
    const { weights } = posterior;
    const taste = this.state.tastes.of(agent);
    const start = columns.offsets[film] as number;
    const own = columns.of(film);
    const genres = columns.genresOf(film);
    const share = genreShare(genres);
    let trial = (weights[BIAS] as number) + (rewards[film] as number) / posterior.trials(film);
    own.forEach(
      (column, place) =>
        (trial -= ((sums[start + place] as number) * (weights[column] as number)) / posterior.trials(film)),
    );
    for (const column of own.subarray(GENRES_FROM, GENRES_FROM + genres)) trial += share * (weights[column] as number);
    const terms: Contribution[] = [
      { trial: [shown[film] as number, watched[film] as number], weight: trial },
      { crowd: watchers[film] as number, weight: (weights[CROWD] as number) * (crowd[film] as number) },
      ...Array.from(own.subarray(GENRES_FROM + genres), (column) => {
        const genre = column - GENRES_FROM - columns.genres.length;
        return {
          genre: columns.genres[genre] as string,
          weight: share * (taste[genre] as number) * (weights[column] as number),
        };
      }),
    ];
    const expected = terms.reduce((sum, { weight }) => sum + weight, 0);
    return byMagnitude([...terms, { chance: true, weight: scorer({ taste, luck })(film) - expected }]);
  }

  toBytes(): Uint8Array {
    const { count, catalogue, histories, interests, shown, evidence } = this.state;
    const writer = new ByteWriter(8 * evidence.sums.length + 4 * histories.columns.length + 1024);
    writer.byte(FORMAT);
    writeSettings(writer, this.#settings);
    writer.uint(count);
    writer.text(catalogue);
    writeHistories(writer, histories);
    writeHistories(writer, interests);
    shown.write(writer);
    evidence.write(writer);
    return writer.view();
  }

  #prepared(): Prepared {
    if (this.#ready === undefined) {
      const { evidence, histories } = this.state;
      const scale = crowdScale(histories.agents.size);
      const watchers = watchersOf(histories, evidence.columns.films.size);
      const crowd = Float64Array.from(watchers, (count) => scale[count] as number);
      const posterior = new BanditPosterior(evidence, this.#settings);
      this.#ready = {
        posterior,
        watchers,
        crowd,
        scorer: this.#scoring(new FilmBeliefs(posterior, crowd), this.#settings),
      };
    }
    return this.#ready;
  }
}

function writeSettings(to: ByteWriter, { alpha, ridge, prior, reward }: BanditSettings): void {
  for (const value of [alpha, ridge, prior]) to.float64(value);
  to.byte(REWARDS.indexOf(reward));
}

/** @throws MalformedBytes when the model is one of other settings */
function readSettings(from: ByteReader, { alpha, ridge, prior, reward }: BanditSettings): void {
  for (const [name, expected] of Object.entries({ alpha, ridge, prior })) {
    const found = from.float64();
    if (found !== expected) throw new MalformedBytes(`model of ${name} ${found}, expected ${expected}`, from.offset);
  }
  const found = REWARDS[from.byte()];
  if (found !== reward) throw new MalformedBytes(`model of the reward ${found}, expected ${reward}`, from.offset);
}

/**
 * Goes on from what was learnt before, unless the genres have changed: then all that is still known of the trials is
 * learnt anew.
 */
function train(request: TrainingRequest, settings: BanditSettings, scoring: Scoring): Model {
  const { catalogue, interactions, count, previous, audience } = request;
  const columns = new FilmColumns(catalogue);
  const before =
    previous instanceof BanditModel && previous.count <= count && sameGenres(previous.state.evidence.columns, columns)
      ? previous.state
      : null;
  const histories = historiesOf(interactions, count, columns.films);
  const interests = declaredInterests(audience, catalogue, (agent) => watchedBy(histories, agent).length > 0);
  const shown = ShownFilms.of(audience, columns.films);
  const evidence = before?.evidence.over(columns, settings.prior) ?? new BanditEvidence(columns);
  const tastes = new GenreTastes(columns, histories, interests);
  learnTrials(evidence, request, { histories, tastes, shown, before, reward: settings.reward });
  return new BanditModel(
    { count, catalogue: catalogue.digest, histories, interests, tastes, shown, evidence },
    settings,
    scoring,
  );
}

function sameGenres({ genres }: FilmColumns, other: FilmColumns): boolean {
  return genres.length === other.genres.length && genres.every((genre, index) => genre === other.genres[index]);
}

function load(
  bytes: Uint8Array,
  catalogue: FilmCatalogue,
  { settings, scoring }: { readonly settings: BanditSettings; readonly scoring: Scoring },
): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  readSettings(reader, settings);
  const count = reader.uint();
  const digest = reader.text();
  if (digest !== catalogue.digest)
    throw new MalformedBytes(`model of the catalogue ${digest}, expected ${catalogue.digest}`, reader.offset);
  const columns = new FilmColumns(catalogue);
  const histories = readHistories(reader, columns.films.size);
  const interests = readHistories(reader, columns.genres.length);
  const shown = ShownFilms.read(reader, columns.films);
  const evidence = BanditEvidence.read(reader, columns);
  readEnd(reader);
  const tastes = new GenreTastes(columns, histories, interests);
  return new BanditModel(
    { count, catalogue: digest, histories, interests, tastes, shown, evidence },
    settings,
    scoring,
  );
}

/** A bandit that makes its scores so. */
export function createBandit(name: string, settings: BanditSettings, scoring: Scoring): Recommender {
  return {
    name,
    parameters: { ...settings },
    train: (request) => train(request, settings, scoring),
    load: (bytes, catalogue) => load(bytes, catalogue, { settings, scoring }),
  };
}
