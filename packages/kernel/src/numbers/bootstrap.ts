/**
 * The bootstrap: how far a figure might be off if others of the same kind had been asked. They are drawn
 * with replacement and the figure is taken again (Efron & Tibshirani 1993, An Introduction to the Bootstrap).
 * Draws are keyed luck: the same question gets the same interval.
 */
import { LuckOf, NOBODY } from '../luck/luck.ts';

/** The ends of the interval, as shares of the resamples below them: 95 % lie inside. */
const ENDS = { low: 0.025, high: 0.975 } as const;

export interface Ends {
  readonly low: number;
  readonly high: number;
}

/**
 * How often each of `count` was drawn in one resample.
 * @param resample number of the resample, from 0: it stands where a round stands in the key of a draw
 */
export function resampleOf(count: number, seed: number, resample: number): Int32Array {
  const weights = new Int32Array(count);
  // Numbered: a comparison made again by a later version has the interval it had.
  const draws = new LuckOf(seed, NOBODY, resample, 'numbered').for('bootstrap');
  for (let draw = 0; draw < count; draw++) {
    const drawn = draws.below(count, draw);
    weights[drawn] = (weights[drawn] as number) + 1;
  }
  return weights;
}

/** The percentile interval of resampled values (ibid. ch. 13), linear between order statistics; 0 to 0 for none. */
export function percentileInterval(values: ArrayLike<number>): Ends {
  const sorted = new Float64Array(values).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below] ?? 0;
    return low + (place - below) * ((sorted[below + 1] ?? low) - low);
  };
  return { low: at(ENDS.low), high: at(ENDS.high) };
}

/**
 * The percentile interval moved so that the mean of the resamples lies on the observed value: the bootstrap's
 * estimate of bias (ibid. ch. 10) is taken off. For figures of a whole: a resample holds about 63 % of
 * those asked, and so shows fewer films, whatever the figure.
 */
export function movedInterval(values: ArrayLike<number>, observed: number): Ends {
  if (values.length === 0) return { low: 0, high: 0 };
  // Summed as deviations: where all resamples are the observed value, the bias is exactly 0.
  let deviation = 0;
  for (let i = 0; i < values.length; i++) deviation += (values[i] as number) - observed;
  const bias = deviation / values.length;
  const { low, high } = percentileInterval(values);
  return { low: low - bias, high: high - bias };
}
