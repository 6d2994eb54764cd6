/**
 * Bootstrap over agents: how far a difference might be off if other agents of the same kind had lived through it.
 *
 * Agents are drawn with replacement, each with both of its stories (paired), and the difference is taken again;
 * the interval is that of the percentiles (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13). All
 * metrics meet the same draws, and the draws are keyed luck: the same comparison gives the same interval.
 */
import { LuckOf, NOBODY } from '@rashomon/kernel';

/** Resamples where nothing else is asked for; fewer for many agents, never less than LEAST. */
const USUAL = 1000;
const LEAST = 200;
/** Draws in all, beyond which resamples are saved on: about a second. */
const MOST_DRAWS = 10_000_000;
/** The ends of the interval, as shares of the resamples below them: 95 % lie inside. */
const ENDS = { low: 0.025, high: 0.975 } as const;

/** How many resamples a number of agents is given. */
export function usualResamples(agents: number): number {
  return Math.max(LEAST, Math.min(USUAL, Math.floor(MOST_DRAWS / Math.max(1, agents))));
}

/**
 * How often each of the agents was drawn in one resample.
 * @param resample number of the resample, from 0: it stands where a round stands in the key of a draw
 */
export function drawnAgents(agents: number, seed: number, resample: number): Int32Array {
  const weights = new Int32Array(agents);
  const luck = new LuckOf(seed, NOBODY, resample);
  for (let draw = 0; draw < agents; draw++) {
    const agent = luck.below(agents, 'bootstrap', draw);
    weights[agent] = (weights[agent] as number) + 1;
  }
  return weights;
}

/** The percentile interval of resampled values, linear between order statistics; 0 to 0 for none. */
export function percentileInterval(values: Float64Array): { readonly low: number; readonly high: number } {
  const sorted = values.slice().sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below] ?? 0;
    return low + (place - below) * ((sorted[below + 1] ?? low) - low);
  };
  return { low: at(ENDS.low), high: at(ENDS.high) };
}

/**
 * The percentile interval moved so that the mean of the resamples lies on the observed value (the bootstrap's estimate
 * of bias taken off, ibid. ch. 10). For figures of a whole: a resample holds about 63 % of the agents, and
 * so shows fewer films, whatever the difference.
 */
export function movedInterval(values: Float64Array, observed: number): { readonly low: number; readonly high: number } {
  if (values.length === 0) return { low: 0, high: 0 };
  let sum = 0;
  for (const value of values) sum += value;
  const move = observed - sum / values.length;
  const { low, high } = percentileInterval(values);
  return { low: low + move, high: high + move };
}
