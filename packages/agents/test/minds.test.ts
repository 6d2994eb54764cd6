/** Minds: the choice model's laws, what moves its choices, and scripted minds inside and outside the process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  ACTION,
  type Answer,
  type AnswerTo,
  bestOption,
  CURRENT_BEHAVIOUR,
  type Dialogue,
  eventCatalogue,
  type Fault,
  type Grounds,
  type LogEvent,
  type Mention,
  milli,
  type Model,
  type PageAnswer,
  type OutsideRequest,
  type Question,
  record,
  termOf,
  Simulation,
  type Watched,
} from '@rashomon/kernel';
import * as fc from 'fast-check';
import {
  choiceMind,
  choiceParametersSchema,
  generatePopulation,
  InvalidScript,
  type PromptMind,
  scriptedMind,
  scriptedOutsideMind,
  UnplayableScript,
} from '../src/index.ts';
import {
  agentState,
  ask,
  CATALOGUE,
  CONFIG,
  FILMS,
  NO_FEATURES,
  questions,
  situation,
  worldView,
} from './situations.ts';

/** The first request of a dialogue. */
function requestIn(dialogue: Dialogue): OutsideRequest {
  const { value, done } = dialogue.next();
  if (done === true) throw new Error('decided without a request');
  return value;
}

/** What was decided, as an option of the grounds. */
function decision(answer: Answer): number {
  if ('place' in answer)
    return { recommender: ACTION.recommender, social: ACTION.social, idle: ACTION.idle, quit: ACTION.quit }[
      answer.place
    ];
  if ('rating' in answer) return answer.rating;
  switch (answer.do) {
    case 'watch':
      return answer.film;
    case 'next':
      return ACTION.nextPage;
    case 'search':
      return ACTION.search;
    case 'leave':
      return ACTION.leave;
    case 'chat':
      return answer.partner;
    case 'post':
      return ACTION.post;
    case 'silence':
      return ACTION.silence;
  }
}

function term(grounds: Grounds, option: number, name: string): number {
  return termOf(grounds, name, grounds.options.indexOf(option));
}

/** The faults that the log would find in what an answer brings into it. */
function logFaults(question: Question, answer: Answer): Fault[] {
  const faults: Fault[] = [];
  // Sound: the answer is the mind's to this question.
  const { type, data, said } = record(question, answer as AnswerTo<Question>);
  eventCatalogue[type].data.check(data, type, faults);
  for (const message of said) eventCatalogue.MessageSent.data.check(message, 'MessageSent', faults);
  return faults;
}

const mind = choiceMind();
const RUNS = { numRuns: 600 };

