/** Films that are never shown: all but some genres, some genres, all before or after some year. */
import { type Bits, type Film, type FilmCatalogue, type Recommender, setBit } from '@rashomon/kernel';
import { decorate } from './decorate.ts';

export interface FilmFilter {
  /** Films of at least one of these genres may be shown; all where none is named. */
  readonly genres: readonly string[];
  /** Films of any of these genres may not. */
  readonly withoutGenres: readonly string[];
  /** The first and the last year, both included; 0 for no bound. A film of unknown year passes. */
  readonly yearMin: number;
  readonly yearMax: number;
}

export function passes({ genres, year }: Film, filter: FilmFilter): boolean {
  if (filter.genres.length > 0 && !genres.some((genre) => filter.genres.includes(genre))) return false;
  if (genres.some((genre) => filter.withoutGenres.includes(genre))) return false;
  return (
    year === 0 || ((filter.yearMin === 0 || year >= filter.yearMin) && (filter.yearMax === 0 || year <= filter.yearMax))
  );
}

/** The recommender over the films that pass; others count as excluded. */
export function withFilter(recommender: Recommender, filter: FilmFilter): Recommender {
  const { genres, withoutGenres, yearMin, yearMax } = filter;
  if (genres.length === 0 && withoutGenres.length === 0 && yearMin === 0 && yearMax === 0) return recommender;
  return decorate(recommender, (base, catalogue) => {
    const barred = barredFrom(catalogue, filter);
    return (request) => base.recommend({ ...request, excluded: union(request.excluded, barred) });
  });
}

function barredFrom({ films }: FilmCatalogue, filter: FilmFilter): Bits {
  const barred: number[] = [];
  for (const film of films) if (!passes(film, filter)) setBit(barred, film.id);
  return barred;
}

function union(a: Bits, b: Bits): Bits {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.map((word, index) => word | (short[index] ?? 0));
}
