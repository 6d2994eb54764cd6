/**
 * Luck: every random draw, keyed by what it is for.
 *
 * A draw is a function of (seed, agent, round, purpose, number) and of nothing else: not of who
 * drew before, not of the branch. Two branches of a run therefore meet the same luck wherever they
 * meet the same situation (laws L3, L11): common random numbers. Where films are weighed the number
 * is the film's id, so that a film brings its own luck to whatever page it stands on.
 */
import { exp, ln } from '../numbers/exact.ts';
import { drawn, threefry } from './threefry.ts';

/** What a draw is for. Append new purposes: a purpose's index is part of its key. */
const PURPOSES = [
  'active',
  'place',
  'film',
  'page action',
  'query',
  'rating',
  'feeling',
  'social',
  'partner',
  'mention',
  'random slate',
  'training',
  'persona',
  'taste',
  'activity',
  'ties',
  'bootstrap',
  'exploration',
] as const;
export type Purpose = (typeof PURPOSES)[number];

const purposeCodes: { readonly [P in Purpose]: number } = Object.fromEntries(
  PURPOSES.map((purpose, index) => [purpose, index]),
) as { readonly [P in Purpose]: number };

/** Purposes that fit beside a round in one 32-bit word. */
const PURPOSE_SLOTS = 64;

/** Stands for "nobody" in a key: draws of the system rather than of an agent. */
export const NOBODY = 0xffffffff;

/** The luck of one agent (or of the system) in one round. */
export class LuckOf {
  readonly #seed: number;
  readonly #agent: number;
  readonly #round: number;

  /** @param seed and agent 0 to 2^32 - 1; round 0 to 2^26 - 1 */
  constructor(seed: number, agent: number, round: number) {
    this.#seed = seed | 0;
    this.#agent = agent | 0;
    this.#round = round * PURPOSE_SLOTS;
  }

  /** Whose luck it is; NOBODY for the system's. */
  get agent(): number {
    return this.#agent >>> 0;
  }

  get round(): number {
    return this.#round / PURPOSE_SLOTS;
  }

  /** Uniform over the 32-bit integers. */
  word(purpose: Purpose, number: number): number {
    this.#draw(purpose, number);
    return drawn[0] as number;
  }

  /** Uniform in the open interval (0, 1), 52 bits. */
  uniform(purpose: Purpose, number: number): number {
    this.#draw(purpose, number);
    return (((drawn[0] as number) >>> 6) * 0x4000000 + ((drawn[1] as number) >>> 6) + 0.5) / 0x10000000000000;
  }

  /** Uniform over 0 to bound - 1; exact to 2^-52. */
  below(bound: number, purpose: Purpose, number: number): number {
    return Math.floor(this.uniform(purpose, number) * bound);
  }

  /** Standard Gumbel: the luck of an option in a multinomial logit (McFadden 1974). */
  gumbel(purpose: Purpose, number: number): number {
    return -ln(-ln(this.uniform(purpose, number)));
  }

  /** Standard normal, by Marsaglia's polar method over the attempts `number`, `number` + stride, …. */
  normal(purpose: Purpose, number: number): number {
    for (let attempt = 0; ; attempt++) {
      // Attempts of one number must not meet those of another: they are spread over the key space.
      this.#draw(purpose, (number + attempt * 0x9e3779b1) | 0);
      const u = ((drawn[0] as number) + 0.5) / 0x80000000 - 1;
      const v = ((drawn[1] as number) + 0.5) / 0x80000000 - 1;
      const s = u * u + v * v;
      if (s < 1 && s > 0) return u * Math.sqrt((-2 * ln(s)) / s);
    }
  }

  /** Pareto with minimum 1: u^(-1/shape). */
  pareto(shape: number, purpose: Purpose, number: number): number {
    return exp(-ln(this.uniform(purpose, number)) / shape);
  }

  #draw(purpose: Purpose, number: number): void {
    threefry(this.#seed, this.#agent, this.#round + purposeCodes[purpose], number);
  }
}