describe('the choice model: laws of every decision', () => {
  test('grounds sum to the choice: the option with the largest sum of recorded terms was taken', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const answer = mind.decide(question);
        expect(answer.grounds.options[bestOption(answer.grounds)]).toBe(decision(answer));
      }),
      RUNS,
    );
  });

  test('L11 same question, same answer, whatever came between and whichever mind of these parameters is asked', () => {
    fc.assert(
      fc.property(questions, questions, (question, other) => {
        const first = mind.decide(question);
        mind.decide(other);
        expect(mind.decide(question)).toEqual(first);
        expect(choiceMind().decide(question)).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  test('likings, tastes and moods are bounded, and fit the log', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const answer = mind.decide(question);
        expect(logFaults(question, answer)).toEqual([]);
        if ('taste' in answer) for (const value of answer.taste.values) expect(Math.abs(value)).toBeLessThanOrEqual(2);
        if ('fatigue' in answer) expect(answer.fatigue).toBeGreaterThanOrEqual(0);
        if ('satisfaction' in answer) expect(answer.satisfaction >= 0 && answer.satisfaction <= 1).toBe(true);
        const said = 'post' in answer ? [answer.post] : 'turns' in answer ? answer.turns : [];
        for (const { films, liking } of said) {
          expect(liking).toHaveLength(films.length);
          for (const number of liking) expect(Math.abs(number)).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  test('L10 causes are events that the agent or its partner went through, at most three of a role', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { because, ...answer } = mind.decide(question);
        const { agent, world } = question;
        const partner = 'partner' in answer ? world.agent(answer.partner) : undefined;
        const told = new Set([...agent.heard, ...agent.inbox].map((entry) => entry.position));
        const recalled = new Set([...agent.watched, ...(partner?.watched ?? [])].map((watch) => watch.position));
        for (const { position, role } of because)
          expect((role === 'told-by' ? told : recalled).has(position)).toBe(true);
        for (const role of ['told-by', 'recalled'])
          expect(because.filter((cause) => cause.role === role).length).toBeLessThanOrEqual(3);
        expect(new Set(because.map(({ position, role }) => `${role} ${position}`)).size).toBe(because.length);
      }),
      RUNS,
    );
  });

  test('L9 what is watched is on the page and new to the agent; who is talked to is a contact who has not left', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const answer: Answer = mind.decide(question);
        const { agent, world } = question;
        if ('film' in answer && question.kind === 'page') {
          expect(question.films).toContain(answer.film);
          expect(agent.watched.map((watch) => watch.film)).not.toContain(answer.film);
        }
        if ('do' in answer && (answer.do === 'next' || answer.do === 'search'))
          expect(question).toMatchObject({ mayContinue: true });
        if ('partner' in answer) {
          expect(agent.contacts.map((contact) => contact.agent)).toContain(answer.partner);
          expect(world.agent(answer.partner)?.left).toBe(false);
          expect(answer.turns.length >= 2 && answer.turns.length <= 4).toBe(true);
          answer.turns.forEach((turn, at) => expect(turn.from).toBe(at % 2 === 0 ? agent.id : answer.partner));
        }
        if ('turns' in answer) {
          for (const { films, from, liking } of answer.turns) {
            const watched = world.agent(from)?.watched ?? [];
            films.forEach((film, at) =>
              expect(watched.filter((watch) => watch.film === film).map((watch) => (watch.rating - 3) / 2)).toContain(
                liking[at],
              ),
            );
          }
        }
      }),
      RUNS,
    );
  });

  test('luck keyed by film: a film brings the same luck to whatever page and place it stands on', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(FILMS, { minLength: 2, maxLength: 12 }),
        fc.shuffledSubarray(FILMS, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 0, max: 9 }),
        (some, others, step) => {
          const at = situation(agentState());
          const one = mind.decide(ask.page(at, { films: some })).grounds;
          const two = mind.decide(ask.page(situation(agentState(), [], { step }), { films: others })).grounds;
          for (const film of some)
            if (others.includes(film)) expect(term(two, film, 'luck')).toBe(term(one, film, 'luck'));
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** How often each decision falls over many lucks. */
function shares(count: number, answer: (seed: number) => Answer): (option: number) => number {
  const decisions = Array.from({ length: count }, (_, seed) => decision(answer(seed)));
  return (option) => decisions.filter((one) => one === option).length / count;
}

const [A, B, C] = FILMS as [number, number, number];
const mention = (own: Partial<Mention>): Mention => ({ film: A, from: 2, round: 4, liking: 1, position: 50, ...own });
const watch = (film: number, own: Partial<Watched> = {}): Watched => ({
  film,
  round: 4,
  rating: 4,
  position: 60,
  ...own,
});
const friend = (agent: number, closeness = 0.8): { agent: number; relation: string; closeness: number } => ({
  agent,
  relation: 'friend',
  closeness,
});
const withFeatures = (features: Partial<typeof NO_FEATURES>) =>
  agentState({ persona: { ...agentState().persona, features: { ...NO_FEATURES, ...features } } });

describe('the choice model: what moves a choice', () => {
  const onPage = (agent = agentState(), films: readonly number[] = FILMS.slice(0, 5)): Grounds =>
    mind.decide(ask.page(situation(agent), { films })).grounds;

  test('taste: the logit difference of two films is the difference of their likings', () => {
    const genres = CATALOGUE.genresOf(A);
    const agent = agentState({ taste: CATALOGUE.genres.map((_, genre) => (genres.includes(genre) ? 1 : 0)) });
    expect(term(onPage(agent), A, 'taste') - term(onPage(), A, 'taste')).toBeCloseTo(
      genres.length / Math.sqrt(genres.length),
      3,
    );
  });

  test('heard: praise attracts by closeness, fades with the rounds, and blame repels', () => {
    const heard = (own: Partial<Mention>, closeness = 0.8): number =>
      term(onPage(agentState({ contacts: [friend(2, closeness)], heard: [mention(own)] })), A, 'heard');
    expect(heard({})).toBeGreaterThan(heard({}, 0.3));
    expect(heard({})).toBeGreaterThan(heard({ round: 1 }));
    expect(heard({})).toBeGreaterThan(heard({ liking: 0.5 }));
    expect(heard({ liking: -1 })).toBeLessThan(0);
    expect(term(onPage(agentState({ heard: [mention({})] })), B, 'heard')).toBe(0);
  });

  test('heard: the messages that spoke for the chosen film are its causes, the weightiest first', () => {
    const agent = agentState({
      contacts: [friend(2, 0.2), friend(3, 0.9)],
      heard: [
        mention({ position: 50 }),
        mention({ from: 3, position: 51 }),
        mention({ film: B, position: 52 }),
        mention({ liking: -1, position: 53 }),
      ],
    });
    const answers = Array.from({ length: 50 }, (_, seed) =>
      mind.decide(ask.page(situation(agent), { films: [A] }, seed)),
    );
    const watched = answers.filter((answer) => answer.do === 'watch');
    expect(watched.length).toBeGreaterThan(10);
    for (const { because } of watched)
      expect(because.map(({ role, position }) => [role, position])).toEqual([
        ['told-by', 51],
        ['told-by', 50],
      ]);
  });

  test('explained: what the recommender said is a term and a cause of its own; without the flag it is heard', () => {
    const agent = agentState({
      contacts: [friend(3, 0.9)],
      heard: [mention({ from: 3, position: 51 })],
      watched: [watch(B, { rating: 5, position: 40 })],
    });
    const explanations = [{ text: '', films: [B], friends: [] }];
    const explained = { position: 60, explanations };
    const answersUnder = (behaviour: readonly number[]): readonly PageAnswer[] => {
      const { world, ...at } = situation(agent);
      return Array.from({ length: 60 }, (_, seed) =>
        mind.decide({ ...ask.page({ ...at, world: { ...world, behaviour } }, { films: [A] }, seed), explained }),
      );
    };
    for (const [behaviour, apart] of [
      [CURRENT_BEHAVIOUR, true],
      [[1], false],
    ] as const) {
      const answers = answersUnder(behaviour);
      const watched = answers.filter((answer) => answer.do === 'watch');
      expect(watched.length).toBeGreaterThan(10);
      for (const { grounds, because } of watched) {
        expect(term(grounds, A, 'explained') > 0).toBe(apart);
        const toldBy = because.filter(({ role }) => role === 'told-by');
        expect(new Set(toldBy.map(({ position }) => position))).toEqual(new Set([51, 60]));
        const total = grounds.terms.reduce((sum, { values }) => sum + Math.abs(values[0] as number), 0);
        const share = (name: string): number => term(grounds, A, name) / total;
        const weightOf = (at: number): number => toldBy.find(({ position }) => position === at)?.weight ?? 0;
        if (apart) expect([weightOf(51), weightOf(60)]).toEqual([milli(share('heard')), milli(share('explained'))]);
        else expect(weightOf(51) + weightOf(60)).toBeCloseTo(share('heard'), 2);
      }
      // Apart or together it speaks for the film.
      expect(term(answers[0]?.grounds as Grounds, A, 'heard')).toBeGreaterThan(0);
    }
  });

  test('novelty: genres watched of late satiate, explorers more, and recover with time', () => {
    const genre = CATALOGUE.genres.at(CATALOGUE.genresOf(A).at(0) as number) as string;
    const alike = CATALOGUE.films.filter((film) => film.id !== A && film.genres.includes(genre)).map((film) => film.id);
    const novelty = (round: number, base = agentState()): number =>
      term(onPage({ ...base, watched: alike.slice(0, 3).map((film) => watch(film, { round })) }), A, 'novelty');
    expect(novelty(4)).toBeLessThan(novelty(1));
    expect(novelty(1)).toBeLessThan(0);
    expect(
      novelty(4, withFeatures({ explorer: true })) - term(onPage(withFeatures({ explorer: true })), A, 'novelty'),
    ).toBeLessThan(novelty(4));
  });

  test('rank: a lower place costs ln(rank)', () => {
    const grounds = onPage(agentState(), [A, B, C]);
    expect(term(grounds, A, 'rank')).toBe(0);
    expect(term(grounds, C, 'rank') / term(grounds, B, 'rank')).toBeCloseTo(Math.log(3) / Math.log(2), 2);
  });

  test('popularity: nobody’s film has no pull, and more watches have more', () => {
    const world = worldView([], { watchesOf: (film) => (film === A ? 0 : film === B ? 4 : 40), watchesTotal: 80 });
    const { grounds } = mind.decide(ask.page({ ...situation(agentState()), world }, { films: [A, B, C] }));
    expect(term(grounds, A, 'popularity')).toBe(0);
    expect(term(grounds, B, 'popularity')).toBeGreaterThan(0);
    expect(term(grounds, C, 'popularity')).toBeGreaterThan(term(grounds, B, 'popularity'));
  });

  test('fatigue makes agents leave, and they say that they are tired', () => {
    const answers = Array.from({ length: 200 }, (_, seed) =>
      mind.decide(ask.page(situation(agentState({ fatigue: 4 })), {}, seed)),
    );
    const left = answers.filter((answer): answer is PageAnswer & { do: 'leave' } => answer.do === 'leave');
    expect(left.length).toBeGreaterThan(100);
    expect(new Set(left.map((answer) => answer.reason))).toEqual(new Set(['tired']));
  });

  test('after a film one leaves content; in a bad mood dissatisfied, and the worse for it', () => {
    const reasons = (own: Parameters<typeof situation>[2]): Set<string> =>
      new Set(
        Array.from({ length: 200 }, (_, seed) =>
          mind.decide(ask.page(situation(agentState(), [], own), { films: [A, B] }, seed)),
        ).flatMap((answer) => (answer.do === 'leave' ? [`${answer.reason} ${answer.satisfaction}`] : [])),
      );
    expect(reasons({ watched: [C], satisfaction: 0.8 })).toEqual(new Set(['content 0.8']));
    expect(reasons({ satisfaction: 0.1 })).toEqual(new Set(['dissatisfied 0.09']));
  });

  test('a film found by a search that has been watched is no option', () => {
    const agent = agentState({ watched: [watch(A)] });
    const { grounds } = mind.decide(ask.page(situation(agent), { source: 'search', films: [A, B] }));
    expect(grounds.options).toEqual([B, ACTION.nextPage, ACTION.search, ACTION.leave]);
  });

  test('place: an inbox pulls to friends, nobody without contacts goes there, nobody quits without churn', () => {
    const place = (own: Parameters<typeof agentState>[0], parameters = {}): ((option: number) => number) =>
      shares(400, (seed) =>
        choiceMind(parameters).decide(ask.place(situation(agentState({ lastActive: 4, ...own })), seed)),
      );
    const letters = Array.from({ length: 5 }, (_, at) => ({
      from: 2,
      channel: 'chat' as const,
      text: '',
      films: [],
      position: 40 + at,
    }));
    const quiet = place({ contacts: [friend(2)] });
    expect(place({ contacts: [friend(2)], inbox: letters, inboxRound: 4 })(ACTION.social)).toBeGreaterThan(
      quiet(ACTION.social) + 0.1,
    );
    expect(place({ contacts: [friend(2)], inbox: letters, inboxRound: 3 })(ACTION.social)).toBe(quiet(ACTION.social));
    expect(place({})(ACTION.social)).toBe(0);
    expect(quiet(ACTION.quit)).toBe(0);
    expect(place({ satisfaction: 0.1 }, { churn: 0.1 })(ACTION.quit)).toBeGreaterThan(
      place({ satisfaction: 0.9 }, { churn: 0.1 })(ACTION.quit),
    );
  });

  test('place: rest undoes fatigue round by round', () => {
    const rested = (lastActive: number): number =>
      mind.decide(ask.place(situation(agentState({ fatigue: 2, lastActive })))).fatigue;
    expect(rested(4)).toBe(1.2);
    expect(rested(3)).toBe(0.72);
  });

  test('place: news since the last active round move tastes, once, toward what friends praise', () => {
    const genres = CATALOGUE.genresOf(A);
    const answer = (own: Partial<Mention>): Answer =>
      mind.decide(ask.place(situation(agentState({ lastActive: 3, contacts: [friend(2)], heard: [mention(own)] }))));
    expect(answer({})).toMatchObject({ taste: { genres }, because: [{ role: 'told-by', position: 50 }] });
    expect((answer({}) as { taste: { values: readonly number[] } }).taste.values.every((value) => value > 0)).toBe(
      true,
    );
    expect(
      (answer({ liking: -1 }) as { taste: { values: readonly number[] } }).taste.values.every((value) => value < 0),
    ).toBe(true);
    expect(answer({ round: 2 })).toMatchObject({ taste: { genres: [], values: [] }, because: [] });
  });

  test('rating: a critic never gives more stars with the same luck, a liker of its genres never fewer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FILMS), fc.integer({ min: 0, max: 9999 }), (film, seed) => {
        const stars = (agent = agentState()): number => mind.decide(ask.reaction(situation(agent), film, seed)).rating;
        expect(stars(withFeatures({ critic: true }))).toBeLessThanOrEqual(stars());
        expect(stars(agentState({ taste: CATALOGUE.genres.map(() => 1) }))).toBeGreaterThanOrEqual(stars());
      }),
      { numRuns: 200 },
    );
  });

  test('rating: satisfaction moves toward the experience, tastes toward films enjoyed', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { fatigue, feeling, rating, satisfaction, taste } = mind.decide(
        ask.reaction(situation(agentState()), A, seed),
      );
      expect(Math.sign(satisfaction - 0.5)).toBe(Math.sign(rating - 3));
      expect(taste.values.every((value) => Math.sign(value) === Math.sign(rating - 3))).toBe(true);
      expect(fatigue).toBe(0.4);
      expect(feeling).toMatch(/^[^{}]{10,}[.!?]$/);
    }
  });

  test('RecAgent fault 5: a search is for the exact title of a film heard of, not one whose title contains it', () => {
    const seven = CATALOGUE.films.find((film) => film.title === 'Seven')?.id as number;
    const agent = { ...withFeatures({ explorer: true }), contacts: [friend(2)], heard: [mention({ film: seven })] };
    const answers = Array.from({ length: 400 }, (_, seed) =>
      mind.decide(ask.page(situation(agent), { films: [A] }, seed)),
    );
    const told = answers.filter(
      (answer): answer is PageAnswer & { do: 'search' } =>
        answer.do === 'search' && answer.because.some((cause) => cause.role === 'told-by'),
    );
    expect(told.length).toBeGreaterThan(5);
    expect(new Set(told.map((answer) => answer.query))).toEqual(new Set(['Seven']));
  });

  test('company: the closer contact is chatted with more, both speak of what they watched', () => {
    const others = [
      agentState({ id: 2, watched: [watch(B, { rating: 1, position: 70 })] }),
      agentState({ id: 3, watched: [watch(C, { position: 71 })] }),
    ];
    const agent = agentState({ contacts: [friend(2, 0.9), friend(3, 0.1)], watched: [watch(A, { rating: 5 })] });
    const at = situation(agent, others);
    const share = shares(400, (seed) => mind.decide(ask.social(at, seed)));
    expect(share(2)).toBeGreaterThan(1.5 * share(3));
    const chats = Array.from({ length: 100 }, (_, seed) => mind.decide(ask.social(at, seed))).filter(
      (answer) => 'partner' in answer && answer.partner === 2,
    );
    expect(chats[0]).toMatchObject({
      because: [
        { role: 'recalled', position: 60 },
        { role: 'recalled', position: 70 },
      ],
    });
    const turns = chats[0] !== undefined && 'turns' in chats[0] ? chats[0].turns : [];
    expect(turns.slice(0, 2)).toMatchObject([
      { from: 1, films: [A], liking: [1] },
      { from: 2, films: [B], liking: [-1] },
    ]);
    expect(new Set(chats.map((answer) => ('turns' in answer ? answer.turns[0]?.text : ''))).size).toBeGreaterThan(2);
  });

  test('parameters: unknown keys and values out of range are refused all at once; defaults are filled in', () => {
    expect(choiceParametersSchema.parse({ tasteWeight: 2 })).toMatchObject({ tasteWeight: 2, rankWeight: 0.35 });
    const result = choiceParametersSchema.safeParse({ tasteWeight: 99, churn: 'much', flavour: 1 });
    expect(result.error?.issues).toHaveLength(3);
    expect(() => choiceMind({ churn: 2 })).toThrow('churn');
  });
});

