/**
 * What `why` reads of a log: single events and one agent's events, each once. It never reads the whole log: the
 * index over blocks finds what is asked for.
 */
import {
  type Edition,
  editionOf,
  type EventOf,
  foldInPlace,
  type LogEvent,
  type RunConfig,
  type RunLog,
  type Store,
  systemProjection,
} from '@rashomon/kernel';
import { type FilmsAsOf, filmsAsOf } from '../compare/films-as-of.ts';

export class Evidence {
  readonly store: Store;
  readonly log: RunLog;
  readonly #events = new Map<number, Promise<LogEvent>>();
  readonly #joined = new Map<number, Promise<EventOf<'AgentJoined'> | undefined>>();
  readonly #watches = new Map<string, Promise<ReadonlyMap<number, LogEvent>>>();
  #films: Promise<FilmsAsOf> | undefined;

  constructor(store: Store, log: RunLog) {
    this.store = store;
    this.log = log;
  }

  /** @throws EventNotFound */
  event(position: number): Promise<LogEvent> {
    return remembered(this.#events, position, () => this.log.event(position));
  }

  joined(agent: number): Promise<EventOf<'AgentJoined'> | undefined> {
    return remembered(this.#joined, agent, async () => {
      const [event] = await this.log.collect({ agent, types: ['AgentJoined'], rounds: [0, 0] });
      return event?.type === 'AgentJoined' ? event : undefined;
    });
  }

  /** The agent's name, or its number where it has none. */
  async nameOf(agent: number): Promise<string> {
    const name = (await this.joined(agent))?.data.persona.name ?? '';
    return name === '' ? `agent ${agent}` : `${name} (agent ${agent})`;
  }

  /** Films as of the end of the log. */
  films(): Promise<FilmsAsOf> {
    return (this.#films ??= filmsAsOf(this.store, this.log, this.log.length - 1));
  }

  /** The latest watch of each film by an agent, before a position. */
  watchesOf(agent: number, before: number): Promise<ReadonlyMap<number, LogEvent>> {
    return remembered(this.#watches, `${agent} ${before}`, async () => {
      const latest = new Map<number, LogEvent>();
      for (const event of await this.log.collect({ agent, types: ['FilmWatched'], to: before - 1 })) {
        if (event.type === 'FilmWatched') latest.set(event.data.film, event);
      }
      return latest;
    });
  }

  /** The edition that the run is written in. */
  async edition(): Promise<Edition> {
    const started = await this.event(0);
    return editionOf(started.type === 'RunStarted' ? started.data.edition : 1);
  }

  /** The configuration in force at a position: what the run started with, and what was changed since. */
  async configAt(position: number): Promise<RunConfig> {
    const changes = await this.log.collect({ types: ['InterventionApplied'], to: position });
    return foldInPlace(systemProjection, systemProjection.initial(), [await this.event(0), ...changes]).config;
  }
}

function remembered<K, V>(known: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
