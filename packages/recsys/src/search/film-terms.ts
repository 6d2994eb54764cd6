/**
 * The films of a catalogue as weighted terms: their words, and the concepts that these mean.
 *
 * A term weighs in a film by the field that it stands in, and in the catalogue by its rarity
 * (Spärck Jones, *A statistical interpretation of term specificity*, Journal of Documentation 1972).
 */
import { type Film, ln } from '@rashomon/kernel';
import { addConcepts, CONCEPT_COUNT } from './concept-reader.ts';
import { isEmptyWord, stemOf, wordsOf } from './words.ts';

/** How much a word says, by where it stands. */
const WORD_STRENGTH = { title: 1, people: 1, genres: 0.6, description: 0.6, year: 0.6 } as const;
/** How surely a word means its concept: genres are meant so, titles often are not. */
const CONCEPT_STRENGTH = { genres: 1, description: 0.7, title: 0.5 } as const;

/** A sparse matrix of films and terms: row f has the columns terms[offsets[f]] … terms[offsets[f + 1] - 1]. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Int32Array;
  readonly terms: Int32Array;
  readonly weights: Float64Array;
}

export interface FilmTerms {
  /** Columns of the words, as they are written. */
  readonly columnOf: ReadonlyMap<string, number>;
  /** In how many films each word stands. */
  readonly filmsWith: Float64Array;
  /** Strengths of words in films, 0 to 1. */
  readonly words: SparseRows;
  /** Films x CONCEPT_COUNT, strengths from 0 to 1. */
  readonly concepts: Float64Array;
  /** ln((1 + films) / (1 + films with the term)) + 1/2, for each word and for each concept. */
  readonly wordRarity: Float64Array;
  readonly conceptRarity: Float64Array;
}

/** @param films by id */
export function filmTermsOf(films: readonly Film[]): FilmTerms {
  const columnOf = new Map<string, number>();
  const concepts = new Float64Array(films.length * CONCEPT_COUNT);
  const rows = films.map((film, index) => {
    const reader = new FilmReader(concepts.subarray(index * CONCEPT_COUNT, (index + 1) * CONCEPT_COUNT));
    reader.readFilm(film);
    for (const word of reader.strengths.keys()) if (!columnOf.has(word)) columnOf.set(word, columnOf.size);
    return reader.strengths;
  });
  const words = sparseRows(rows, columnOf);
  const filmsWith = filmsWithWords(words);
  const wordRarity = filmsWith.map((count) => rarity(count, films.length));
  return { columnOf, filmsWith, words, concepts, wordRarity, conceptRarity: conceptRarities(concepts, films.length) };
}

/** The words of one film, each with the strength of the best place it stands in. */
class FilmReader {
  readonly strengths = new Map<string, number>();
  readonly #concepts: Float64Array;

  constructor(concepts: Float64Array) {
    this.#concepts = concepts;
  }

  readFilm({ title, year, genres, people, description }: Film): void {
    this.#read(title, WORD_STRENGTH.title, CONCEPT_STRENGTH.title);
    for (const person of people) this.#read(person, WORD_STRENGTH.people, 0);
    for (const genre of genres) this.#read(genre, WORD_STRENGTH.genres, CONCEPT_STRENGTH.genres);
    this.#read(description, WORD_STRENGTH.description, CONCEPT_STRENGTH.description);
    if (year !== 0) for (const word of [`${year}`, `${year - (year % 10)}s`]) this.#add(word, WORD_STRENGTH.year);
  }

  #read(text: string, strength: number, meaning: number): void {
    const stems: string[] = [];
    for (const word of wordsOf(text)) {
      stems.push(stemOf(word));
      if (!isEmptyWord(word)) this.#add(word, strength);
    }
    if (meaning > 0) addConcepts(this.#concepts, stems, meaning);
  }

  #add(word: string, strength: number): void {
    if ((this.strengths.get(word) ?? 0) < strength) this.strengths.set(word, strength);
  }
}

function sparseRows(rows: readonly ReadonlyMap<string, number>[], columnOf: ReadonlyMap<string, number>): SparseRows {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => (offsets[index + 1] = (offsets[index] as number) + row.size));
  const size = offsets[rows.length] as number;
  const [terms, weights] = [new Int32Array(size), new Float64Array(size)];
  let at = 0;
  for (const row of rows) {
    for (const [word, strength] of row) {
      terms[at] = columnOf.get(word) as number;
      weights[at++] = strength;
    }
  }
  return { rows: rows.length, columns: columnOf.size, offsets, terms, weights };
}

function filmsWithWords({ terms, columns }: SparseRows): Float64Array {
  const films = new Float64Array(columns);
  for (const term of terms) films[term] = (films[term] as number) + 1;
  return films;
}

function conceptRarities(concepts: Float64Array, films: number): Float64Array {
  const sums = new Float64Array(CONCEPT_COUNT);
  concepts.forEach((strength, at) => (sums[at % CONCEPT_COUNT] = (sums[at % CONCEPT_COUNT] as number) + strength));
  return sums.map((count) => rarity(count, films));
}

const rarity = (count: number, films: number): number => ln((1 + films) / (1 + count)) + 0.5;
