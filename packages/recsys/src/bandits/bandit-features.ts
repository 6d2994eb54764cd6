/**
 * What a bandit sees of an agent and a film: a few numbers in fixed columns, nearly all of them 0.
 *
 *   bias           1
 *   past           1 for a watch from before the run, which no slate led to, and for the film set against it
 *   crowd          ln(1 + watchers of the film) / ln(1 + agents)
 *   genre g        1 / sqrt(genres of the film) for each of them
 *   taste g        the same, times how much more the agent turns to the genre than others do (genre-tastes.ts)
 *
 * Each film has its own columns and they never change while its genres do not, so that sums over trials are kept for
 * these alone.
 */
import { type FilmCatalogue, ln } from '@rashomon/kernel';
import type { CompressedRows } from '../interactions/histories.ts';
import { filmIndexOf, type IdIndex } from '../interactions/id-index.ts';

export const BIAS = 0;
const PAST = 1;
export const CROWD = 2;
/** Where the genres of a film begin, among its own columns as among all. */
export const GENRES_FROM = 3;

/** Row i holds the columns of film i, ascending: bias, past, crowd, its genres, and in the same order its tastes. */
export class FilmColumns implements CompressedRows {
  readonly films: IdIndex;
  readonly genres: readonly string[];
  readonly offsets: Int32Array;
  readonly columns: Int32Array;

  constructor(catalogue: FilmCatalogue) {
    this.films = filmIndexOf(catalogue);
    this.genres = catalogue.genres;
    const genresOf = catalogue.films.map(({ id }) => [...new Set(catalogue.genresOf(id))].sort((a, b) => a - b));
    this.offsets = new Int32Array(genresOf.length + 1);
    genresOf.forEach(
      (own, film) => (this.offsets[film + 1] = (this.offsets[film] as number) + GENRES_FROM + 2 * own.length),
    );
    const tasteFrom = GENRES_FROM + this.genres.length;
    this.columns = Int32Array.from(
      genresOf.flatMap((own) => [
        BIAS,
        PAST,
        CROWD,
        ...own.map((genre) => GENRES_FROM + genre),
        ...own.map((genre) => tasteFrom + genre),
      ]),
    );
  }

  /** How many columns there are. */
  get width(): number {
    return GENRES_FROM + 2 * this.genres.length;
  }

  /** The columns of a film; a view. */
  of(film: number): Int32Array {
    return this.columns.subarray(this.offsets[film], this.offsets[film + 1]);
  }

  /** How many genres a film has. */
  genresOf(film: number): number {
    return ((this.offsets[film + 1] as number) - (this.offsets[film] as number) - GENRES_FROM) / 2;
  }

  /** The values in the columns of a film. @param taste one per genre */
  values(
    film: number,
    { past, crowd, taste }: { readonly past: boolean; readonly crowd: number; readonly taste: Float64Array },
  ): Float64Array {
    const genres = this.genresOf(film);
    const from = (this.offsets[film] as number) + GENRES_FROM;
    const values = new Float64Array(GENRES_FROM + 2 * genres);
    values[BIAS] = 1;
    values[PAST] = past ? 1 : 0;
    values[CROWD] = crowd;
    const share = genreShare(genres);
    for (let place = 0; place < genres; place++) {
      values[GENRES_FROM + place] = share;
      values[GENRES_FROM + genres + place] =
        share * (taste[(this.columns[from + place] as number) - GENRES_FROM] as number);
    }
    return values;
  }
}

/**
 * What each genre of a film counts, so that films of many genres have no more of them than others: the square sum is 1.
 */
export function genreShare(genres: number): number {
  return genres === 0 ? 0 : 1 / Math.sqrt(genres);
}

/** The value of `crowd` by number of watchers, 0 to `agents`. */
export function crowdScale(agents: number): Float64Array {
  const all = agents === 0 ? 1 : ln(1 + agents);
  return Float64Array.from({ length: agents + 1 }, (_, watchers) => ln(1 + watchers) / all);
}
