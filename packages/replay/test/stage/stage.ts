/**
 * Small runs for the tests of compare and why, made with the kernel's loop alone: a dozen films, agents in a
 * ring, the choice mind (or one given by the test) and a recommender that counts.
 */
import { choiceMind } from '@rashomon/agents';
import {
  appendBatch,
  type EventData,
  type Film,
  FilmCatalogue,
  type Intervention,
  type Mind,
  type Ports,
  type RunConfig,
  type RunHeader,
  RunLog,
  sha256,
  Simulation,
  type Standing,
  standingAt,
  type Store,
} from '@rashomon/kernel';
import { createRecommender } from '@rashomon/recsys';

const GENRES = ['comedy', 'drama', 'horror', 'romance', 'sci-fi'];

const films: readonly Film[] = Array.from({ length: 24 }, (_, index) => ({
  id: index + 1,
  title: `Film ${index + 1}`,
  year: 1980 + index,
  genres: [GENRES[index % 5] as string, ...(index % 3 === 0 ? [GENRES[(index + 2) % 5] as string] : [])],
  people: [`Person ${index % 7}`],
  description: '',
  quality: (index % 4) / 4,
}));

const catalogue = new FilmCatalogue(films);

/** An agent that knows its two neighbours on the ring. */
function newcomer(id: number, agents: number): EventData<'AgentJoined'> {
  const neighbours = [...new Set([(id + 1) % agents, (id + agents - 1) % agents])].filter((other) => other !== id);
  return {
    persona: {
      name: `Agent ${id}`,
      gender: '',
      age: 30,
      traits: [],
      status: '',
      interests: [],
      features: {
        watcher: true,
        explorer: id % 3 === 0,
        critic: id % 4 === 0,
        chatter: id % 2 === 0,
        poster: id % 5 === 0,
      },
    },
    activity: 1,
    taste: GENRES.map((_, genre) => ((id * 7 + genre * 3) % 5) / 4),
    contacts: neighbours.map((agent) => ({ agent, relation: 'friend', closeness: 0.9 })),
    history: { films: [1 + (id % 24), 1 + ((id + 5) % 24)], ratings: [4, 2] },
  };
}

export function configOf(changes: Partial<RunConfig> = {}): RunConfig {
  return {
    seed: 7,
    agents: 6,
    rounds: 6,
    clock: { start: 18, interval: 5 },
    activity: { method: 'constant', probability: 1, cap: 0 },
    slate: { size: 4, random: 0 },
    visit: { pages: 4, watches: 2 },
    recommender: { name: 'item-knn', trainEvery: 2 },
    mind: { name: 'choice' },
    ...changes,
  };
}

export interface StageOptions {
  readonly mind?: (config: RunConfig) => Mind;
}

export function portsOf({ mind }: StageOptions = {}): Ports {
  return {
    recommender: ({ recommender }) => createRecommender(recommender.name),
    mind: mind ?? (() => choiceMind()),
    search: () => ({
      name: 'titles',
      index: (known) => ({
        find: (query, count) =>
          known.films
            .filter(({ title, genres }) => title === query || genres.includes(query))
            .map(({ id }) => id)
            .slice(0, count),
      }),
    }),
    concurrency: 1,
  };
}

function headerOf(id: string, config: RunConfig, changes: Partial<RunHeader> = {}): RunHeader {
  return {
    id,
    name: null,
    parent: null,
    root: id,
    forkRound: null,
    sharedEvents: 0,
    interventions: [],
    plannedRounds: config.rounds,
    seed: config.seed,
    agents: config.agents,
    recommender: config.recommender.name,
    mind: config.mind.name,
    engine: { version: '0', node: '', v8: '', behaviour: [] },
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

function simulationInto(store: Store, id: string, ports: Ports, standing?: Standing): Simulation {
  const append: ConstructorParameters<typeof Simulation>[1]['append'] = (batch, progress) =>
    appendBatch(store.log, id, batch, progress);
  return new Simulation(ports, { append }, catalogue, standing);
}

export async function run(store: Store, id: string, config: RunConfig, options: StageOptions = {}): Promise<void> {
  const ports = portsOf(options);
  await store.artefacts.put(catalogue.digest, catalogue.toBytes());
  await store.runs.create(headerOf(id, config), {
    events: 0,
    rounds: -1,
    digest: sha256(),
    status: 'running',
    metrics: {},
  });
  const simulation = simulationInto(store, id, ports);
  const population = Array.from({ length: config.agents }, (_, agent) => ({
    id: agent,
    joined: newcomer(agent, config.agents),
  }));
  await simulation.start({ config, population, engine: '0', behaviour: [] });
  for (let round = 0; round < config.rounds; round++) {
    await simulation.round([]);
    if (simulation.model !== null) await store.artefacts.put(simulation.model.digest, simulation.model.toBytes());
  }
  await simulation.finish();
}

export interface BranchOptions extends StageOptions {
  readonly parent: string;
  readonly forkRound: number;
  readonly rounds: number;
  readonly interventions?: readonly Intervention[];
}

export async function branch(store: Store, id: string, options: BranchOptions): Promise<void> {
  const ports = portsOf(options);
  const parent = await RunLog.open(store, options.parent);
  const standing = await standingAt(store, parent, options.forkRound, ports);
  const { config } = standing.world.system;
  const { forkRound, interventions = [] } = options;
  await store.runs.create(
    headerOf(id, config, {
      parent: options.parent,
      root: parent.record.header.root,
      forkRound,
      sharedEvents: standing.revision,
      interventions,
    }),
    { events: standing.revision, rounds: forkRound, digest: standing.chain.head(), status: 'running', metrics: {} },
  );
  const simulation = simulationInto(store, id, ports, standing);
  for (let round = 0; round < options.rounds; round++) await simulation.round(round === 0 ? interventions : []);
  await simulation.finish();
}

/** Everything that looking must leave as it was. */
export async function fingerprint(store: Store): Promise<unknown> {
  return Promise.all(
    (await store.runs.list()).map(async ({ header, progress }) => {
      const blocks: string[] = [];
      for await (const { hash } of store.log.blocks(header.id)) blocks.push(hash);
      return {
        header,
        progress,
        blocks,
        snapshot: await store.snapshots.latest(header.id, 'world', Number.MAX_SAFE_INTEGER),
        answers: await store.answers.of(header.root, 1),
      };
    }),
  );
}
