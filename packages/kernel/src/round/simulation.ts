/**
 * The loop: opens a round, trains the recommender when it is due, lets every active agent take its
 * turn on the world as it stood at the opening, and commits their events in order of agent.
 *
 * It writes to a journal and does not know whether that is a store, or the record of a run that is
 * being replayed.
 */
import { type Behaviour, checkBehaviour } from '../behaviour/behaviour.ts';
import { BatchBuilder, type EventBatch } from '../events/batch.ts';
import { eventCatalogue, type EventData, type EventType, type LogEvent } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import { DigestChain } from '../events/digest.ts';
import { type Edition, editionOf, LATEST_EDITION } from '../events/editions.ts';
import { changeOf, concernsSlates, subjectOf } from '../interventions/changes.ts';
import { LuckOf, NOBODY } from '../luck/luck.ts';
import { purposeKeysOf } from '../luck/purpose-keys.ts';
import type { Act, Offer, Packet } from '../ports/acting.ts';
import type { Mind } from '../ports/mind.ts';
import type { MaybePromise, Model, Recommender } from '../ports/recommender.ts';
import type { Search, SearchEngine } from '../ports/search.ts';
import type { RunProgress, RunStatus } from '../ports/run-registry.ts';
import { summarize } from '../state/metrics.ts';
import type { AgentState } from '../state/agent-state.ts';
import { type World, WorldFold } from '../state/world.ts';
import { type Intervention, type RunConfig, trainsFromScratch } from '../world/config.ts';
import type { FilmCatalogue } from '../world/film.ts';
import { type Population, populationDigest } from '../world/population.ts';
import { actHere } from './act-here.ts';
import { activeAgents } from './activity.ts';
import { AgentOrder } from './agent-order.ts';
import { offerOf } from './offer.ts';
import { forgetReasons, numbered } from './packet.ts';

/** Makes the parts of a run that its configuration names. */
export interface Ports {
  recommender(config: RunConfig): Recommender;
  mind(config: RunConfig): Mind;
  search(config: RunConfig): SearchEngine;
  /** How a round is acted; in this process unless given. */
  readonly act?: Act | undefined;
  /** Most turns under way at the same time, for minds that answer later. */
  readonly concurrency: number;
}

/** Where events go: a store, or a comparison with what is recorded. */
export interface Journal {
  append(batch: EventBatch, progress: RunProgress): Promise<void>;
}

export interface Start {
  readonly config: RunConfig;
  readonly population: Population;
  readonly engine: string;
  readonly behaviour: Behaviour;
  /** The edition of the event catalogue to write in; the latest unless an older run is executed again. */
  readonly edition?: number;
}

/** Where a simulation goes on from: the close of a round. */
export interface Standing {
  readonly world: World;
  readonly model: Model | null;
  /** Number of events so far. */
  readonly revision: number;
  /** The digest chain up to there. */
  readonly chain: DigestChain;
}

/** Larger rounds are appended in several batches. */
const EVENTS_PER_BATCH = 50_000;

export class Simulation {
  readonly #ports: Ports;
  readonly #journal: Journal;
  readonly #fold: WorldFold;
  readonly #chain: DigestChain;
  #model: Model | null;
  #edition: Edition;
  #builder: BatchBuilder;
  #unfolded: LogEvent[] = [];
  #closedRounds: number;
  /** A batch on its way into the journal while its round is acted. */
  #passing: Promise<void> | undefined;
  #search: { readonly catalogue: FilmCatalogue; readonly config: RunConfig; readonly search: Search } | null = null;
  #mind: { readonly config: unknown; readonly mind: Mind } | null = null;

  /** @param base the catalogue the run started with */
  constructor(ports: Ports, journal: Journal, base: FilmCatalogue, standing?: Standing) {
    this.#ports = ports;
    this.#journal = journal;
    this.#fold = new WorldFold(base, standing?.world);
    this.#chain = standing?.chain ?? new DigestChain();
    this.#model = standing?.model ?? null;
    if (standing !== undefined) checkBehaviour(standing.world.system.behaviour);
    this.#edition = standing === undefined ? LATEST_EDITION : editionOf(standing.world.system.edition);
    this.#builder = new BatchBuilder(standing?.revision ?? 0, this.#edition);
    this.#closedRounds = standing === undefined ? -1 : standing.world.system.round;
  }

