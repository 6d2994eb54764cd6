/**
 * How often an agent is active: its own probability of acting in a round, drawn once.
 *
 * RecAgent (arXiv 2306.02552, section 3.1) fits a Pareto law p(x) = a x_min^a / x^(a+1), x >= x_min, to the activity in
 * MovieLens, Amazon Beauty, Book-Crossing and Steam: a few users are very active, most are not. Here x is
 * drawn from that law and capped at 1, and x_min is chosen so that the capped mean is the mean asked for.
 */
import { exp, ln, type LuckOf, milli } from '@rashomon/kernel';

export interface ActivityOptions {
  /** `constant`: everybody the mean; `pareto`: few very active agents. Default pareto. */
  readonly law?: 'constant' | 'pareto';
  /** The mean probability of acting in a round, over 0 up to 1. Default 0.3. */
  readonly mean?: number;
  /** The Pareto exponent a, over 0: the smaller, the more unequal. Default 1.5. */
  readonly shape?: number;
}

/** The probability of an agent of whom the luck is given; in thousandths, at least 0.001. */
export type ActivityLaw = (luck: LuckOf) => number;

/** @throws RangeError on a mean or shape out of range. */
export function activityLaw(options: ActivityOptions = {}): ActivityLaw {
  const { law = 'pareto', mean = 0.3, shape = 1.5 } = options;
  if (!(mean > 0 && mean <= 1)) throw new RangeError(`activity.mean is ${mean}; expected over 0, up to 1`);
  if (!(shape > 0 && shape <= 100)) throw new RangeError(`activity.shape is ${shape}; expected over 0, up to 100`);
  if (law === 'constant') return () => probability(mean);
  const least = leastForMean(mean, shape);
  return (luck) => probability(least * luck.for('activity').pareto(shape, 0));
}

/** A number as a probability in thousandths that is not 0. */
export function probability(value: number): number {
  return Math.max(0.001, milli(Math.min(1, value)));
}

/** E min(1, X) for X Pareto with minimum m and exponent a: the integral of P(X > t) over t in 0..1. */
function cappedMean(m: number, a: number): number {
  if (Math.abs(a - 1) < 1e-9) return m - m * ln(m);
  return m + (exp(a * ln(m)) - m) / (1 - a);
}

/** The x_min at which the capped mean is the one asked for; bisection, as the mean grows with x_min. */
function leastForMean(mean: number, shape: number): number {
  let low = 1e-9;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (cappedMean(middle, shape) < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
