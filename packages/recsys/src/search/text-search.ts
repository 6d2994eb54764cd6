/**
 * Search over titles, people, genres and descriptions, by words, the beginning of the
 * last word, and words with a typing error (minisearch, which ranks by BM25+).
 *
 * A title is never looked up by its parts: whoever types a whole title, with or without its year, gets that
 * film first, however many other titles contain it.
 */
import type { Film, FilmCatalogue, Search, SearchEngine } from '@rashomon/kernel';
import MiniSearch from 'minisearch';

/** Scores nearer than this are equal: the logarithm in them may differ in the last bit from engine to engine. */
const SCORE_GRAIN = 1e-4;

/** Answers kept for queries that come again; agents often look for the same films. */
const ANSWERS_KEPT = 4096;

const BOOST = { title: 6, people: 3, genres: 2, description: 1 };
/** Share of a word's length that may be mistyped. */
const FUZZY = 0.2;
/** Words shorter than this are taken as typed. */
const FUZZY_LENGTH_MIN = 4;

interface FilmDocument {
  readonly id: number;
  readonly title: string;
  readonly people: string;
  readonly genres: string;
  readonly description: string;
}

/** Lower case, without accents, single blanks: "  Amélie " and "amelie" are one title. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

class TextIndex implements Search {
  readonly #index: MiniSearch<FilmDocument>;
  readonly #byTitle = new Map<string, number[]>();
  readonly #byFoldedTitle = new Map<string, number[]>();
  readonly #answers = new Map<string, readonly number[]>();

  constructor(films: readonly Film[]) {
    const vocabulary = new Set<string>();
    this.#index = new MiniSearch<FilmDocument>({
      fields: Object.keys(BOOST),
      processTerm(word) {
        const term = fold(word);
        vocabulary.add(term);
        return term || null;
      },
      searchOptions: {
        boost: BOOST,
        processTerm: (word) => fold(word) || null,
        // The last word may still be being typed; a word that occurs nowhere is a typing error.
        prefix: (_, index, terms) => index === terms.length - 1,
        fuzzy: (term) => (term.length >= FUZZY_LENGTH_MIN && !vocabulary.has(term) ? FUZZY : false),
      },
    });
    this.#index.addAll(
      films.map(({ id, title, people, genres, description }) => ({ id, title, people: people.join(' '), genres: genres.join(' '), description })),
    );
    for (const { id, title, year } of films) {
      for (const name of year === 0 ? [title] : [`${title} (${year})`, title]) {
        append(this.#byTitle, name, id);
        append(this.#byFoldedTitle, fold(name), id);
      }
    }
  }

  find(query: string, count: number): readonly number[] {
    if (count <= 0 || query.trim() === '') return [];
    const key = `${count} ${query}`;
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      if (this.#answers.size === ANSWERS_KEPT) this.#answers.clear();
      this.#answers.set(key, (answer = this.#search(query, count)));
    }
    return answer;
  }

  /** Titles as typed, then titles but for case and accents, then by score; each by id where equal. */
  #search(query: string, count: number): readonly number[] {
    const found = new Set([...(this.#byTitle.get(query.trim()) ?? []), ...(this.#byFoldedTitle.get(fold(query)) ?? [])]);
    if (found.size < count) {
      const scored = this.#index.search(query).map((result) => ({ id: result.id as number, score: Math.round(result.score / SCORE_GRAIN) }));
      scored.sort((a, b) => b.score - a.score || a.id - b.id);
      for (const { id } of scored) found.add(id);
    }
    return [...found].slice(0, count);
  }
}

function append(map: Map<string, number[]>, key: string, id: number): void {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, [id]);
  else ids.push(id);
}

/** The search engine of the sample and of every run that names no other. */
export const textSearch: SearchEngine = {
  name: 'text',
  index: (catalogue: FilmCatalogue): Search => new TextIndex(catalogue.films),
};