test('docs/choice-model.md lists every parameter of the choice model with its default', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/choice-model.md'), 'utf8');
  const missing = Object.entries(choiceParametersSchema.parse({})).filter(
    ([name, value]) => !page.includes(`| \`${name}\` | ${value} |`),
  );
  expect(missing).toEqual([]);
});

/** A recommender that serves films in order of id. */
const inOrder: Model = {
  digest: '0'.repeat(64),
  count: 0,
  recommend: ({ count, excluded }) => {
    const films = FILMS.filter((film) => ((excluded[film >>> 5] ?? 0) >>> (film & 31)) % 2 === 0).slice(0, count);
    return { films, scores: films.map(() => 0) };
  },
  explains: 'nothing',
  explain: () => [],
  toBytes: () => new Uint8Array(),
};

/** Events of a run of 40 agents, who all bear one name, over the rounds. */
async function play(playedBy: PromptMind, rounds: number): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  const made = generatePopulation({ agents: 40, seed: 2, catalogue: CATALOGUE });
  const population = made.map(({ id, joined }) => ({
    id,
    joined: { ...joined, persona: { ...joined.persona, name: 'Mary Major' } },
  }));
  const recommender = { name: 'in order', parameters: {}, train: () => inOrder, load: () => inOrder };
  const search = () => ({
    name: 'titles',
    index: () => ({
      find: (query: string) =>
        CATALOGUE.films
          .filter((film) => film.title === query || film.genres.includes(query))
          .map((film) => film.id)
          .slice(0, 5),
    }),
  });
  const simulation = new Simulation(
    { recommender: () => recommender, mind: () => playedBy, search, concurrency: 1 },
    { append: async (batch) => void events.push(...batch.events) },
    CATALOGUE,
  );
  await simulation.start({ config: { ...CONFIG, agents: 40 }, population, engine: 'test', behaviour: [] });
  for (let round = 1; round <= rounds; round++) await simulation.round([]);
  return events;
}

