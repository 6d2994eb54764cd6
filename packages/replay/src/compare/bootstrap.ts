/**
 * Bootstrap over agents: how far a difference might be off if other agents of the same kind had lived through it.
 *
 * Agents are drawn with replacement and the difference is taken again; the interval is that of the percentiles (Efron &
 * Tibshirani 1993, An Introduction to the Bootstrap, ch. 13). Where both runs have the same agents, under the same
 * luck, each is drawn with both of its stories (paired, ibid. ch. 8); where they are strangers to one another, agents
 * are drawn for each run by itself. All metrics meet the same draws, and the draws are keyed luck: the same comparison
 * gives the same interval.
 */
import { resampleOf } from '@rashomon/kernel';

/** Resamples where nothing else is asked for; fewer for many agents, never less than LEAST. */
const USUAL = 1000;
const LEAST = 200;
/** Draws in all, beyond which resamples are saved on: about a second. */
const MOST_DRAWS = 10_000_000;

/** How many resamples a number of agents is given. */
export function usualResamples(agents: number): number {
  return Math.max(LEAST, Math.min(USUAL, Math.floor(MOST_DRAWS / Math.max(1, agents))));
}

/** How often each agent of a and of b was drawn; one and the same list when they are paired. */
export interface Draws {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

export interface Drawn {
  readonly paired: boolean;
  /** Numbers of agents. */
  readonly agents: { readonly a: number; readonly b: number };
  readonly seed: number;
}

/** The draws of one resample. */
export function drawsOf({ paired, agents, seed }: Drawn, resample: number): Draws {
  if (paired) {
    const both = resampleOf(agents.a, seed, resample);
    return { a: both, b: both };
  }
  // Even numbers for a and odd ones for b: no draw serves both, though they may have equally many agents.
  return { a: resampleOf(agents.a, seed, 2 * resample), b: resampleOf(agents.b, seed, 2 * resample + 1) };
}
