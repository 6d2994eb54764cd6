/** The films of a run as of a position, from its catalogue and its interventions alone: nothing is folded. */
import { catalogueOf, type Film, FilmCatalogue, type RunLog, type Store } from '@rashomon/kernel';

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
  const added: Film[] = [];
  const removed = new Set<number>();
  for (const event of await log.collect({ types: ['InterventionApplied'], to: last })) {
    if (event.type !== 'InterventionApplied') continue;
    // Sound: interventions are validated where they are accepted.
    if (event.data.key === 'item.add') added.push(event.data.value as unknown as Film);
    if (event.data.key === 'item.remove') removed.add(event.data.value as number);
  }
  if (added.length === 0 && removed.size === 0) return { inForce: base, known: base };
  const known = new FilmCatalogue([...base.films, ...added], base.genres);
  return {
    known,
    inForce: new FilmCatalogue(
      known.films.filter((film) => !removed.has(film.id)),
      base.genres,
    ),
  };
}
