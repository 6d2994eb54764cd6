/** Intervals of accuracies over the users: the kernel's bootstrap, with the same draws for every recommender. */
import { movedInterval, percentileInterval, resampleOf } from '@rashomon/kernel';

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** Each resample as how often each of the users was drawn. */
export function* userResamples(users: number, seed: number): Generator<Int32Array> {
  for (let resample = 0; resample < RESAMPLES; resample++) yield resampleOf(users, seed, resample);
}

export function intervalOverUsers(mean: number, resampled: readonly number[]): Interval {
  return { mean, ...percentileInterval(resampled) };
}

/** For shares of all lists together; the ends stay shares. */
export function intervalOfShare(mean: number, resampled: readonly number[]): Interval {
  const { low, high } = movedInterval(resampled, mean);
  return { mean, low: Math.max(0, low), high: Math.min(1, high) };
}
