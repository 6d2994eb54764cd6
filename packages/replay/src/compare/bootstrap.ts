/**
 * Bootstrap over agents: how far a difference might be off if other agents of the same kind had lived through it.
 *
 * Agents are drawn with replacement, each with both of its stories (paired), and the difference is taken again;
 * the interval is that of the percentiles (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13). All
 * metrics meet the same draws, and the draws are keyed luck: the same comparison gives the same interval.
 */

/** Resamples where nothing else is asked for; fewer for many agents, never less than LEAST. */
const USUAL = 1000;
const LEAST = 200;
/** Draws in all, beyond which resamples are saved on: about a second. */
const MOST_DRAWS = 10_000_000;

/** How many resamples a number of agents is given. */
export function usualResamples(agents: number): number {
  return Math.max(LEAST, Math.min(USUAL, Math.floor(MOST_DRAWS / Math.max(1, agents))));
}
