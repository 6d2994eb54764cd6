/**
 * The recommender as the loop needs it: a pure trainer from interactions to an immutable model.
 * Implemented in the recsys package, or behind a network by an adapter.
 */
import type { Json } from '../encoding/canonical-json.ts';
import type { LuckOf } from '../luck/luck.ts';
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

export interface TrainingRequest {
  readonly round: number;
  /** The films that may be recommended. */
  readonly catalogue: FilmCatalogue;
  readonly interactions: Interactions;
  /** How many interactions there are: train on entries 0 to count - 1. */
  readonly count: number;
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

/** Films best first; ties by id. At most `count`, fewer when nothing else is eligible. */
export interface Ranking {
  readonly films: readonly number[];
  /** One per film, as 32-bit floats, in the model's own unit. */
  readonly scores: readonly number[];
}

/** What one past film of the agent adds to the score of another. */
export interface Contribution {
  readonly film: number;
  readonly weight: number;
}

export interface Model {
  /** SHA-256 of what `toBytes` gives: two models with one digest rank alike. */
  readonly digest: string;
  /** How many interactions it was trained on. */
  readonly count: number;
  recommend(request: SlateRequest): MaybePromise<Ranking>;
  /**
   * Contributions of the agent's past films to the score of `film`, largest magnitude first, ties by id.
   * Empty where the model does not look at the agent's past.
   */
  explain(agent: number, film: number): readonly Contribution[];
  toBytes(): Uint8Array;
}
