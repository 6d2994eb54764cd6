/**
 * How tastes move: toward the genres of films enjoyed and of films that close friends praise, away from those
 * of films disliked. A liking approaches its bound ever more slowly and never passes it.
 */
import { milli, type TasteShift } from '@rashomon/kernel';
import type { FilmTraits } from './film-traits.ts';

/** No change; one object for all. */
export const NO_SHIFT: TasteShift = { genres: [], values: [] };

/** A taste being changed; {@link shift} lists the genres whose liking changed, with their new values in thousandths. */
export class DriftingTaste {
  readonly #taste: readonly number[];
  readonly #bound: number;
  readonly #genres: number[] = [];
  readonly #values: number[] = [];

  constructor(taste: readonly number[], bound: number) {
    this.#taste = taste;
    this.#bound = bound;
  }

  /** Moves the likings of a film's genres by `push` in sum of squares, less near the bound. */
  push(traits: FilmTraits, push: number): void {
    const step = push * traits.scale;
    if (step === 0) return;
    for (const genre of traits.genres) {
      const at = this.#genres.indexOf(genre);
      const liking = at >= 0 ? (this.#values[at] as number) : (this.#taste[genre] ?? 0);
      // Only the way outward gets steeper; what lies past the bound (by intervention) may come back.
      const room = step > 0 ? 1 - liking / this.#bound : 1 + liking / this.#bound;
      const value = liking + step * Math.min(1, Math.max(0, room));
      if (at >= 0) this.#values[at] = value;
      else {
        this.#genres.push(genre);
        this.#values.push(value);
      }
    }
  }

  shift(): TasteShift {
    const genres: number[] = [];
    const values: number[] = [];
    this.#genres.forEach((genre, at) => {
      const value = milli(this.#values[at] as number);
      if (value === this.#taste[genre]) return;
      genres.push(genre);
      values.push(value);
    });
    return genres.length === 0 ? NO_SHIFT : { genres, values };
  }
}
