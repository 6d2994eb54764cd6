/** The projection of the system as a whole: what it is configured to do, its films, model and counts. */
import type { Draft } from 'immer';
import type { Json } from '../encoding/canonical-json.ts';
import { type Intervention, type RunConfig, scheduleOf } from '../world/config.ts';
import type { Film } from '../world/film.ts';
import type { Projection } from './projection.ts';

export interface LiveModel {
  readonly number: number;
  readonly recommender: string;
  readonly digest: string;
  readonly interactions: number;
  readonly round: number;
  readonly position: number;
}

export interface AppliedIntervention extends Intervention {
  readonly round: number;
  readonly position: number;
}

export interface SystemState {
  /** The configuration in force, interventions included. */
  readonly config: RunConfig;
  /** Digest of the catalogue the run started with. */
  readonly catalogue: string;
  readonly filmsAdded: readonly Film[];
  readonly filmsRemoved: readonly number[];
  readonly interventions: readonly AppliedIntervention[];
  readonly round: number;
  /** Simulated minutes since the first midnight. */
  readonly clock: number;
  /** Positions of the latest RoundOpened and RoundClosed. */
  readonly openedAt: number;
  readonly closedAt: number;
  readonly agents: number;
  readonly agentsLeft: number;
  readonly model: LiveModel | null;
  /** Per film id: how often watched and how often shown in the run. */
  readonly watches: readonly number[];
  readonly impressions: readonly number[];
  readonly watchesTotal: number;
  readonly messages: number;
}

const NO_CONFIG = {} as RunConfig; // replaced by RunStarted, the first event of every log

function addTo(counts: number[], index: number, amount: number): void {
  while (counts.length <= index) counts.push(0);
  counts[index] = (counts[index] as number) + amount;
}

/**
 * `recommender` and `mind` by themselves put another in their place: its whole section, or in older logs its name alone.
 * When to train stays as it was unless the section says so. Other keys are paths into the config.
 */
function configure(config: RunConfig, key: string, value: Json): RunConfig {
  if (key === 'recommender')
    return { ...config, recommender: { ...scheduleOf(config.recommender), ...sectionOf(value) } };
  if (key === 'mind') return { ...config, mind: sectionOf(value) };
  return setPath(config, key.split('.'), value) as unknown as RunConfig;
}

/** Sound: a name, or a section with its name, was checked where the intervention was made. */
function sectionOf(value: Json): RunConfig['mind'] {
  return typeof value === 'string' ? { name: value } : (value as RunConfig['mind']);
}

function setPath(holder: { readonly [key: string]: Json }, path: readonly string[], value: Json): Json {
  const [member, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) return { ...holder, [member]: value };
  return { ...holder, [member]: setPath((holder[member] ?? {}) as { readonly [key: string]: Json }, rest, value) };
}

export const systemProjection: Projection<SystemState> = {
  name: 'system',
  version: 1,
  initial: () => ({
    config: NO_CONFIG,
    catalogue: '',
    filmsAdded: [],
    filmsRemoved: [],
    interventions: [],
    round: 0,
    clock: 0,
    openedAt: 0,
    closedAt: 0,
    agents: 0,
    agentsLeft: 0,
    model: null,
    watches: [],
    impressions: [],
    watchesTotal: 0,
    messages: 0,
  }),
  handlers: {
    RunStarted(system, event) {
      system.config = event.data.config as unknown as Draft<RunConfig>;
      system.catalogue = event.data.catalogue;
    },
    InterventionApplied(system, event) {
      const { key, value } = event.data;
      system.interventions.push({ key, value: value as Draft<Json>, round: event.round, position: event.position });
      if (key === 'item.add') system.filmsAdded.push(value as unknown as Draft<Film>);
      else if (key === 'item.remove') system.filmsRemoved.push(value as number);
      else if (!key.startsWith('agent.') && !key.startsWith('message.')) {
        system.config = configure(system.config, key, value) as Draft<RunConfig>;
      }
    },
    RoundOpened(system, event) {
      system.round = event.round;
      system.clock = event.data.clock;
      system.openedAt = event.position;
    },
    RoundClosed(system, event) {
      system.closedAt = event.position;
    },
    AgentJoined(system) {
      system.agents += 1;
    },
    AgentLeft(system) {
      system.agentsLeft += 1;
    },
    RecommenderTrained(system, event) {
      const { model, recommender, digest, interactions } = event.data;
      system.model = { number: model, recommender, digest, interactions, round: event.round, position: event.position };
    },
    SlateServed(system, event) {
      for (const film of event.data.films) addTo(system.impressions, film, 1);
    },
    FilmWatched(system, event) {
      addTo(system.watches, event.data.film, 1);
      system.watchesTotal += 1;
    },
    MessageSent(system) {
      system.messages += 1;
    },
  },
};
