/**
 * How fast slates are made and models are trained, in CPU time, on made-up people with a few kinds of taste.
 */
import {
  type AudienceMember,
  type Film,
  FilmCatalogue,
  type Interactions,
  LuckOf,
  type Model,
  NOBODY,
  type Recommender,
  setBit,
} from '@rashomon/kernel';
import { createRecommender, loadSampleCatalogue, textSearch, withColdStart } from '@rashomon/recsys';
import type { Quantity } from '../figures.ts';
import { madeUpFilm } from '../made-up-films.ts';
import { type Sample, spentBy } from '../sample.ts';

const SEARCH = 'recsys: search by title in the sample catalogue';

/** Films beside how many users are served to measure it, and how many a second there should be. */
const CATALOGUES = [
  { films: 1_700, users: 40_000, target: 40_000 },
  { films: 10_000, users: 8_000, target: 8_000 },
  { films: 100_000, users: 800, target: 600 },
] as const;
const RECOMMENDERS = [
  'random',
  'popular',
  'item-knn',
  'ials',
  'linucb',
  'thompson',
  'content',
  'social',
  'ials with a cold start',
] as const;
/** Those that train for seconds, in fewer rounds. */
const SLOW = ['ease', 'bpr-mf', 'lightgcn', 'multvae', 'sasrec'] as const;
const COLD_START = ' with a cold start';
/** Milliseconds that a warm training of ials may take. */
const LATER_MOST = 150;
const SIZE = { agents: 1_000, films: 1_700 };
const ROUNDS = 30;
const SLOW_ROUNDS = 5;

/** The figures and their units. */
export const recsysQuantities: readonly Quantity[] = [
  ...CATALOGUES.map(({ films, target }): Quantity => ({
    name: servedName(films),
    unit: 'users/s CPU',
    better: 'higher',
    target,
  })),
  ...RECOMMENDERS.flatMap(quantitiesOf),
  { name: SEARCH, unit: 'queries/s CPU', better: 'higher' },
];

export const slowRecsysQuantities: readonly Quantity[] = SLOW.flatMap(quantitiesOf);

function quantitiesOf(name: string): readonly Quantity[] {
  return [
    { name: trainingName(name, 'the first'), unit: 'ms CPU', better: 'lower' },
    {
      name: trainingName(name, 'a later'),
      unit: 'ms CPU',
      better: 'lower',
      ...(name === 'ials' ? { target: LATER_MOST } : {}),
    },
    { name: slateName(name), unit: 'µs CPU', better: 'lower' },
  ];
}

/** Takes about twenty seconds. */
export async function measureRecsys(): Promise<Sample> {
  const figures: { [name: string]: number } = {};
  for (const { films, users } of CATALOGUES) figures[servedName(films)] = await usersASecond(films, users);
  Object.assign(figures, await measureRounds(RECOMMENDERS, ROUNDS));
  figures[SEARCH] = await queriesASecond();
  return figures;
}

/** Takes about a minute. */
export function measureSlowRecsys(): Promise<Sample> {
  return measureRounds(SLOW, SLOW_ROUNDS);
}

async function measureRounds(names: readonly string[], rounds: number): Promise<Sample> {
  const figures: { [name: string]: number } = {};
  for (const name of names) {
    const { first, training, slate } = await runRounds(name, rounds);
    figures[trainingName(name, 'the first')] = first;
    figures[trainingName(name, 'a later')] = training;
    figures[slateName(name)] = slate;
  }
  return figures;
}

function servedName(films: number): string {
  return `recsys: top 20 of ${films} films by ials`;
}

function trainingName(name: string, which: string): string {
  return `recsys: ${which} training of ${name}, 1,000 agents`;
}

function slateName(name: string): string {
  return `recsys: a slate by ${name}`;
}

/** Ranked slates of 20 by ials with 64 factors. */
async function usersASecond(films: number, users: number): Promise<number> {
  const world = new World({ agents: 100, films });
  const model = await world.train('ials', null, 0, { epochs: 1 });
  const serve = (count: number): void => {
    // It answers at once.
    for (let user = 0; user < count; user++)
      void model.recommend({
        agent: user % 100,
        count: 20,
        excluded: world.watched(user % 100),
        luck: new LuckOf(1, user % 100, 0),
      });
  };
  serve(users / 2);
  return (users * 1000) / (await cpuOf(() => serve(users)));
}

/** Rounds in which every agent gets a slate and watches a film of it, and every other one a film it found itself. */
async function runRounds(
  name: string,
  rounds: number,
): Promise<{ readonly first: number; readonly training: number; readonly slate: number }> {
  const world = new World(SIZE);
  const trainings: number[] = [];
  const slates: number[] = [];
  let model: Model | null = null;
  for (let round = 0; round < rounds; round++) {
    const before: Model | null = model;
    let live = before as Model;
    trainings.push(
      await cpuOf(async () => {
        live = await world.train(name, before, round, {});
      }),
    );
    model = live;
    const served: (readonly number[])[] = [];
    slates.push(
      await cpuOf(async () => {
        for (let agent = 0; agent < SIZE.agents; agent++)
          served.push(await slateOf(live, agent, { count: 5, excluded: world.watched(agent), round }));
      }),
    );
    world.show(served, round);
    world.watch(
      served.map((films, agent) => films[(agent + round) % films.length] as number),
      round,
    );
  }
  const [first = 0, ...later] = trainings;
  return { first, training: median(later), slate: (median(slates) * 1000) / SIZE.agents };
}

