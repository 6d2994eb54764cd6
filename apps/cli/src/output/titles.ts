/** Films by their titles, those that were added or removed in mid-run included. */
import { catalogueOf, type RunLog, type Store } from '@rashomon/kernel';

export type TitleOf = (film: number) => string;

/** Titles of all films that ever were in a run's catalogue. */
export async function titlesOf(store: Store, log: RunLog): Promise<TitleOf> {
  const catalogue = await catalogueOf(store, log);
  const added = new Map<number, string>();
  for (const event of await log.collect({ types: ['InterventionApplied'] })) {
    if (event.type !== 'InterventionApplied' || event.data.key !== 'item.add') continue;
    // Sound: the value was checked to be a film before it was logged.
    const { id, title } = event.data.value as { readonly id: number; readonly title: string };
    added.set(id, title);
  }
  return (film) => catalogue.film(film)?.title ?? added.get(film) ?? `film ${film}`;
}
