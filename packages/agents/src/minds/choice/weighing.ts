/**
 * One decision under way: options with the additive terms of their utilities, in whole thousandths.
 *
 * Each term is rounded before the choice, so that the recorded terms add up to exactly the number that
 * decided (multinomial logit as a random utility maximum: McFadden 1974, with Gumbel luck as one of the terms).
 */
import type { Grounds, Term } from '@rashomon/kernel';

/**
 * Where each term stands, in the order of the kernel's TERMS. Numbers, as they are looked up for every film of every
 * page.
 */
export const TERM_AT = {
  base: 0,
  taste: 1,
  popularity: 2,
  heard: 3,
  novelty: 4,
  rank: 5,
  fatigue: 6,
  luck: 7,
} as const satisfies { readonly [T in Term]: number };
export type TermAt = (typeof TERM_AT)[Term];
const WIDTH = 8;

/** Stands for a term that is zero for all options. */
const ZEROS: readonly number[] = [];

/** Made in its length: a list that grows reserves half as much again, and grounds are most of what a round makes. */
function listOf(size: number): number[] {
  // oxlint-disable-next-line unicorn/no-new-array -- Array.from fills the list one by one, several times slower
  return new Array<number>(size);
}

/** Reused from question to question, as minds answer one at a time; nothing survives {@link begin}. */
export class Weighing {
  #options = new Int32Array(64);
  #cells = new Int32Array(64 * WIDTH);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  begin(): void {
    this.#size = 0;
  }

  /** Opens the next option with a base and its luck, in utility units; its number is returned. */
  option(option: number, base: number, luck: number): number {
    const index = this.#size;
    if (index === this.#options.length) this.#grow();
    this.#size = index + 1;
    this.#options[index] = option;
    const cells = this.#cells;
    const start = index * WIDTH;
    cells[start] = Math.round(base * 1000);
    for (let at = start + 1; at < start + WIDTH - 1; at++) cells[at] = 0;
    cells[start + WIDTH - 1] = Math.round(luck * 1000);
    return index;
  }

  /** Sets a term of an option, in utility units. */
  set(index: number, term: TermAt, value: number): void {
    this.#cells[index * WIDTH + term] = Math.round(value * 1000);
  }

  /** The index of the option with the largest sum; the first of equals; -1 without options. */
  best(): number {
    const cells = this.#cells;
    let best = -1;
    let most = -Infinity;
    for (let index = 0, at = 0; index < this.#size; index++) {
      let sum = 0;
      for (const end = at + WIDTH; at < end; at++) sum += cells[at] as number;
      if (sum > most) {
        best = index;
        most = sum;
      }
    }
    return best;
  }

  optionAt(index: number): number {
    return this.#options[index] as number;
  }

  /** A term of an option, in utility units. */
  termOf(index: number, term: TermAt): number {
    return (this.#cells[index * WIDTH + term] as number) / 1000;
  }

  /** An option's utility without its luck. */
  expectationOf(index: number): number {
    let sum = 0;
    for (let at = index * WIDTH, end = at + WIDTH - 1; at < end; at++) sum += this.#cells[at] as number;
    return sum / 1000;
  }

  grounds(): Grounds {
    const options = listOf(this.#size);
    for (let index = 0; index < options.length; index++) options[index] = this.#options[index] as number;
    return {
      options,
      base: this.#column(0),
      taste: this.#column(1),
      popularity: this.#column(2),
      heard: this.#column(3),
      novelty: this.#column(4),
      rank: this.#column(5),
      fatigue: this.#column(6),
      luck: this.#column(7),
      reason: '',
    };
  }

  #column(column: number): readonly number[] {
    const size = this.#size;
    const cells = this.#cells;
    let any = 0;
    for (let index = 0, at = column; index < size; index++, at += WIDTH) any |= cells[at] as number;
    if (any === 0) return ZEROS;
    const values = listOf(size);
    for (let index = 0, at = column; index < size; index++, at += WIDTH) values[index] = (cells[at] as number) / 1000;
    return values;
  }

  #grow(): void {
    const options = new Int32Array(this.#options.length * 2);
    options.set(this.#options);
    this.#options = options;
    const cells = new Int32Array(this.#cells.length * 2);
    cells.set(this.#cells);
    this.#cells = cells;
  }
}
