/** Films by their titles, those that were added or removed in mid-run included. */
import { catalogueOf, filmsChangedBy, type RunLog, type Store } from '@rashomon/kernel';

export type TitleOf = (film: number) => string;

/** Titles of all films that ever were in a run's catalogue. */
export async function titlesOf(store: Store, log: RunLog): Promise<TitleOf> {
  const catalogue = await catalogueOf(store, log);
  const changes = await log.collect({ types: ['InterventionApplied'] });
  const films = filmsChangedBy(changes.flatMap((event) => (event.type === 'InterventionApplied' ? [event.data] : [])));
  const added = new Map(films.added.map(({ id, title }) => [id, title]));
  return (film) => catalogue.film(film)?.title ?? added.get(film) ?? `film ${film}`;
}
