/**
 * What a metric is: sums of what events add, and one of four ways to make a figure of them.
 *
 * Events are booked to the account of their agent; the accounts of a round, of a run, or of those agents that a
 * bootstrap drew are added up, and then the figure is taken: always a figure of sums, never a mean of figures. So a
 * name stands for one quantity, whoever asks.
 */
import type { EventOf, EventType } from '../events/catalogue.ts';
import type { FilmCatalogue } from '../world/film.ts';
import type { Past } from './past.ts';

/** Events that agents do or meet in their turns: nobody has an account for what the system does. */
type TurnEvent = Exclude<
  EventType,
  | 'RunStarted'
  | 'RunFinished'
  | 'RoundOpened'
  | 'RoundClosed'
  | 'RecommenderTrained'
  | 'InterventionApplied'
  | 'AgentJoined'
>;

/**
 * A sum: what each type of event adds to its agent's account. Sums that are one and the same object are kept once.
 * @param past the run before the event. @param films all films known, removed ones too
 */
export type Sum = { readonly [T in TurnEvent]?: (event: EventOf<T>, past: Past, films: FilmCatalogue) => number };

/** The films that each type of event counts, film by film. */
export type FilmLists = { readonly [T in TurnEvent]?: (event: EventOf<T>) => readonly number[] };

/** What a reader must know to use a figure. */
export interface Definition {
  /** How it is made, in words. */
  readonly formula: string;
  readonly unit: string;
  readonly range: string;
  readonly mayConclude: string;
  readonly mayNotConclude: string;
}

/** How often something happened: a total of a run or a round, a mean per agent where agents are compared. */
export interface CountMetric extends Definition {
  readonly kind: 'count';
  readonly of: Sum;
}

/** One sum divided by another; 0 where the lower one is. */
export interface RatioMetric extends Definition {
  readonly kind: 'ratio';
  readonly above: Sum;
  readonly below: Sum;
  /** Whether what an event adds depends on rounds long before it: then they must be known. */
  readonly looksBack: boolean;
}

/**
 * A figure of the genres of each agent's films, as a mean over agents that have any. Kept where agents are compared.
 */
export interface GenreMetric extends Definition {
  readonly kind: 'genres of agents';
  readonly films: FilmLists;
  of(counts: readonly number[]): number;
}

/** A figure of how films share what happened, over all films that may be shown. Not kept round by round. */
export interface FilmMetric extends Definition {
  readonly kind: 'films';
  readonly films: FilmLists;
  of(counts: ArrayLike<number>): number;
}

export type Metric = CountMetric | RatioMetric | GenreMetric | FilmMetric;
export type MetricKind = Metric['kind'];

/** How each kind is summed, for people. */
export const SUMMED: { readonly [K in MetricKind]: { readonly [where in 'run' | 'round' | 'agents']: string } } = {
  count: { run: 'total', round: 'total', agents: 'mean per agent' },
  ratio: { run: 'ratio of sums', round: 'ratio of sums', agents: 'ratio of sums over agents' },
  'genres of agents': { run: 'not kept', round: 'not kept', agents: 'mean over agents that have any' },
  films: { run: 'over all films', round: 'not kept', agents: 'over all films' },
};
