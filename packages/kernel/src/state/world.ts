/** Everything a run knows: the states of all projections the loop stands on, folded together. */
import type { LogEvent } from '../events/catalogue.ts';
import type { Interactions } from '../ports/recommender.ts';
import { FilmCatalogue } from '../world/film.ts';
import { agentsProjection, type AgentStates } from './agents.ts';
import { interactionsProjection } from './interactions.ts';
import { type Metrics, metricsProjection } from './metrics.ts';
import { foldInPlace, type Projection } from './projection.ts';
import { systemProjection, type SystemState } from './system.ts';

export interface World {
  readonly agents: AgentStates;
  readonly system: SystemState;
  readonly interactions: Interactions;
  readonly metrics: Metrics;
}

const NO_FILMS = new FilmCatalogue([]);

/** Names the handlers that made a stored world: the versions of all its projections. */
export function worldVersion(): string {
  return [agentsProjection, systemProjection, interactionsProjection, metricsProjection(NO_FILMS)]
    .map(({ name, version }) => `${name} ${version}`)
    .join(', ');
}

/** Folds the events of a run into one world, in place. */
export class WorldFold {
  readonly #base: FilmCatalogue;
  #metrics: Projection<Metrics>;
  #catalogue: FilmCatalogue;
  /** Interventions after which the catalogue in force was made. */
  #changes = 0;
  readonly world: World;

  /**
   * @param base the catalogue the run started with
   * @param world a state to go on from, which the fold owns from now on; empty by default
   */
  constructor(base: FilmCatalogue, world?: World) {
    this.#base = base;
    this.#catalogue = base;
    this.#metrics = metricsProjection(base);
    this.world = world ?? {
      agents: agentsProjection.initial(),
      system: systemProjection.initial(),
      interactions: interactionsProjection.initial(),
      metrics: this.#metrics.initial(),
    };
    this.#refreshCatalogue();
  }

  /** The films of now: those the run started with, and those added and not removed since. */
  get catalogue(): FilmCatalogue {
    return this.#catalogue;
  }

  fold(events: readonly LogEvent[]): void {
    const { agents, system, interactions, metrics } = this.world;
    foldInPlace(agentsProjection, agents, events);
    foldInPlace(systemProjection, system, events);
    foldInPlace(interactionsProjection, interactions, events);
    this.#refreshCatalogue();
    foldInPlace(this.#metrics, metrics, events);
  }

  #refreshCatalogue(): void {
    const { interventions, filmsAdded, filmsRemoved } = this.world.system;
    if (interventions.length === this.#changes) return;
    this.#changes = interventions.length;
    const gone = new Set(filmsRemoved);
    const films = [...this.#base.films, ...filmsAdded].filter((film) => !gone.has(film.id));
    this.#catalogue = new FilmCatalogue(films, this.#base.genres);
    // Films that were removed keep counting by their genres in what was shown before.
    this.#metrics = metricsProjection(new FilmCatalogue([...this.#base.films, ...filmsAdded], this.#base.genres));
  }
}
