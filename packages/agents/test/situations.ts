/** Situations to put before a mind: small worlds, agents and questions, and arbitraries of legal ones. */
import {
  type AgentState,
  FilmCatalogue,
  CURRENT_BEHAVIOUR,
  LuckOf,
  milli,
  type Persona,
  type PageQuestion,
  type PlaceQuestion,
  type Question,
  type ReactionQuestion,
  type RunConfig,
  type SocialQuestion,
  type TurnProgress,
  type WorldView,
} from '@rashomon/kernel';
import * as fc from 'fast-check';

const GENRES = ['Action', 'Comedy', 'Drama', 'Horror', 'Romance', 'Sci-Fi'];

/** Titles that contain one another on purpose: nothing may find a film by part of its title. */
const TITLES = [
  'It',
  'It Happened One Night',
  'Alien',
  'Aliens',
  'Alien 3',
  'M',
  'Seven',
  'Seven Samurai',
  'Heat',
  'Body Heat',
];

/** 40 films with ids 3, 10, 17, …: an id is no index. */
export const CATALOGUE = new FilmCatalogue(
  Array.from({ length: 40 }, (_, index) => ({
    id: 3 + 7 * index,
    title: index < TITLES.length ? (TITLES.at(index) as string) : `Film number ${index}`,
    year: 1950 + index,
    genres: [...new Set([GENRES.at(index % 6) as string, GENRES.at((index + 1 + (index >> 3)) % 6) as string])],
    people: index % 3 === 0 ? [`Director ${index}`] : [],
    description: '',
    quality: milli(((index * 37) % 21) / 10 - 1),
  })),
);

export const FILMS = CATALOGUE.films.map((film) => film.id);

export const CONFIG: RunConfig = {
  seed: 11,
  agents: 4,
  rounds: 10,
  clock: { start: 8, interval: 5 },
  activity: { method: 'constant', probability: 1, cap: 0 },
  slate: { size: 5, random: 0 },
  visit: { pages: 5, watches: 1 },
  recommender: { name: 'random', trainEvery: 1 },
  mind: { name: 'choice' },
};

export const NO_FEATURES: Persona['features'] = {
  watcher: false,
  explorer: false,
  critic: false,
  chatter: false,
  poster: false,
};

export function agentState(own: Partial<AgentState> = {}): AgentState {
  return {
    id: 1,
    joinedAt: 1,
    persona: {
      name: 'Ann Other',
      gender: 'female',
      age: 30,
      traits: ['curious'],
      status: 'nurse',
      interests: ['dramas'],
      features: NO_FEATURES,
    },
    contacts: [],
    activity: 0.5,
    taste: [0, 0, 0, 0, 0, 0],
    satisfaction: 0.5,
    fatigue: 0,
    shown: [],
    sweep: 0,
    watched: [],
    heard: [],
    inbox: [],
    inboxRound: 0,
    lastActive: 0,
    busyUntil: 0,
    left: false,
    ...own,
  };
}

export function worldView(agents: readonly AgentState[], own: Partial<WorldView> = {}): WorldView {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  return {
    round: 5,
    clock: 1680,
    config: CONFIG,
    behaviour: CURRENT_BEHAVIOUR,
    catalogue: CATALOGUE,
    agent: (id) => byId.get(id),
    watchesOf: (film) => film % 5,
    watchesTotal: 80,
    ...own,
  };
}

export interface Situation {
  readonly agent: AgentState;
  readonly world: WorldView;
  readonly progress: TurnProgress;
}

export function situation(
  agent: AgentState,
  others: readonly AgentState[] = [],
  own: Partial<TurnProgress> = {},
): Situation {
  const { fatigue, satisfaction, taste } = agent;
  return {
    agent,
    world: worldView([agent, ...others]),
    progress: { step: 1, pages: 0, watched: [], satisfaction, fatigue, taste, ...own },
  };
}

function asked(
  { agent, progress, world }: Situation,
  seed: number,
): Pick<Question, 'agent' | 'world' | 'progress' | 'luck'> {
  return { agent, world, progress, luck: new LuckOf(seed, agent.id, world.round) };
}

