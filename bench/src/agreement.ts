/** A figure beside the one that somebody else has for the same thing: what counts is how near they are. */
import type { Figure } from './figures.ts';

export interface Claim {
  readonly name: string;
  readonly reference: number | undefined;
  /** How far from the reference is still the same. */
  readonly band: number | undefined;
  readonly note: string | undefined;
}

/** Rounding of binary fractions is no difference. */
const SLACK = 1e-9;

/** To five digits after the point, the difference judged before rounding. */
export function agreementOf({ name, reference, band, note }: Claim, value: number): Figure {
  const rounded = Math.round(value * 1e5) / 1e5;
  const within = reference === undefined || band === undefined ? null : Math.abs(value - reference) <= band + SLACK;
  return {
    name,
    value: rounded,
    unit: 'mean over users',
    target: null,
    better: 'higher',
    met: null,
    min: rounded,
    max: rounded,
    runs: 1,
    reference: reference ?? null,
    band: band ?? null,
    within,
    ...(note === undefined ? {} : { note }),
  };
}
