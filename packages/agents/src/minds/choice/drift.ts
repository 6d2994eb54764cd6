/**
 * How tastes move: toward the genres of films enjoyed and of films that close friends praise, away from those
 * of films disliked. A liking approaches its bound ever more slowly and never passes it.
 */
import { milli, type TasteShift } from '@rashomon/kernel';
import type { FilmTraits } from './film-traits.ts';

/** No change; one object for all. */
export const NO_SHIFT: TasteShift = { genres: [], values: [] };

/**
 * A taste being changed; {@link shift} lists the genres whose liking changed, with their new values in thousandths.
 * Reused from question to question.
 */
export class DriftingTaste {
  readonly #bound: number;
  #taste: readonly number[] = [];
  readonly #genres: number[] = [];
  readonly #values: number[] = [];
  /** How many entries of the two lists belong to the present taste. */
  #size = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }

  begin(taste: readonly number[]): void {
    this.#taste = taste;
    this.#size = 0;
  }

  /** Moves the likings of a film's genres by `push` in sum of squares, less near the bound. */
  push(traits: FilmTraits, push: number): void {
    const step = push * traits.scale;
    if (step === 0) return;
    const { genres } = traits;
    for (let i = 0; i < genres.length; i++) {
      const genre = genres[i] as number;
      const at = this.#placeOf(genre);
      const liking = at < this.#size ? (this.#values[at] as number) : (this.#taste[genre] ?? 0);
      // Only the way outward gets steeper; what lies past the bound (by intervention) may come back.
      const room = step > 0 ? 1 - liking / this.#bound : 1 + liking / this.#bound;
      this.#genres[at] = genre;
      this.#values[at] = liking + step * Math.min(1, Math.max(0, room));
      if (at === this.#size) this.#size += 1;
    }
  }

  shift(): TasteShift {
    let changed = 0;
    for (let at = 0; at < this.#size; at++) {
      const value = milli(this.#values[at] as number);
      const genre = this.#genres[at] as number;
      if (value === this.#taste[genre]) continue;
      // What did not change is left out.
      this.#genres[changed] = genre;
      this.#values[changed] = value;
      changed += 1;
    }
    return changed === 0
      ? NO_SHIFT
      : { genres: this.#genres.slice(0, changed), values: this.#values.slice(0, changed) };
  }

  /** Where the genre stands among those touched; behind them if it is not. */
  #placeOf(genre: number): number {
    let at = 0;
    while (at < this.#size && this.#genres[at] !== genre) at++;
    return at;
  }
}
