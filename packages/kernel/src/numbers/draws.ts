/** Choices among weighted options, and distribution summaries, in exact arithmetic. */
import { exp, ln } from './exact.ts';

/** Probabilities proportional to e^utility; sums to 1 up to rounding. Empty for no utilities. */
export function softmax(utilities: readonly number[]): number[] {
  let largest = -Infinity;
  for (const utility of utilities) if (utility > largest) largest = utility;
  const weights = utilities.map((utility) => exp(utility - largest));
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}

/**
 * The index into which a uniform number falls when the weights are laid end to end.
 * @param weights non-negative, not all 0
 * @param uniform in (0, 1)
 */
export function categorical(weights: readonly number[], uniform: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let rest = uniform * total;
  let last = -1;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] as number;
    if (weight > 0) last = index;
    rest -= weight;
    if (rest < 0 && weight > 0) return index;
  }
  return last;
}

/** 1 / (1 + e^-x). */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}

/** Shannon entropy of counts, in nats; 0 for no counts. */
export function entropy(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return 0;
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= (count / total) * ln(count / total);
  return sum;
}

/**
 * Gini coefficient of n non-negative counts: 0 all alike, towards 1 all on one; 0 when nothing was counted
 * (of recommendations: Fleder & Hosanagar, Management Science 2009).
 *   G = sum over k of (2k - n - 1) x_(k) / (n sum of x), with x_(k) ascending
 */
export function gini(counts: ArrayLike<number>): number {
  const sorted = new Float64Array(counts).sort();
  let total = 0;
  let weighted = 0;
  for (let index = 0; index < sorted.length; index++) {
    const value = sorted[index] as number;
    total += value;
    weighted += (2 * (index + 1) - sorted.length - 1) * value;
  }
  return total === 0 ? 0 : weighted / (sorted.length * total);
}
