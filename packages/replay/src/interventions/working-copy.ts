/**
 * What interventions would do, tried on a copy: which of them change nothing, and what the configuration and the films
 * are after each.
 */
import {
  type AgentsDraft,
  type AgentStates,
  changeOf,
  foldChangeIntoAgents,
  foldChangeIntoSystem,
  type Intervention,
  reachOf,
  type RunConfig,
  type SystemDraft,
  type WorldFold,
} from '@rashomon/kernel';
import { sameData } from '../compare/same-data.ts';
import { samePart } from './same-part.ts';
import type { Conditions } from './setting.ts';

export class WorkingCopy {
  readonly #agents: AgentStates;
  /** Only agents that something is done to. */
  readonly #touched: AgentsDraft = new Map();
  readonly #system: SystemDraft;
  readonly #at: { readonly round: number; readonly position: number };

  readonly conditions: Conditions;

  constructor({ world: { agents, system } }: WorldFold, revision: number, conditions: Conditions) {
    this.conditions = conditions;
    this.#agents = agents;
    this.#system = { config: system.config as SystemDraft['config'], filmsAdded: [], filmsRemoved: [] };
    this.#at = { round: system.round + 1, position: revision };
  }

  get config(): RunConfig {
    return this.#system.config;
  }

  /** Applies it. @returns whether anything is other than before */
  apply(intervention: Intervention): boolean {
    const change = changeOf(intervention);
    if (change.kind === 'film-add' || change.kind === 'film-remove') return true;
    const before = this.config;
    foldChangeIntoSystem(this.#system, intervention);
    if (change.kind === 'config') return !sameData(this.conditions(before), this.conditions(this.config));
    const reach = reachOf(change);
    const ids = reach.through === 'agents' ? reach.agents : [];
    for (const id of ids) if (!this.#touched.has(id)) this.#copy(id);
    const states = structuredClone(ids.map((id) => this.#touched.get(id)));
    foldChangeIntoAgents(this.#touched, intervention, this.#at);
    return !ids.every((id, index) => sameData(states[index], this.#touched.get(id)));
  }

  #copy(id: number): void {
    const agent = this.#agents.get(id);
    // Sound: a clone may be written to.
    if (agent !== undefined)
      this.#touched.set(id, structuredClone(agent) as NonNullable<ReturnType<AgentsDraft['get']>>);
  }
}

/**
 * The interventions without those that change nothing. Those on a recommender or a mind count together: naming it anew
 * takes its parameters away, and the next one may bring them back.
 */
export function withoutPlacebos(
  interventions: readonly Intervention[],
  copy: WorkingCopy,
): { readonly real: readonly Intervention[]; readonly unchanged: readonly Intervention[] } {
  const before = copy.config;
  const changed = new Set(interventions.filter((intervention) => copy.apply(intervention)));
  const isReal = (intervention: Intervention): boolean => {
    const change = changeOf(intervention);
    const section = change.kind === 'config' ? change.path[0] : undefined;
    if (section === 'recommender' || section === 'mind')
      return !samePart(section, { before, after: copy.config, conditions: copy.conditions });
    return changed.has(intervention);
  };
  const real = interventions.filter(isReal);
  return { real, unchanged: interventions.filter((intervention) => !real.includes(intervention)) };
}
