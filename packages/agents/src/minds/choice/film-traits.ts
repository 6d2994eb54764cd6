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

/** A film that the catalogue does not hold (any more). */
const UNKNOWN: FilmTraits = { genres: [], scale: 0, quality: 0 };

/** Ids below are looked up in a list, which is faster than a map; MovieLens stays far below. */
const LISTED_BELOW = 1 << 20;

export class FilmTable {
  readonly #listed: FilmTraits[] = [];
  readonly #others = new Map<number, FilmTraits>();

  constructor(catalogue: FilmCatalogue) {
    for (const { id, quality } of catalogue.films) {
      const genres = catalogue.genresOf(id);
      const traits = { genres, scale: genres.length === 0 ? 0 : 1 / Math.sqrt(genres.length), quality };
      if (id >= LISTED_BELOW) {
        this.#others.set(id, traits);
      } else {
        while (this.#listed.length < id) this.#listed.push(UNKNOWN);
        this.#listed.push(traits);
      }
    }
  }

  /** The traits of a film; neutral ones for a film that the catalogue does not hold (any more). */
  of(film: number): FilmTraits {
    return this.#listed[film] ?? this.#others.get(film) ?? UNKNOWN;
  }
}

const tables = new WeakMap<FilmCatalogue, FilmTable>();

export function filmTable(catalogue: FilmCatalogue): FilmTable {
  let table = tables.get(catalogue);
  if (table === undefined) tables.set(catalogue, (table = new FilmTable(catalogue)));
  return table;
}

/** Liking for a film's genres: their sum over the square root of their number, in utility units. */
export function likingOf(traits: FilmTraits, taste: readonly number[]): number {
  const { genres } = traits;
  let sum = 0;
  for (let i = 0; i < genres.length; i++) sum += taste[genres[i] as number] ?? 0;
  return sum * traits.scale;
}
