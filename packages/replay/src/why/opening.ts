/**
 * The opening of a round as one agent met it, rebuilt from the log: its state, and what the system offered. It can be
 * had with an intervention of that opening left out.
 */
import {
  type AgentState,
  agentsProjection,
  type AgentStates,
  foldInPlace,
  type LogEvent,
  type Mind,
  type Offer,
  offerOf,
  type Ports,
  type RunLog,
  type Search,
  type Store,
  systemProjection,
  type SystemState,
  worldAt,
} from '@rashomon/kernel';

/** Everything that an agent's decisions of a round depend on, but for what it is asked. */
export interface Scene {
  readonly agent: AgentState;
  readonly offer: Offer;
  readonly mind: Mind;
  /** Whether the films are shown without the explanations that came with them. */
  readonly isUntold?: true;
}

/** Never asked: what a search found is taken from the record. */
const NO_SEARCH: Search = { find: () => [] };

export class Opening {
  readonly #ports: Pick<Ports, 'mind'>;
  readonly #agent: number;
  readonly #before: { readonly agent: AgentState; readonly system: SystemState };
  readonly #events: readonly LogEvent[];
  readonly #offer: Offer;

  private constructor(
    ports: Pick<Ports, 'mind'>,
    agent: number,
    {
      before,
      events,
      offer,
    }: {
      readonly before: { readonly agent: AgentState; readonly system: SystemState };
      readonly events: readonly LogEvent[];
      readonly offer: Offer;
    },
  ) {
    this.#ports = ports;
    this.#agent = agent;
    this.#before = before;
    this.#events = events;
    this.#offer = offer;
  }

  /**
   * Folds the run up to the round's opening, from the nearest snapshot.
   * @throws RoundNotFound, StoreError
   */
  static async of(
    store: Store,
    log: RunLog,
    { round, agent, ports }: { readonly round: number; readonly agent: number; readonly ports: Pick<Ports, 'mind'> },
  ): Promise<Opening> {
    const { fold } = await worldAt(store, log, round - 1);
    // The fold writes into its states: what is to be kept of the moment before is copied.
    const before = {
      agent: structuredClone(fold.world.agents.get(agent) as AgentState),
      system: ownLists(fold.world.system),
    };
    const events = await log.collect({
      rounds: [round, round],
      types: ['RoundOpened', 'InterventionApplied', 'RecommenderTrained'],
    });
    fold.fold(events);
    return new Opening(ports, agent, { before, events, offer: offerOf(fold.world, fold.catalogue, NO_SEARCH) });
  }

  /** @param without position of an intervention on agents, messages or the configuration that is left out */
  scene(without?: number): Scene {
    if (without === undefined) return this.#sceneOf(this.#offer.agent(this.#agent) as AgentState, this.#offer);
    const events = this.#events.filter(({ position }) => position !== without);
    const alone: AgentStates = new Map([[this.#agent, structuredClone(this.#before.agent)]]);
    // The map holds this agent only: what was done to others does not concern it.
    const own = events.filter((event) => event.agent === null || event.agent === this.#agent);
    const agent = foldInPlace(agentsProjection, alone, own).get(this.#agent) as AgentState;
    const system = foldInPlace(systemProjection, ownLists(this.#before.system), events);
    return withAgent(
      this.#sceneOf(agent, offerOf({ agents: alone, system }, this.#offer.catalogue, NO_SEARCH)),
      agent,
      this.#offer,
    );
  }

  #sceneOf(agent: AgentState, offer: Offer): Scene {
    return { agent, offer, mind: this.#ports.mind(offer.config) };
  }
}

/** The scene with another state of its agent, which others see too. */
export function withAgent(scene: Scene, agent: AgentState, others: Offer = scene.offer): Scene {
  return { ...scene, agent, offer: { ...scene.offer, agent: (id) => (id === agent.id ? agent : others.agent(id)) } };
}

/** A system whose lists of interventions may be added to. */
function ownLists(system: SystemState): SystemState {
  return {
    ...system,
    interventions: [...system.interventions],
    filmsAdded: [...system.filmsAdded],
    filmsRemoved: [...system.filmsRemoved],
  };
}
