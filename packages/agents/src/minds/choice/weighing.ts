/**
 * One decision under way: options with the additive terms of their utilities, in whole thousandths.
 *
 * Each term is rounded before the choice, so that the recorded terms add up to exactly the number that
 * decided (multinomial logit as a random utility maximum: McFadden 1974, with Gumbel luck as one of the terms).
 */
import type { Grounds, Term as GroundsTerm } from '@rashomon/kernel';

/** The terms of the choice model, in the order in which they are listed everywhere. */
const TERMS = ['base', 'taste', 'popularity', 'heard', 'explained', 'novelty', 'rank', 'fatigue', 'luck'] as const;
type Term = (typeof TERMS)[number];

/** Where each term stands. Numbers, as they are looked up for every film of every page. */
export const TERM_AT = {
  base: 0,
  taste: 1,
  popularity: 2,
  heard: 3,
  explained: 4,
  novelty: 5,
  rank: 6,
  fatigue: 7,
  luck: 8,
} as const satisfies { readonly [T in Term]: number };
export type TermAt = (typeof TERM_AT)[Term];
const WIDTH = TERMS.length;

/** What the terms are called in a sentence. */
export const TERM_WORDS: { readonly [T in Term]: string } = {
  base: 'habit',
  taste: 'taste',
  popularity: 'popularity',
  heard: 'what friends had said',
  explained: 'what the recommender had said',
  novelty: 'novelty',
  rank: 'its place on the page',
  fatigue: 'fatigue',
  luck: 'luck',
};

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

  /** How much of what spoke for and against an option is a term: -1 to 1; 0 where all terms are 0. */
  shareOf(index: number, term: TermAt): number {
    const cells = this.#cells;
    let sizes = 0;
    for (let at = index * WIDTH, end = at + WIDTH; at < end; at++) sizes += Math.abs(cells[at] as number);
    return sizes === 0 ? 0 : (cells[index * WIDTH + term] as number) / sizes;
  }

  /** All options with their terms; those that are zero for all options are left out. */
  grounds(): Grounds {
    const options = listOf(this.#size);
    for (let index = 0; index < options.length; index++) options[index] = this.#options[index] as number;
    const terms: GroundsTerm[] = [];
    for (let column = 0; column < WIDTH; column++) {
      if (this.#isWeighed(column)) terms.push({ name: TERMS[column] as Term, values: this.#column(column) });
    }
    return { options, terms, reason: '' };
  }

  #isWeighed(column: number): boolean {
    let any = 0;
    for (let index = 0, at = column; index < this.#size; index++, at += WIDTH) any |= this.#cells[at] as number;
    return any !== 0;
  }

  #column(column: number): readonly number[] {
    const size = this.#size;
    const values = listOf(size);
    for (let index = 0, at = column; index < size; index++, at += WIDTH)
      values[index] = (this.#cells[at] as number) / 1000;
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
