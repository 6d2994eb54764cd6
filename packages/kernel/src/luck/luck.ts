/**
 * Luck: every random draw, keyed by what it is for.
 *
 * A draw is a function of (seed, agent, round, purpose, number) and of nothing else: not of who drew before, not of
 * the branch. Two branches of a run therefore meet the same luck wherever they meet the same situation (laws L3, L11):
 * common random numbers. A purpose is a name, given where the draw is made. Where films are weighed the number is the
 * film's id, so that a film brings its own luck to whatever page it stands on.
 */
import { exp, ln } from '../numbers/exact.ts';
import { numberedPurpose } from './numbered-purposes.data.ts';
import { purposeHash } from './purpose-hash.ts';
import { drawn, threefry } from './threefry.ts';

/** Stands for "nobody" in a key: draws of the system rather than of an agent. */
export const NOBODY = 0xffffffff;

/** How purposes enter the key: by their names, or as runs from before they had names do (flag `namedLuck`). */
export type PurposeKeys = 'named' | 'numbered';

/** Purposes that fit beside a round in one 32-bit word, where they are numbered. */
const PURPOSE_SLOTS = 64;

/** In the counter of the draw that makes the key of a purpose; nothing else draws under that key. */
const KEY_OF_PURPOSE = 0x6c75636b;

/** The luck of one agent (or of the system) in one round. */
export class LuckOf {
  readonly #seed: number;
  readonly #keys: PurposeKeys;
  /** Whose luck it is; NOBODY for the system's. */
  readonly agent: number;
  readonly round: number;

  /** @param seed and agent 0 to 2^32 - 1; round 0 to 2^26 - 1 */
  constructor(seed: number, agent: number, round: number, keys: PurposeKeys = 'named') {
    this.#seed = seed | 0;
    this.agent = agent;
    this.round = round;
    this.#keys = keys;
  }

  /**
   * The draws for one purpose.
   * @throws RangeError when two names in use have one hash
   */
  for(purpose: string): Draws {
    const numbered = this.#keys === 'numbered' ? numberedPurpose(purpose) : undefined;
    if (numbered !== undefined) {
      const { code, first, step } = numbered;
      const counter = this.round * PURPOSE_SLOTS + code;
      return new Draws([this.#seed, this.agent | 0], counter, { first, step });
    }
    threefry(this.#seed, this.agent | 0, purposeHash(purpose), KEY_OF_PURPOSE);
    return new Draws([(drawn[0] as number) | 0, (drawn[1] as number) | 0], this.round, FROM_ZERO);
  }

  /**
   * The luck of things within a purpose that have ids and steps of their own, by id and step: its seed is a draw of the
   * purpose, the first unless another number is given.
   */
  within(purpose: string, number = 0): (id: number, step?: number) => LuckOf {
    const seed = this.for(purpose).word(number);
    return (id, step = 0) => new LuckOf(seed, id, step, this.#keys);
  }
}

/** Where the numbers of a purpose lie among those of its key. */
interface Stretch {
  readonly first: number;
  readonly step: number;
}

const FROM_ZERO: Stretch = { first: 0, step: 1 };

/** The draws of one agent in one round for one purpose, each by its number. */
export class Draws {
  readonly #key0: number;
  readonly #key1: number;
  readonly #counter: number;
  readonly #first: number;
  readonly #step: number;

  constructor([key0, key1]: readonly [number, number], counter: number, { first, step }: Stretch) {
    this.#key0 = key0;
    this.#key1 = key1;
    this.#counter = counter;
    this.#first = first;
    this.#step = step;
  }

  /** Uniform over the 32-bit integers. */
  word(number: number): number {
    this.#draw(number);
    return drawn[0] as number;
  }

  /** Uniform in the open interval (0, 1), 52 bits. */
  uniform(number: number): number {
    this.#draw(number);
    return (((drawn[0] as number) >>> 6) * 0x4000000 + ((drawn[1] as number) >>> 6) + 0.5) / 0x10000000000000;
  }

  /** Uniform over 0 to bound - 1; exact to 2^-52. */
  below(bound: number, number: number): number {
    return Math.floor(this.uniform(number) * bound);
  }

  /** Standard Gumbel: the luck of an option in a multinomial logit (McFadden 1974). */
  gumbel(number: number): number {
    return -ln(-ln(this.uniform(number)));
  }

  /** Standard normal, by Marsaglia's polar method over the attempts `number`, `number` + stride, …. */
  normal(number: number): number {
    for (let attempt = 0; ; attempt++) {
      // Attempts of one number must not meet those of another: they are spread over the key space.
      this.#draw((number + attempt * 0x9e3779b1) | 0);
      const u = ((drawn[0] as number) + 0.5) / 0x80000000 - 1;
      const v = ((drawn[1] as number) + 0.5) / 0x80000000 - 1;
      const s = u * u + v * v;
      if (s < 1 && s > 0) return u * Math.sqrt((-2 * ln(s)) / s);
    }
  }

  /** Pareto with minimum 1: u^(-1/shape). */
  pareto(shape: number, number: number): number {
    return exp(-ln(this.uniform(number)) / shape);
  }

  #draw(number: number): void {
    threefry(this.#key0, this.#key1, this.#counter, (this.#first + number * this.#step) | 0);
  }
}