describe('in the loop', () => {
  test(
    'RecAgent faults 2 and 4: only films of the page are watched, ' +
      'and posts reach exactly the contacts, though all bear one name',
    async () => {
      const events = await play(mind, 12);
      const joined = new Map(
        events.flatMap((event) =>
          event.type === 'AgentJoined'
            ? [[event.agent, event.data.contacts.map((contact) => contact.agent)] as const]
            : [],
        ),
      );
      const watched = events.flatMap((event) => (event.type === 'FilmWatched' ? [event.data.film] : []));
      expect(watched.length).toBeGreaterThan(100);
      expect(watched.every((film) => CATALOGUE.film(film) !== undefined)).toBe(true);
      const posts = events.flatMap((event) =>
        event.type === 'MessageSent' && event.data.channel === 'post' ? [event] : [],
      );
      expect(posts.length).toBeGreaterThan(0);
      for (const post of posts) expect(post.data.to).toEqual(joined.get(post.agent));
      expect(new Set(events.map((event) => event.type)).size).toBeGreaterThanOrEqual(14);
    },
  );

  test('L10 every cause of every event lies before it', async () => {
    for (const event of await play(mind, 6))
      for (const { position } of event.causes) expect(position >= 0 && position < event.position).toBe(true);
  });
});

const SCRIPT = {
  rules: [
    {
      agents: [1],
      rounds: [5],
      pages: ['next', { watch: { rank: 2 } }, { search: 'Heat' }, { watch: { film: A } }],
      rate: 5,
      feeling: 'Wonderful.',
    },
    {
      agents: [1, 2],
      rounds: { from: 6, to: 9 },
      social: { chat: 3, turns: [{ text: 'Seen it?', films: [A], liking: [0.5] }, { text: 'No.' }] },
    },
    { agents: [1], rounds: 'all', social: { post: { text: 'Hello all' } } },
  ],
};

