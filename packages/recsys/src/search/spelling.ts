/**
 * Corrects words that nobody wrote: to the beginning of a word that somebody did, or to one with a typing error or two.
 */
import { TrigramIndex } from './trigrams.ts';

/** Words shorter than this are not guessed at. */
const LENGTH_MIN = 4;
/** From this length on a word may have two errors. */
const TWO_ERRORS_FROM = 7;
const GUESSES = 3;

interface Guess {
  readonly word: string;
  readonly errors: number;
  readonly films: number;
}

export class Spelling {
  readonly #words: readonly string[];
  readonly #films: ReadonlyMap<string, number>;
  #index: TrigramIndex | undefined;

  /** @param films known words, and in how many films they stand */
  constructor(films: ReadonlyMap<string, number>) {
    this.#films = films;
    this.#words = [...films.keys()].sort();
  }

  /**
   * What an unknown word may be meant to be, likeliest first: those in most films, then by spelling; all have as few
   * errors as can be.
   * @param isLast whether it may still be being typed
   */
  guesses(word: string, isLast: boolean): readonly string[] {
    if (word.length < LENGTH_MIN) return [];
    const begun = isLast ? this.#beginning(word) : [];
    return (begun.length > 0 ? begun : this.#mistyped(word))
      .sort(likelierFirst)
      .slice(0, GUESSES)
      .map((guess) => guess.word);
  }

  #beginning(word: string): Guess[] {
    const guesses: Guess[] = [];
    for (let place = this.#placeOf(word); this.#words[place]?.startsWith(word) === true; place++)
      guesses.push(this.#guess(this.#words[place] as string, 0));
    return guesses;
  }

  /** Of the first word that does not come before this one. */
  #placeOf(word: string): number {
    let [low, high] = [0, this.#words.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#words[middle] as string) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #mistyped(word: string): Guess[] {
    this.#index ??= new TrigramIndex(this.#words);
    const allowed = word.length >= TWO_ERRORS_FROM ? 2 : 1;
    const guesses: Guess[] = [];
    let fewest = allowed;
    for (const place of this.#index.within(allowed, word)) {
      const known = this.#words[place] as string;
      if (known.length < LENGTH_MIN - 1 || Math.abs(known.length - word.length) > fewest) continue;
      const errors = errorsBetween(word, known);
      if (errors > fewest) continue;
      fewest = errors;
      guesses.push(this.#guess(known, errors));
    }
    const nearest = guesses.filter(({ errors }) => errors === fewest);
    // Whoever types a word wrong seldom begins it wrong.
    const begunRight = nearest.filter((guess) => guess.word[0] === word[0]);
    return begunRight.length > 0 ? begunRight : nearest;
  }

  #guess(word: string, errors: number): Guess {
    return { word, errors, films: this.#films.get(word) ?? 0 };
  }
}

function likelierFirst(a: Guess, b: Guess): number {
  return b.films - a.films || (a.word < b.word ? -1 : 1);
}

/** Letters left out, put in, replaced or swapped with the next (Damerau, CACM 1964; no letter is changed twice). */
export function errorsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let errors = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        errors = Math.min(errors, (before[j - 2] as number) + 1);
      row.push(errors);
    }
    [before, last] = [last, row];
  }
  return last[b.length] as number;
}
