/**
 * The recommender as the loop needs it: a pure trainer from interactions to an immutable model.
 * Implemented in the recsys package, or behind a network by an adapter.
 */
import type { Json } from '../encoding/canonical-json.ts';
import type { EventData } from '../events/catalogue.ts';
import type { LuckOf } from '../luck/luck.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { Bits } from '../state/bits.ts';
import type { FilmCatalogue } from '../world/film.ts';

/** A value now, or later: fast minds and models stay synchronous. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * Watches in log order, one entry each at the same index of every list. The lists only ever grow,
 * and belong to the fold: a trainer reads entries 0 to `count` - 1 and keeps nothing of them.
 */
export interface Interactions {
  readonly agents: readonly number[];
  readonly films: readonly number[];
  /** 1 to 5; 0 where watched but not rated. */
  readonly ratings: readonly number[];
  readonly rounds: readonly number[];
  /** Positions of FilmWatched, or of AgentJoined for history. */
  readonly positions: readonly number[];
}

/**
 * What a recommender may know of an agent, as of the opening of the round: what it said of itself, whom it knows, and
 * which films it was shown since its last sweep (`shown`, everything watched included).
 */
export type AudienceMember = Pick<AgentState, 'id' | 'persona' | 'contacts' | 'shown' | 'sweep'>;

/** By agent id, in the order of joining; it belongs to the fold: nothing of it may be kept. */
export type Audience = ReadonlyMap<number, AudienceMember>;

export interface TrainingRequest {
  readonly round: number;
  /** The films that may be recommended. */
  readonly catalogue: FilmCatalogue;
  readonly interactions: Interactions;
  /** How many interactions there are: train on entries 0 to count - 1. */
  readonly count: number;
  readonly audience: Audience;
  /** The model this one follows, of the same recommender and parameters; null for a first training. */
  readonly previous: Model | null;
  /** Luck for initial weights and sampling. */
  readonly luck: LuckOf;
}

export interface Recommender {
  readonly name: string;
  readonly parameters: { readonly [name: string]: Json };
  /** A model with the same bits for the same request, on any machine. */
  train(request: TrainingRequest): MaybePromise<Model>;
  /** A model from what its `toBytes` gave. @throws MalformedBytes */
  load(bytes: Uint8Array, catalogue: FilmCatalogue): Model;
}

export interface SlateRequest {
  readonly agent: number;
  readonly count: number;
  /** Films that must not be on the slate. */
  readonly excluded: Bits;
  readonly luck: LuckOf;
}

/** What a recommender outside the process said, as it is logged. */
export type RecommenderAnswer = EventData<'RecommenderAnswered'>;

/** Films best first; ties by id. At most `count`, fewer when nothing else is eligible. */
export interface Ranking {
  readonly films: readonly number[];
  /** One per film, as 32-bit floats, in the model's own unit. */
  readonly scores: readonly number[];
  /** Films of it that chance put there, not the model. */
  readonly drawn?: readonly number[];
  /** One per film, where the agent is to be told why it is shown. */
  readonly explanations?: readonly Explanation[];
  /** What was asked outside for it, to be logged before the slate. */
  readonly outside?: readonly RecommenderAnswer[] | undefined;
}

/** Why a film is on a slate, for the agent to whom it is shown. */
export interface Explanation {
  /** One true sentence. */
  readonly text: string;
  /** Past films of the agent that it names. */
  readonly films: readonly number[];
  /** Contacts of the agent that it counts. */
  readonly friends: readonly number[];
}

/** What something adds to the score of a film, in the unit of the score. */
export type Contribution = { readonly weight: number } & (
  | /** A film that the agent watched. */ { readonly film: number }
  | /** A contact that watched the film. */ { readonly friend: number }
  | /** A genre that the agent said it likes. */ { readonly genre: string }
  | /** The crowd: how often anybody watched the film. */ { readonly crowd: number }
  | /** How the film did where it was shown: how often, and how often it was watched. */ {
      readonly trial: readonly [shown: number, watched: number];
    }
  | /** Luck, or the wish to try the film out. */ { readonly chance: true }
);

export interface Model {
  /** SHA-256 of what `toBytes` gives: two models with one digest rank alike. */
  readonly digest: string;
  /** How many interactions it was trained on. */
  readonly count: number;
  recommend(request: SlateRequest): MaybePromise<Ranking>;
  /** Whether contributions sum to the score, only tell roughly what it comes of, or are never given. */
  readonly explains: 'exact' | 'approximate' | 'nothing';
  /**
   * What the score of `film` for the agent comes of: largest magnitude first, ties by id.
   * @param luck the one of the slate
   */
  explain(agent: number, film: number, luck: LuckOf): MaybePromise<readonly Contribution[]>;
  toBytes(): Uint8Array;
  /** What was asked outside to train it, to be logged before its training. */
  readonly outside?: readonly RecommenderAnswer[] | undefined;
}
