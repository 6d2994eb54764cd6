/**
 * Search over titles, people, genres and descriptions, by words, the beginning of the
 * last word, and words with a typing error (minisearch, which ranks by BM25+).
 *
 * A title is never looked up by its parts: whoever types a whole title, with or without its year, gets that
 * film first, however many other titles contain it.
 */
import type { Film, FilmCatalogue, Search, SearchEngine } from '@rashomon/kernel';
import MiniSearch from 'minisearch';
import { AnswerCache } from './answer-cache.ts';
import { foldTitle, WholeTitles } from './whole-titles.ts';

/** Scores nearer than this are equal: the logarithm in them may differ in the last bit from engine to engine. */
const SCORE_GRAIN = 1e-4;

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

class TextIndex {
  readonly #index: MiniSearch<FilmDocument>;
  readonly #titles: WholeTitles;

  constructor(films: readonly Film[]) {
    const vocabulary = new Set<string>();
    this.#index = new MiniSearch<FilmDocument>({
      fields: Object.keys(BOOST),
      processTerm(word) {
        const term = foldTitle(word);
        vocabulary.add(term);
        return term || null;
      },
      searchOptions: {
        boost: BOOST,
        processTerm: (word) => foldTitle(word) || null,
        // The last word may still be being typed; a word that occurs nowhere is a typing error.
        prefix: (_, index, terms) => index === terms.length - 1,
        fuzzy: (term) => (term.length >= FUZZY_LENGTH_MIN && !vocabulary.has(term) ? FUZZY : false),
      },
    });
    this.#index.addAll(
      films.map(({ id, title, people, genres, description }) => ({
        id,
        title,
        people: people.join(' '),
        genres: genres.join(' '),
        description,
      })),
    );
    this.#titles = new WholeTitles(films);
  }

  /** Titles as typed, then titles but for case and accents, then by score; each by id where equal. */
  search(query: string, count: number): readonly number[] {
    const found = new Set(this.#titles.find(query));
    if (found.size < count) {
      const scored = this.#index
        .search(query)
        .map((result) => ({ id: result.id as number, score: Math.round(result.score / SCORE_GRAIN) }));
      scored.sort((a, b) => b.score - a.score || a.id - b.id);
      for (const { id } of scored) found.add(id);
    }
    return [...found].slice(0, count);
  }
}

/** The search engine of the sample and of every run that names no other. */
export const textSearch: SearchEngine = {
  name: 'text',
  index(catalogue: FilmCatalogue): Search {
    const index = new TextIndex(catalogue.films);
    return new AnswerCache((query, count) => index.search(query, count));
  },
};
