/** Reads a query: which words of the catalogue and which concepts of the lexicon it means, typing errors set right. */
import { addConcepts, CONCEPT_COUNT, isLexiconStem, lexiconWords } from './concept-reader.ts';
import type { FilmTerms } from './film-terms.ts';
import { Spelling } from './spelling.ts';
import type { Meaning } from './text-embedding.ts';
import { isEmptyWord, stemOf, wordsOf } from './words.ts';

/** What another form of a word, or a guess, counts beside a word that was typed. */
const GUESSED = 0.8;

export class QueryReader {
  readonly #columnOf: ReadonlyMap<string, number>;
  /** Words of the catalogue by stem. */
  readonly #forms = new Map<string, string[]>();
  readonly #spelling: Spelling;

  constructor({ columnOf, filmsWith }: FilmTerms) {
    this.#columnOf = columnOf;
    const known = new Map<string, number>();
    for (const [word, column] of columnOf) {
      known.set(word, filmsWith[column] as number);
      const stem = stemOf(word);
      const forms = this.#forms.get(stem);
      if (forms === undefined) this.#forms.set(stem, [word]);
      else forms.push(word);
    }
    for (const word of lexiconWords) known.set(word, (known.get(word) ?? 0) + 1);
    this.#spelling = new Spelling(known);
  }

  read(query: string): Meaning {
    const words = new Map<number, number>();
    const stems: string[] = [];
    const typed = wordsOf(query).map(fullDecade);
    typed.forEach((word, place) => {
      const meant = isEmptyWord(word) ? [] : this.#meant(word, place === typed.length - 1);
      for (const one of meant) {
        const column = this.#columnOf.get(one);
        if (column !== undefined) words.set(column, Math.max(words.get(column) ?? 0, one === word ? 1 : GUESSED));
      }
      // A phrase is read with its likeliest words.
      stems.push(stemOf(meant[0] ?? word));
    });
    const concepts = new Float64Array(CONCEPT_COUNT);
    addConcepts(concepts, stems, 1);
    return { words, concepts };
  }

  /**
   * The word itself where it stands in a film, else its other forms, else, unless the lexicon has it, what it may be
   * meant to be.
   */
  #meant(word: string, isLast: boolean): readonly string[] {
    if (this.#columnOf.has(word)) return [word];
    const stem = stemOf(word);
    return this.#forms.get(stem) ?? (isLexiconStem(stem) ? [] : this.#spelling.guesses(word, isLast));
  }
}

/** "80s" are the 1980s. */
function fullDecade(word: string): string {
  return /^[2-9]0s$/.test(word) ? `19${word}` : word;
}