interface Size {
  readonly agents: number;
  readonly films: number;
}

const HISTORY = 20;
const TASTES = 12;
const CONTACTS = 10;
const DESCRIPTION_WORDS = 12;
const VOCABULARY = 2_000;

/** Agents of a dozen tastes, with twenty films each behind them; few films are watched by many. */
class World {
  readonly #catalogue: FilmCatalogue;
  readonly #interactions = {
    agents: [] as number[],
    films: [] as number[],
    ratings: [] as number[],
    rounds: [] as number[],
    positions: [] as number[],
  };
  readonly #watched: number[][];
  readonly #audience = new Map<number, AudienceMember>();
  readonly #size: Size;

  constructor(size: Size) {
    this.#size = size;
    this.#catalogue = new FilmCatalogue(Array.from({ length: size.films }, (_, index) => filmOf(index + 1)));
    this.#watched = Array.from({ length: size.agents }, () => []);
    for (let agent = 0; agent < size.agents; agent++)
      for (let n = 0; n < HISTORY; n++) this.#add(agent, this.#liked(agent, n), 0);
    for (let agent = 0; agent < size.agents; agent++) this.#meet(agent, [], 0);
  }

  train(
    name: string,
    previous: Model | null,
    round: number,
    parameters: { readonly [name: string]: number },
  ): Model | Promise<Model> {
    const interactions: Interactions = this.#interactions;
    const luck = new LuckOf(1, NOBODY, round);
    return recommenderOf(name, parameters).train({
      round,
      catalogue: this.#catalogue,
      interactions,
      count: interactions.agents.length,
      audience: this.#audience,
      previous,
      luck,
    });
  }

  watched(agent: number): readonly number[] {
    return this.#watched[agent] ?? [];
  }

  watch(picks: readonly number[], round: number): void {
    picks.forEach((film, agent) => {
      this.#add(agent, film, round);
      if (agent % 2 === 1) this.#add(agent, this.#liked(agent, HISTORY + round), round);
    });
  }

  /** A round's slates; they are a sweep, as what was not watched may be shown again. */
  show(slates: readonly (readonly number[])[], round: number): void {
    slates.forEach((films, agent) => this.#meet(agent, films, round));
  }

  /** Somebody with ten contacts and an interest, who has just been shown these films. */
  #meet(id: number, films: readonly number[], sweep: number): void {
    const shown = [...this.watched(id)];
    for (const film of films) setBit(shown, film);
    const contacts = Array.from({ length: CONTACTS }, (_, n) => ({
      agent: (id + 1 + 37 * n) % this.#size.agents,
      relation: 'friend',
      closeness: (n + 1) / CONTACTS,
    }));
    const features = { watcher: true, explorer: false, critic: false, chatter: false, poster: false };
    const persona = {
      name: '',
      gender: '',
      age: 30,
      traits: [],
      status: '',
      interests: [`${madeUpFilm(id + 1).genres[0] ?? ''} movies`],
      features,
    };
    this.#audience.set(id, { id, persona, contacts, shown, sweep });
  }

  #add(agent: number, film: number, round: number): void {
    const { agents, films, ratings, rounds, positions } = this.#interactions;
    agents.push(agent);
    films.push(film);
    ratings.push(0);
    rounds.push(round);
    positions.push(positions.length);
    setBit(this.#watched[agent] as number[], film);
  }

  /** The cube of a uniform number favours low places; taste shifts half of them. */
  #liked(agent: number, n: number): number {
    const u = new LuckOf(2, agent, 0).for('taste').uniform(n);
    const shift = n % 2 === 0 ? 0 : ((agent % TASTES) * this.#size.films) / TASTES;
    return 1 + (Math.floor(u * u * u * this.#size.films + shift) % this.#size.films);
  }
}

function filmOf(id: number): Film {
  const luck = new LuckOf(3, NOBODY, id);
  const words = Array.from({ length: DESCRIPTION_WORDS }, (_, n) => `word${luck.for('taste').below(VOCABULARY, n)}`);
  return { id, ...madeUpFilm(id), people: [], description: words.join(' '), quality: 0 };
}

function recommenderOf(name: string, parameters: { readonly [name: string]: number }): Recommender {
  const isCold = name.endsWith(COLD_START);
  const recommender = createRecommender(isCold ? name.slice(0, -COLD_START.length) : name, parameters);
  return isCold ? withColdStart(recommender) : recommender;
}

async function slateOf(
  model: Model,
  agent: number,
  asked: { readonly count: number; readonly excluded: readonly number[]; readonly round: number },
): Promise<readonly number[]> {
  const { count, excluded, round } = asked;
  const answer = model.recommend({ agent, count, excluded, luck: new LuckOf(1, agent, round) });
  return (answer instanceof Promise ? await answer : answer).films;
}

async function queriesASecond(): Promise<number> {
  const catalogue = loadSampleCatalogue();
  const search = textSearch.index(catalogue);
  const milliseconds = await cpuOf(() => {
    for (const { title } of catalogue.films) search.find(title, 10);
  });
  return (catalogue.size * 1000) / milliseconds;
}

/** Milliseconds of CPU. */
async function cpuOf(action: () => unknown): Promise<number> {
  return 1000 * (await spentBy(action)).cpu;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
