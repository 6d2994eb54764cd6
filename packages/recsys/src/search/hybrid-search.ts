/**
 * Search by words and by meaning. What was typed literally comes first where it is sure: whole titles, then words of
 * titles and names; then films that mean the like, though they share no word with the query. There are always as many
 * films as asked for, as long as the catalogue has them: what nobody understands gets the titles nearest in spelling,
 * then films by id.
 */
import type { Film, FilmCatalogue, Search, SearchEngine } from '@rashomon/kernel';
import { topFilms } from '../numerics/top-films.ts';
import { AnswerCache } from './answer-cache.ts';
import { filmTermsOf } from './film-terms.ts';
import { QueryReader } from './query-reader.ts';
import { type Meaning, TextEmbedding } from './text-embedding.ts';
import { TrigramIndex } from './trigrams.ts';
import { WholeTitles } from './whole-titles.ts';
import { WordIndex } from './word-index.ts';
import { isEmptyWord, wordsOf } from './words.ts';

/** What a word found counts beside a cosine of 1. */
const WORDS = 1;
/** From this likeness on, a title is taken for a misspelt one. */
const MISSPELT = 0.6;

/** What it takes to answer anything but a whole title. */
interface Understanding {
  readonly reader: QueryReader;
  readonly words: WordIndex;
  readonly embedding: TextEmbedding;
  /** By place in the catalogue. */
  readonly spellings: TrigramIndex;
}

class HybridIndex {
  readonly #catalogue: FilmCatalogue;
  readonly #ids: Int32Array;
  readonly #titles: WholeTitles;
  #understanding: Understanding | undefined;

  constructor(catalogue: FilmCatalogue) {
    this.#catalogue = catalogue;
    this.#ids = Int32Array.from(catalogue.films, ({ id }) => id);
    this.#titles = new WholeTitles(catalogue.films);
  }

  search(query: string, count: number): readonly number[] {
    const whole = this.#titles.find(query);
    if (whole.size >= count) return [...whole].slice(0, count);
    const ranked = topFilms(
      this.#scores(query, whole),
      this.#ids,
      Math.min(count + whole.size, this.#ids.length),
      [],
    ).films;
    return [...new Set([...whole, ...ranked])].slice(0, count);
  }

  /** One per film, by place: above 1 where anything of the query is found, else how alike the title is spelled. */
  #scores(query: string, whole: ReadonlySet<number>): Float32Array {
    const { reader, words, embedding, spellings } = (this.#understanding ??= understandingOf(this.#catalogue));
    const meaning = reader.read(query);
    const likeness = spellings.likeness(spelling(query));
    const shares = words.shares(meaning.words);
    const cosines = embedding.cosines(this.#vector(embedding, query, { meaning, whole }));
    const scores = new Float32Array(cosines.length);
    for (let place = 0; place < scores.length; place++) {
      const alike = likeness[place] as number;
      const found =
        WORDS * Math.max(shares[place] as number, alike >= MISSPELT ? alike : 0) +
        Math.max(cosines[place] as number, 0);
      scores[place] = found > 0 ? 1 + found : alike;
    }
    return scores;
  }

  /** Whoever names a film, as in "movies like Amélie", looks for films like it. */
  #vector(
    embedding: TextEmbedding,
    query: string,
    { meaning, whole }: { readonly meaning: Meaning; readonly whole: ReadonlySet<number> },
  ): Float32Array {
    const [named] =
      whole.size > 0
        ? whole
        : this.#titles.find(
            wordsOf(query)
              .filter((word) => !isEmptyWord(word))
              .join(' '),
          );
    return named === undefined ? embedding.vectorOf(meaning) : embedding.vectorOfFilm(this.#ids.indexOf(named));
  }
}

/** The latest ones by the catalogue's digest: a run, its replay and its branches search the same films. */
const understandings = new Map<string, Understanding>();
const UNDERSTANDINGS_KEPT = 2;

function understandingOf({ digest, films }: FilmCatalogue): Understanding {
  const known = understandings.get(digest);
  if (known !== undefined) return known;
  const [oldest] = understandings.keys();
  if (understandings.size === UNDERSTANDINGS_KEPT && oldest !== undefined) understandings.delete(oldest);
  const made = understand(films);
  understandings.set(digest, made);
  return made;
}

function understand(films: readonly Film[]): Understanding {
  const terms = filmTermsOf(films);
  return {
    reader: new QueryReader(terms),
    words: new WordIndex(terms),
    embedding: new TextEmbedding(films, terms),
    spellings: new TrigramIndex(films.map(({ title }) => spelling(title))),
  };
}

/** "god father" is spelled like "The Godfather". */
function spelling(title: string): string {
  return wordsOf(title).join('').replace(/^the/, '');
}

/** Finds by words, people, spelling and meaning, and never nothing. */
export const hybridSearch: SearchEngine = {
  name: 'hybrid',
  index(catalogue: FilmCatalogue): Search {
    const index = new HybridIndex(catalogue);
    return new AnswerCache((query, count) => index.search(query, count));
  },
};
