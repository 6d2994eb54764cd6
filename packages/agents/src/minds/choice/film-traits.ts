/** What the choice model looks up about films: a pure table per catalogue, made at first use. */
import type { FilmCatalogue } from '@rashomon/kernel';

export interface FilmTraits {
  /** Indices into the catalogue's genres. */
  readonly genres: readonly number[];
  /** 1 / sqrt(number of genres): a film of many genres is no more extreme than one of few. */
  readonly scale: number;
  /** Stars, centred on 0. */
  readonly quality: number;
}

export type FilmTable = ReadonlyMap<number, FilmTraits>;

const tables = new WeakMap<FilmCatalogue, FilmTable>();

/** A film that the catalogue does not hold (any more). */
const UNKNOWN: FilmTraits = { genres: [], scale: 0, quality: 0 };

export function filmTable(catalogue: FilmCatalogue): FilmTable {
  let table = tables.get(catalogue);
  if (table === undefined) {
    table = new Map(
      catalogue.films.map((film) => {
        const genres = catalogue.genresOf(film.id);
        return [film.id, { genres, scale: genres.length === 0 ? 0 : 1 / Math.sqrt(genres.length), quality: film.quality }];
      }),
    );
    tables.set(catalogue, table);
  }
  return table;
}

export function traitsOf(table: FilmTable, film: number): FilmTraits {
  return table.get(film) ?? UNKNOWN;
}

/** Liking for a film's genres: their sum over the square root of their number, in utility units. */
export function likingOf(traits: FilmTraits, taste: readonly number[]): number {
  const { genres } = traits;
  let sum = 0;
  for (let i = 0; i < genres.length; i++) sum += taste[genres[i] as number] ?? 0;
  return sum * traits.scale;
}