export const ask = {
  place: (at: Situation, seed = 1): PlaceQuestion => ({ kind: 'place', ...asked(at, seed) }),
  page: (
    at: Situation,
    own: Partial<Pick<PageQuestion, 'films' | 'source' | 'mayContinue'>> = {},
    seed = 1,
  ): PageQuestion => ({
    kind: 'page',
    source: 'slate',
    films: FILMS.slice(0, 5),
    mayContinue: true,
    ...own,
    ...asked(at, seed),
  }),
  reaction: (at: Situation, film: number, seed = 1): ReactionQuestion => ({
    kind: 'reaction',
    film,
    ...asked(at, seed),
  }),
  social: (at: Situation, seed = 1): SocialQuestion => ({ kind: 'social', ...asked(at, seed) }),
};

const ROUND = 5;
/** Positions before the present round. */
const position = fc.integer({ min: 2, max: 900 });
const thousandths = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((n) => milli(n / 1000));
const film = fc.constantFrom(...FILMS);

const watchedFilms = fc
  .uniqueArray(
    fc.record({
      film,
      rating: fc.integer({ min: 1, max: 5 }),
      round: fc.integer({ min: 0, max: ROUND - 1 }),
      position,
    }),
    { selector: (watch) => watch.film, maxLength: 14 },
  )
  .map((watches) => watches.sort((a, b) => a.round - b.round));
const mentions = fc
  .array(
    fc.record({
      film,
      from: fc.integer({ min: 1, max: 6 }),
      round: fc.integer({ min: 1, max: ROUND - 1 }),
      liking: thousandths(-1, 1),
      position,
    }),
    { maxLength: 12 },
  )
  .map((heard) => heard.sort((a, b) => a.round - b.round));

/** An agent of the given id, which may know the others among 1 to 6. */
function agentArbitrary(id: number): fc.Arbitrary<AgentState> {
  return fc
    .record({
      taste: fc.array(thousandths(-2, 2), { minLength: 6, maxLength: 6 }),
      satisfaction: thousandths(0, 1),
      fatigue: thousandths(0, 4),
      watched: watchedFilms,
      heard: mentions,
      lastActive: fc.integer({ min: 0, max: ROUND - 1 }),
      left: id === 1 ? fc.constant(false) : fc.boolean(),
      features: fc.record({
        watcher: fc.boolean(),
        explorer: fc.boolean(),
        critic: fc.boolean(),
        chatter: fc.boolean(),
        poster: fc.boolean(),
      }),
      known: fc.uniqueArray(
        fc.record({
          agent: fc.integer({ min: 1, max: 6 }).filter((other) => other !== id),
          relation: fc.constant('friend'),
          closeness: thousandths(0, 1),
        }),
        { selector: (contact) => contact.agent },
      ),
      inbox: fc.array(
        fc.record({
          from: fc.integer({ min: 2, max: 6 }),
          channel: fc.constantFrom('chat' as const, 'post' as const),
          text: fc.constant('hello'),
          films: fc.constant([]),
          position,
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ features, known, ...own }) =>
      agentState({
        ...own,
        id,
        inboxRound: ROUND - 1,
        contacts: known,
        persona: { ...agentState().persona, features },
      }),
    );
}

const situations: fc.Arbitrary<Situation> = fc
  .tuple(
    fc.tuple(agentArbitrary(1), agentArbitrary(2), agentArbitrary(3), agentArbitrary(4)),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([[agent, ...others], pages, step]) => situation(agent, others, { pages, step }));

/** Any legal question: no film of a slate has been watched, any film of a search answer may have been. */
export const questions: fc.Arbitrary<Question> = fc
  .tuple(
    situations,
    fc.integer({ min: 0, max: 0xffffffff }),
    fc.constantFrom('place', 'page', 'search', 'reaction', 'social'),
    fc.uniqueArray(film, { minLength: 1, maxLength: 12 }),
    fc.boolean(),
  )
  .map(([at, seed, kind, films, mayContinue]): Question => {
    const fresh = films.filter((one) => !at.agent.watched.some((watch) => watch.film === one));
    if (kind === 'place') return ask.place(at, seed);
    if (kind === 'social') return ask.social(at, seed);
    if (kind === 'reaction') return ask.reaction(at, films.at(0) as number, seed);
    if (kind === 'search' || fresh.length === 0) return ask.page(at, { source: 'search', films, mayContinue }, seed);
    return ask.page(at, { films: fresh, mayContinue }, seed);
  });
