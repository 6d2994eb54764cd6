/** What the system offers to the agents of a round, made from the world as it stands once the round is open. */
import type { Cause } from '../events/causes.ts';
import type { Offer } from '../ports/acting.ts';
import type { Search } from '../ports/search.ts';
import type { World } from '../state/world.ts';
import { concernsSlates } from '../world/config.ts';
import type { FilmCatalogue } from '../world/film.ts';

/**
 * @param world with RoundOpened, the interventions and the training of the round folded in
 * @param search over `catalogue`, the films in force
 */
export function offerOf(
  { agents, system }: Pick<World, 'agents' | 'system'>,
  catalogue: FilmCatalogue,
  search: Search,
): Offer {
  const onAll: Cause[] = [];
  const onSome = new Map<number, Cause[]>();
  for (const { round, position, key, value } of system.interventions) {
    if (round !== system.round || concernsSlates(key)) continue;
    const cause: Cause = { role: 'intervened-by', position };
    const concerned = key.startsWith('agent.')
      ? [Number(key.split('.')[1])]
      : key.startsWith('message.')
        ? (value as { readonly to: readonly number[] }).to
        : null;
    if (concerned === null) onAll.push(cause);
    for (const id of concerned ?? []) onSome.set(id, [...(onSome.get(id) ?? []), cause]);
  }
  return {
    round: system.round,
    clock: system.clock,
    config: system.config,
    behaviour: system.behaviour,
    catalogue,
    agent: (id) => agents.get(id),
    watchesOf: (film) => system.watches[film] ?? 0,
    watchesTotal: system.watchesTotal,
    openedAt: system.openedAt,
    // Trained just now or before: a round never starts without a model.
    model: system.model as NonNullable<typeof system.model>,
    search,
    interventionsOn: (id) => (onSome.size === 0 ? onAll : [...onAll, ...(onSome.get(id) ?? [])]),
  };
}
