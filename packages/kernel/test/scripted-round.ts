/**
 * Rounds in a few words: given a small world, when its agents act by a script, then these events are logged. The model
 * shows unwatched films by id, the search finds films by a part of their title, and minds do what they are told.
 */
import {
  type Act,
  type Answer,
  type AnswerTo,
  type Cause,
  CURRENT_BEHAVIOUR,
  type EventBatch,
  eventInBatch,
  FilmCatalogue,
  hasBit,
  type Intervention,
  type LogEvent,
  type MaybePromise,
  type Mind,
  type Model,
  type Population,
  type Ports,
  type Question,
  type Ranking,
  reasoned,
  type RunConfig,
  Simulation,
  type TrainingRequest,
  type Utterance,
} from '../src/index.ts';

type Kind = Question['kind'];
type Unreasoned<A> = A extends Answer ? Omit<A, 'grounds' | 'because'> : never;

/** What an agent does when it is asked next. */
export interface Step {
  readonly kind: Kind;
  readonly because: readonly Cause[];
  readonly answer: (question: Question) => Unreasoned<Answer>;
}

const UNMOVED = { genres: [], values: [] } as const;

function step(kind: Kind, answer: Step['answer']): Step {
  return { kind, because: [], answer };
}

const utterances = (agent: number, partner: number, texts: readonly string[]): Utterance[] =>
  texts.map((text, turn) => ({ from: turn % 2 === 0 ? agent : partner, text, films: [], liking: [] }));

/** Where to go, at which fatigue. */
export const goesTo = (place: 'recommender' | 'social' | 'idle' | 'quit', fatigue?: number): Step =>
  step('place', ({ progress }) => ({ place, fatigue: fatigue ?? progress.fatigue, taste: UNMOVED }));
export const watches = (film: number): Step => step('page', () => ({ do: 'watch', film }));
export const turnsPage = (fatigue?: number): Step =>
  step('page', ({ progress }) => ({ do: 'next', fatigue: fatigue ?? progress.fatigue }));
export const searches = (query: string): Step => step('page', () => ({ do: 'search', query }));
export const leaves = (reason: 'content' | 'tired' | 'dissatisfied'): Step =>
  step('page', ({ progress }) => ({ do: 'leave', reason, satisfaction: progress.satisfaction }));
export const rates = (rating: 1 | 2 | 3 | 4 | 5, moved: { satisfaction?: number; fatigue?: number } = {}): Step =>
  step('reaction', ({ progress: { satisfaction, fatigue } }) => ({
    rating,
    feeling: '',
    satisfaction,
    fatigue,
    taste: UNMOVED,
    ...moved,
  }));
export const chats = (partner: number, ...texts: readonly string[]): Step =>
  step('social', ({ agent }) => ({ do: 'chat', partner, turns: utterances(agent.id, partner, texts), minutes: 60 }));
export const posts = (text: string): Step =>
  step('social', ({ agent }) => ({ do: 'post', post: { from: agent.id, text, films: [], liking: [] }, minutes: 6 }));
export const keepsSilent: Step = step('social', () => ({ do: 'silence' }));
/** The step, for these reasons. */
export const because = (causes: readonly Cause[], moved: Step): Step => ({ ...moved, because: causes });

/** What each agent does in a round, question by question. Whoever is not named stays idle. */
export type Script = { readonly [agent: number]: readonly Step[] };

/** Does what the script of the present round says. */
class ScriptedMind implements Mind {
  readonly name = 'scripted';
  readonly #later: boolean;
  #steps = new Map<number, Step[]>();

  constructor(later: boolean) {
    this.#later = later;
  }

  begin(script: Script): void {
    this.#steps = new Map(Object.entries(script).map(([agent, steps]) => [Number(agent), [...steps]]));
  }

  /** Agents that were not asked for all they had to say. */
  get unasked(): readonly number[] {
    return [...this.#steps].filter(([, steps]) => steps.length > 0).map(([agent]) => agent);
  }

  decide<Q extends Question>(question: Q): MaybePromise<AnswerTo<Q>> {
    const answer = this.#answer(question) as AnswerTo<Q>;
    return this.#later ? Promise.resolve(answer) : answer;
  }

  #answer(question: Question): Answer {
    const { agent, kind, progress, world } = question;
    const next = this.#steps.get(agent.id) ?? [goesTo('idle')];
    const taken = next.shift();
    if (taken?.kind !== kind)
      throw new Error(
        `agent ${agent.id} in round ${world.round}, step ${progress.step}: ` +
          `asked for ${kind}, script has ${taken?.kind ?? 'no more'}`,
      );
    // Sound: each step gives the answer that belongs to its kind.
    return { grounds: reasoned(''), because: taken.because, ...taken.answer(question) } as Answer;
  }
}

export interface Given {
  readonly agents?: number;
  /** Films with ids 1, 2, …. */
  readonly films?: number;
  readonly config?: Partial<RunConfig>;
  /** What agents watched before the run. */
  readonly history?: { readonly [agent: number]: readonly number[] };
  /** Nobody else knows anybody. */
  readonly contacts?: { readonly [agent: number]: readonly number[] };
  /** Rounds that were played before. */
  readonly before?: readonly Script[];
  readonly interventions?: readonly Intervention[];
  /** Done to what the model ranks. */
  readonly ranking?: (ranking: Ranking) => Ranking;
  /** Minds answer with promises. */
  readonly later?: boolean;
  readonly act?: Act;
  readonly concurrency?: number;
  /** Called with each batch before it counts as appended. */
  readonly append?: (batch: EventBatch) => Promise<void>;
}