  get world(): World {
    return this.#fold.world;
  }

  /** Number of events so far. */
  get revision(): number {
    return this.#builder.next;
  }

  get catalogue(): FilmCatalogue {
    return this.#fold.catalogue;
  }

  get model(): Model | null {
    return this.#model;
  }

  /** Round 0: the run starts and its agents join. */
  async start({ config, population, engine, behaviour, edition = LATEST_EDITION.number }: Start): Promise<void> {
    checkBehaviour(behaviour);
    this.#edition = editionOf(edition);
    this.#builder = new BatchBuilder(0, this.#edition);
    const { digest: catalogue, genres, size: films } = this.#fold.catalogue;
    const started = this.#add(
      'RunStarted',
      null,
      0,
      {
        config,
        seed: config.seed,
        engine,
        behaviour,
        catalogue,
        films,
        genres,
        population: populationDigest(population),
        agents: population.length,
        edition,
      },
      [],
    );
    for (const { id, joined } of population) {
      this.#add('AgentJoined', id, 0, joined, [{ role: 'follows', position: started }]);
      await this.#flushWhenLarge();
    }
    await this.#close(0, 0, started);
  }

  /**
   * Plays one round and appends it.
   * @param interventions applied at its opening
   */
  async round(interventions: readonly Intervention[]): Promise<void> {
    const round = this.world.system.round + 1;
    const openedAt = this.#open(round, interventions);
    await this.#train(round, openedAt);
    const { agents, system } = this.world;
    const active = activeAgents(agents.values(), system);
    // Films are indexed when somebody searches: in most rounds nobody does.
    const search: Search = { find: (query, count) => this.#currentSearch().find(query, count) };
    const offer = offerOf(this.world, this.#fold.catalogue, search);
    await this.#act(active, offer);
    await this.#close(round, active.length, openedAt);
  }

  /** The end of the run: appended after the last round. */
  async finish(): Promise<void> {
    const { round, closedAt } = this.world.system;
    this.#add('RunFinished', null, round, { rounds: round }, [{ role: 'follows', position: closedAt }]);
    await this.#flush('finished');
  }

  #open(round: number, interventions: readonly Intervention[]): number {
    const { system } = this.world;
    const { start, interval } = system.config.clock;
    const clock = Math.round((start + (round - 1) * interval) * 60);
    const openedAt = this.#add('RoundOpened', null, round, { clock }, [{ role: 'follows', position: system.closedAt }]);
    for (const intervention of interventions) {
      const { key, value } = intervention;
      const agent = subjectOf(changeOf(intervention));
      this.#add('InterventionApplied', agent, round, { key, value }, [{ role: 'follows', position: openedAt }]);
    }
    this.#foldNow();
    return openedAt;
  }

  /** Trains when the schedule says so, and at once when the recommender or the films were changed. */
  async #train(round: number, openedAt: number): Promise<void> {
    const { agents, system, interactions } = this.world;
    const changed = system.interventions.filter((each) => each.round === round && concernsSlates(each));
    const schedule = system.config.recommender;
    if (this.#model !== null && changed.length === 0 && (round - 1) % schedule.trainEvery !== 0) return;
    const isAnew = changed.length > 0 || trainsFromScratch(round, schedule);
    const recommender = this.#ports.recommender(system.config);
    const request = {
      round,
      catalogue: this.#fold.catalogue,
      interactions,
      count: interactions.films.length,
      audience: agents,
      previous: isAnew ? null : this.#model,
      luck: new LuckOf(system.config.seed, NOBODY, round, purposeKeysOf(system.behaviour)),
    };
    this.#model = await recommender.train(request);
    const number = (system.model?.number ?? 0) + 1;
    const causes: Cause[] = [
      { role: 'follows', position: openedAt },
      { role: 'trained-on', position: system.closedAt },
      ...changed.map(({ position }): Cause => ({ role: 'intervened-by', position })),
    ];
    for (const answer of this.#model.outside ?? []) {
      causes.push({
        role: 'answered-by',
        position: this.#add('RecommenderAnswered', null, round, answer, [{ role: 'follows', position: openedAt }]),
      });
    }
    const data = {
      model: number,
      recommender: recommender.name,
      parameters: recommender.parameters,
      digest: this.#model.digest,
      interactions: request.count,
    };
    this.#add('RecommenderTrained', null, round, data, causes);
    this.#foldNow();
  }

  /** Whatever order the turns are delivered in, they are committed in order of agent. */
  async #act(agents: readonly AgentState[], offer: Offer): Promise<void> {
    const { act = actHere, concurrency } = this.#ports;
    // Trained just now or before: a round never starts without a model.
    const respondents = { mind: this.#currentMind(), model: this.#model as Model };
    const order = new AgentOrder(
      agents.map(({ id }) => id),
      (packet) => this.#commit(packet),
    );
    await act({ agents, offer, respondents, concurrency }, (packet) => {
      order.take(packet);
      return this.#flushInPassing();
    });
    await this.#passing;
    order.end();
  }

  #commit(packet: Packet): void {
    for (const event of numbered(packet, this.#builder.next)) {
      this.#push(event);
      forgetReasons(event);
    }
  }

  /**
   * Flushes what has become large while the round is acted, one batch at a time; undefined when nothing is under way.
   */
  #flushInPassing(): MaybePromise<void> {
    if (this.#passing === undefined && this.#builder.size >= EVENTS_PER_BATCH) {
      this.#passing = this.#passOn();
      // Whoever acts need not wait: a failure is told at the end of the acting, too.
      this.#passing.catch(() => undefined);
    }
    return this.#passing;
  }

  /** A failure stays in `#passing`: nothing more may be appended then, and the round must end with it. */
  async #passOn(): Promise<void> {
    await this.#flush('running');
    this.#passing = undefined;
  }

  #currentSearch(): Search {
    const { catalogue } = this.#fold;
    const { config } = this.world.system;
    if (this.#search?.catalogue !== catalogue || this.#search.config !== config)
      this.#search = { catalogue, config, search: this.#ports.search(config).index(catalogue) };
    return this.#search.search;
  }

  #currentMind(): Mind {
    const { config } = this.world.system;
    if (this.#mind?.config !== config.mind) this.#mind = { config: config.mind, mind: this.#ports.mind(config) };
    return this.#mind.mind;
  }

  async #close(round: number, active: number, openedAt: number): Promise<void> {
    this.#foldNow();
    this.#add('RoundClosed', null, round, { digest: this.#digestSoFar(), active }, [
      { role: 'follows', position: openedAt },
    ]);
    this.#closedRounds = round;
    this.#foldNow();
    await this.#flush('running');
  }

  #add<T extends EventType>(
    type: T,
    agent: number | null,
    round: number,
    data: EventData<T>,
    causes: readonly Cause[],
  ): number {
    const position = this.#builder.next;
    // Sound: the data belongs to the type.
    this.#push({ position, round, agent, type, version: eventCatalogue[type].version, data, causes } as LogEvent);
    return position;
  }

  #push(event: LogEvent): void {
    this.#unfolded.push(this.#builder.add(event));
  }

  #foldNow(): void {
    this.#fold.fold(this.#unfolded);
    this.#unfolded = [];
  }

  /** The digest of everything up to the last event added. */
  #digestSoFar(): string {
    return this.#chain.with(this.#builder.build());
  }

  async #flushWhenLarge(): Promise<void> {
    if (this.#builder.size >= EVENTS_PER_BATCH) await this.#flush('running');
  }

  async #flush(status: RunStatus): Promise<void> {
    const batch = this.#builder.build();
    if (batch.events.length === 0) return;
    this.#chain.addBatch(batch);
    const events = batch.first + batch.events.length;
    this.#builder = new BatchBuilder(events, this.#edition);
    await this.#journal.append(batch, {
      events,
      rounds: this.#closedRounds,
      digest: this.#chain.head(),
      status,
      metrics: summarize(this.world.metrics, this.#fold.catalogue),
    });
  }
}
