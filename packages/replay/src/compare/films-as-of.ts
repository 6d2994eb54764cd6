/** The films of a run as of a position, from its catalogue and its interventions alone: nothing is folded. */
import { catalogueOf, FilmCatalogue, filmsChangedBy, type RunLog, type Store } from '@rashomon/kernel';

export interface FilmsAsOf {
  /** Films that may be shown. */
  readonly inForce: FilmCatalogue;
  /** Those that were removed, too: for titles and genres of what was shown before. */
  readonly known: FilmCatalogue;
}

/**
 * @param last interventions up to this position count. @throws StoreError STORE_CORRUPT when the catalogue is missing
 */
export async function filmsAsOf(store: Store, log: RunLog, last: number): Promise<FilmsAsOf> {
  const base = await catalogueOf(store, log);
  const changes = await log.collect({ types: ['InterventionApplied'], to: last });
  const { added, removed } = filmsChangedBy(
    changes.flatMap((event) => (event.type === 'InterventionApplied' ? [event.data] : [])),
  );
  const gone = new Set(removed);
  if (added.length === 0 && removed.length === 0) return { inForce: base, known: base };
  const known = new FilmCatalogue([...base.films, ...added], base.genres);
  return {
    known,
    inForce: new FilmCatalogue(
      known.films.filter((film) => !gone.has(film.id)),
      base.genres,
    ),
  };
}