export interface Played {
  readonly events: readonly LogEvent[];
  /** Those of the last round. */
  readonly round: readonly LogEvent[];
  readonly digest: string;
  readonly batches: readonly EventBatch[];
  readonly trainings: readonly TrainingRequest[];
}

function configOf({ agents = 3, config }: Given): RunConfig {
  return {
    seed: 1,
    agents,
    rounds: 9,
    clock: { start: 8, interval: 5 },
    activity: { method: 'constant', probability: 1, cap: 0 },
    slate: { size: 3, random: 0 },
    visit: { pages: 4, watches: 2 },
    recommender: { name: 'by id', trainEvery: 1 },
    mind: { name: 'scripted' },
    ...config,
  };
}

function populationOf({ agents = 3, history = {}, contacts = {} }: Given): Population {
  const features = { watcher: false, explorer: false, critic: false, chatter: false, poster: false };
  return Array.from({ length: agents }, (_, id) => ({
    id,
    joined: {
      persona: { name: `Agent ${id}`, gender: '', age: 30, traits: [], status: '', interests: [], features },
      activity: 1,
      taste: [0],
      contacts: (contacts[id] ?? []).map((agent) => ({ agent, relation: 'friend', closeness: 1 })),
      history: { films: history[id] ?? [], ratings: (history[id] ?? []).map(() => 3) },
    },
  }));
}

/** Shows what is not excluded, by id. */
function modelOver(catalogue: FilmCatalogue, { ranking = (ranked) => ranked }: Given, count: number): Model {
  return {
    digest: `after ${count}`,
    count,
    explains: 'nothing',
    recommend({ count: wanted, excluded }) {
      const films = catalogue.films.map(({ id }) => id).filter((id) => !hasBit(excluded, id));
      const shown = films.slice(0, wanted);
      return ranking({ films: shown, scores: shown.map(() => 0) });
    },
    explain: () => [],
    toBytes: () => new Uint8Array(),
  };
}

/** Plays the rounds before and then the one of `script`; `mind`, where given, instead of the script. */
export async function played(given: Given, script: Script = {}, mind?: Mind): Promise<Played> {
  const { films = 12, before = [], interventions = [], later = false, act, concurrency = 2 } = given;
  const catalogue = new FilmCatalogue(
    Array.from({ length: films }, (_, index) => ({
      id: index + 1,
      title: `Film ${index + 1}`,
      year: 2000,
      genres: ['drama'],
      people: [],
      description: '',
      quality: 0,
    })),
  );
  const scripted = new ScriptedMind(later);
  const trainings: TrainingRequest[] = [];
  const batches: EventBatch[] = [];
  let digest = '';
  const ports: Ports = {
    recommender: ({ recommender: { name } }) => ({
      name,
      parameters: {},
      train(request) {
        trainings.push({ ...request });
        return modelOver(request.catalogue, given, request.count);
      },
      load: () => modelOver(catalogue, given, 0),
    }),
    mind: () => mind ?? scripted,
    search: () => ({
      name: 'titles',
      index: (over) => ({
        find: (query, count) =>
          over.films
            .filter(({ title }) => title.includes(query))
            .map(({ id }) => id)
            .slice(0, count),
      }),
    }),
    act,
    concurrency,
  };
  const append = async (batch: EventBatch, progress: { readonly digest: string }): Promise<void> => {
    await given.append?.(batch);
    batches.push(batch);
    digest = progress.digest;
  };
  const simulation = new Simulation(ports, { append }, catalogue);
  await simulation.start({
    config: configOf(given),
    population: populationOf(given),
    engine: 'test',
    behaviour: CURRENT_BEHAVIOUR,
  });
  for (const [index, each] of [...before, script].entries()) {
    scripted.begin(each);
    await simulation.round(index === before.length ? interventions : []);
    if (scripted.unasked.length > 0)
      throw new Error(`round ${index + 1}: agents ${scripted.unasked.join(', ')} had more to say`);
  }
  const events = batches.flatMap((batch) => batch.ends.map((_, index) => eventInBatch(batch, index)));
  return { events, round: events.filter(({ round }) => round === before.length + 1), digest, batches, trainings };
}

/** An event in a line: who, what, and what it says. */
export function line(event: LogEvent): string {
  return [event.agent ?? 'system', event.type, ...says(event)].join(' ');
}

/** The causes of an event: their roles and what they are. */
export function causeLine({ causes }: LogEvent, events: readonly LogEvent[]): string {
  return causes.map(({ role, position }) => `${role} ${events[position]?.type ?? '?'}`).join(', ');
}

function says({ type, data }: LogEvent): readonly (string | number)[] {
  switch (type) {
    case 'PlaceChosen':
      return [data.place];
    case 'SlateServed':
      return [`page ${data.page}:`, ...data.films, ...(data.sweep === 0 ? [] : [`sweep ${data.sweep}`])];
    case 'SearchMade':
      return [data.query];
    case 'SearchAnswered':
      return data.films.length === 0 ? ['nothing'] : [...data.films];
    case 'FilmWatched':
      return [data.film, 'rank', data.rank, 'until', data.until];
    case 'FilmRated':
      return [data.film, 'stars', data.rating];
    case 'PageTurned':
      return ['page', data.page];
    case 'VisitLeft':
      return [data.reason];
    case 'ChatStarted':
      return ['with', data.partner, 'until', data.until];
    case 'PostMade':
      return ['until', data.until];
    case 'MessageSent':
      return [`from ${data.from} to ${data.to.join(' ')}: ${data.text}`];
    case 'InterventionApplied':
      return [data.key];
    case 'RoundOpened':
      return ['minute', data.clock];
    case 'RecommenderTrained':
      return [data.recommender, 'model', data.model, 'on', data.interactions];
    case 'RoundClosed':
      return ['active', data.active];
    default:
      return [];
  }
}
