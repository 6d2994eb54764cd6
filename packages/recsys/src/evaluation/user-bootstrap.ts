/**
 * How far a figure might be off if other users of the same kind had been asked: users are drawn with replacement and the
 * figure is taken again (Efron & Tibshirani 1993, An introduction to the bootstrap). Draws are keyed luck, and the same for
 * every recommender.
 */
import { LuckOf, NOBODY } from '@rashomon/kernel';

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
/** The ends of the interval, as shares of the resamples below them: 95 % lie inside. */
const ENDS = { low: 0.025, high: 0.975 } as const;

/** Each resample as how often each of the users was drawn; the array is used again. */
export function* userResamples(users: number, seed: number): Generator<Int32Array> {
  const weights = new Int32Array(users);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const luck = new LuckOf(seed, NOBODY, resample);
    weights.fill(0);
    for (let draw = 0; draw < users; draw++) {
      const user = luck.below(users, 'bootstrap', draw);
      weights[user] = (weights[user] as number) + 1;
    }
    yield weights;
  }
}

/** The percentile interval (ibid., chapter 13) around the figure itself. */
export function percentileInterval(mean: number, resampled: readonly number[]): Interval {
  return { mean, ...percentiles(resampled) };
}

/**
 * For figures of all lists together: a resample holds about 63 % of the users and so shows fewer films. Its bias, the mean of the resamples
 * less the figure (ibid., chapter 10), is taken off both ends; they stay shares.
 */
export function movedInterval(mean: number, resampled: readonly number[]): Interval {
  const bias = resampled.reduce((sum, value) => sum + (value - mean), 0) / resampled.length;
  const { low, high } = percentiles(resampled);
  return { mean, low: Math.max(0, low - bias), high: Math.min(1, high - bias) };
}

/** Linear between order statistics. */
function percentiles(values: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below] as number;
    return low + (place - below) * ((sorted[below + 1] ?? low) - low);
  };
  return { low: at(ENDS.low), high: at(ENDS.high) };
}
