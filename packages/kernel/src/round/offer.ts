/** What the system offers to the agents of a round, made from the world as it stands once the round is open. */
import type { Cause } from '../events/causes.ts';
import type { Offer } from '../ports/acting.ts';
import { changeOf, reachOf } from '../interventions/changes.ts';
import type { Search } from '../ports/search.ts';
import type { World } from '../state/world.ts';
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
  for (const intervention of system.interventions) {
    if (intervention.round !== system.round) continue;
    const reach = reachOf(changeOf(intervention));
    if (reach.through === 'slates') continue;
    const cause: Cause = { role: 'intervened-by', position: intervention.position };
    if (reach.through !== 'agents') onAll.push(cause);
    else for (const id of reach.agents) onSome.set(id, [...(onSome.get(id) ?? []), cause]);
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