describe('scripted minds', () => {
  const scripted = scriptedMind(SCRIPT);
  const at = (round: number, pages = 0, agent = agentState({ contacts: [friend(3)] })) => ({
    ...situation(agent, [], { pages }),
    world: worldView([], { round }),
  });

  test('do what the first fitting rule says', () => {
    expect(scripted.decide(ask.place(at(5)))).toMatchObject({ place: 'recommender' });
    expect(scripted.decide(ask.page(at(5)))).toMatchObject({ do: 'next' });
    expect(scripted.decide(ask.page(at(5, 1), { films: [C, B] }))).toMatchObject({ do: 'watch', film: B });
    expect(scripted.decide(ask.page(at(5, 2)))).toMatchObject({ do: 'search', query: 'Heat' });
    expect(scripted.decide(ask.reaction(at(5), B))).toMatchObject({ rating: 5, feeling: 'Wonderful.' });
    expect(scripted.decide(ask.place(at(6)))).toMatchObject({ place: 'social' });
    expect(scripted.decide(ask.social(at(6)))).toMatchObject({
      do: 'chat',
      partner: 3,
      turns: [
        { from: 1, films: [A], liking: [0.5] },
        { from: 3, films: [], liking: [] },
      ],
    });
    expect(scripted.decide(ask.social(at(1)))).toMatchObject({ do: 'post', post: { from: 1, text: 'Hello all' } });
  });

  test('fall back to idling, leaving and silence', () => {
    const stranger = agentState({ id: 9 });
    expect(scripted.decide(ask.place(at(5, 0, stranger)))).toMatchObject({ place: 'idle' });
    expect(scripted.decide(ask.page(at(5, 4)))).toMatchObject({ do: 'leave' });
    expect(scripted.decide(ask.page(at(5), { mayContinue: false }))).toMatchObject({ do: 'leave' });
    expect(scripted.decide(ask.page(at(5, 3), { films: [B] }))).toMatchObject({ do: 'leave' });
    expect(scripted.decide(ask.social(at(6, 0, stranger)))).toMatchObject({ do: 'silence' });
    expect(scripted.decide(ask.social(at(6, 0, agentState())))).toMatchObject({ do: 'silence' });
  });

  test('list every fault of a script', () => {
    const wrong = {
      rules: [
        { agents: [], rate: 6 },
        { social: { post: { text: 'x', films: [1, 2], liking: [1] } }, mood: 'good' },
      ],
    };
    let thrown: unknown;
    try {
      scriptedMind(wrong);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvalidScript);
    const paths = (thrown as InvalidScript).faults.map((fault) => fault.path);
    expect(paths.length).toBeGreaterThanOrEqual(4);
    expect(paths).toEqual(expect.arrayContaining([expect.stringContaining('rules.0.agents'), 'rules.0.rate']));
    expect(() => scriptedMind('nothing')).toThrow(InvalidScript);
  });

  test('stop at a film that is not in the catalogue', () => {
    const speaks = scriptedMind({ rules: [{ social: { post: { text: 'x', films: [999] } } }] });
    expect(() => speaks.decide(ask.social(at(1)))).toThrow(UnplayableScript);
  });

  test('outside the process: the same decisions, after JSON and a promise', async () => {
    const outside = scriptedOutsideMind(SCRIPT, { delayMs: 1 });
    for (const question of [
      ask.place(at(5)),
      ask.page(at(5)),
      ask.page(at(5, 1)),
      ask.reaction(at(5), A),
      ask.social(at(6)),
      ask.social(at(1)),
    ]) {
      const dialogue = outside.decide(question);
      const request = requestIn(dialogue);
      const reply = await outside.ask(JSON.parse(JSON.stringify(request.content)));
      expect(reply.tokensIn).toBeGreaterThan(0);
      expect(dialogue.next(request.read(reply.text))).toEqual({ done: true, value: scripted.decide(question) });
    }
  });

  test.each([
    '',
    'watch film 3',
    '{"do":"watch"}',
    '{"do":"watch","film":999}',
    '{"do":"watch","film":3,"why":"?"}',
    '{"do":"next"',
    '[]',
    '{"place":"idle"}',
    '{"do":"search","query":""}',
  ])('outside the process: %j is no answer to a page', (text) => {
    const outside = scriptedOutsideMind(SCRIPT);
    const page = ask.page(at(5), { films: [A, B].filter((film) => film !== 999), mayContinue: false });
    expect(requestIn(outside.decide(page)).read(text)).toBeNull();
  });
});
