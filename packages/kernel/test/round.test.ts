/**
 * The round itself: given a world, when agents act, then these events are logged. Read from top to bottom it says what
 * a round is. Below: the law that decisions are recalled as they were recorded, and the law that the order in which
 * turns come back does not matter.
 */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ByteWriter } from '../src/encoding/bytes.ts';
import { eventCodec } from '../src/events/codec.ts';
import { groundsField } from '../src/events/grounds.ts';
import {
  type Act,
  actHere,
  type AnswerTo,
  type Cause,
  CURRENT_BEHAVIOUR,
  DECISION_TYPES,
  eventCatalogue,
  FilmCatalogue,
  type Grounds,
  InvalidAnswer,
  isDecision,
  type LogEvent,
  LuckOf,
  type Mind,
  type Packet,
  type PageQuestion,
  type PlaceQuestion,
  type Question,
  type ReactionQuestion,
  reasoned,
  recall,
  record,
  type SocialQuestion,
  type TasteShift,
} from '../src/index.ts';
import { arbitraryEvent } from '../src/testing/arbitrary-event.ts';
import { arbitraryValue } from '../src/testing/store-values.ts';
import {
  because,
  causeLine,
  chats,
  type Given,
  goesTo,
  keepsSilent,
  leaves,
  line,
  type Played,
  played,
  posts,
  rates,
  type Script,
  searches,
  type Step,
  turnsPage,
  watches,
} from './scripted-round.ts';

/** What one agent does, and what comes of it. Round 1 begins at minute 480. */
interface Rule {
  readonly given?: Given;
  readonly when: readonly Step[] | Script;
  /** The lines of the round that belong to agents, without the number of agent 0. */
  readonly so: readonly string[];
}

const rules: { readonly [rule: string]: Rule } = {
  'an agent may do nothing': { when: [goesTo('idle')], so: ['PlaceChosen idle'] },
  'or leave for good': { when: [goesTo('quit')], so: ['AgentLeft'] },
  'a visit is pages of a slate; what was shown is not shown again': {
    when: [goesTo('recommender'), turnsPage(), leaves('content')],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'PageTurned page 1',
      'SlateServed page 1: 4 5 6',
      'VisitLeft content',
    ],
  },
  'a film that is watched is rated, and takes two hours': {
    when: [goesTo('recommender'), watches(2), rates(5), leaves('tired')],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'FilmWatched 2 rank 2 until 600',
      'FilmRated 2 stars 5',
      'SlateServed page 1: 4 5 6',
      'VisitLeft tired',
    ],
  },
  'a visit ends by itself at the limit of watches': {
    when: [goesTo('recommender'), watches(1), rates(3), watches(6), rates(1)],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'FilmWatched 1 rank 1 until 600',
      'FilmRated 1 stars 3',
      'SlateServed page 1: 4 5 6',
      'FilmWatched 6 rank 3 until 720',
      'FilmRated 6 stars 1',
      'VisitLeft watch limit',
    ],
  },
  'and at the limit of pages': {
    given: { config: { visit: { pages: 2, watches: 2 } } },
    when: [goesTo('recommender'), turnsPage(), turnsPage()],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'PageTurned page 1',
      'SlateServed page 1: 4 5 6',
      'PageTurned page 2',
      'VisitLeft page limit',
    ],
  },
  'a search puts what it finds in place of the next page': {
    when: [goesTo('recommender'), searches('Film 1'), watches(10), rates(4), leaves('content')],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'SearchMade Film 1',
      'SearchAnswered 1 10 11',
      'FilmWatched 10 rank 2 until 600',
      'FilmRated 10 stars 4',
      'SlateServed page 2: 4 5 6',
      'VisitLeft content',
    ],
  },
  'a search that finds nothing leads back to the slates': {
    when: [goesTo('recommender'), searches('Metropolis'), leaves('dissatisfied')],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'SearchMade Metropolis',
      'SearchAnswered nothing',
      'SlateServed page 1: 4 5 6',
      'VisitLeft dissatisfied',
    ],
  },
  'a search on the last page only turns it': {
    given: { config: { visit: { pages: 1, watches: 2 } } },
    when: [goesTo('recommender'), searches('Film 1')],
    so: ['PlaceChosen recommender', 'SlateServed page 0: 1 2 3', 'PageTurned page 1', 'VisitLeft page limit'],
  },
  'films that run out come back in another sweep, but for what was watched and what this visit has shown': {
    given: { films: 7, history: { 0: [2] }, before: [{ 0: [goesTo('recommender'), turnsPage(), leaves('content')] }] },
    when: [goesTo('recommender'), turnsPage(), leaves('content')],
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 3 4 sweep 1',
      'PageTurned page 1',
      'SlateServed page 1: 5 6 7 sweep 1',
      'VisitLeft content',
    ],
  },
  'nothing is left when everything was watched': {
    given: { films: 2, history: { 0: [1, 2] } },
    when: [goesTo('recommender')],
    so: ['PlaceChosen recommender', 'VisitLeft nothing left'],
  },
  'a chat is heard by the other of the two, turn by turn': {
    given: { contacts: { 0: [2] } },
    when: [goesTo('social'), chats(2, 'Hello', 'Hello to you', 'Bye')],
    so: [
      'PlaceChosen social',
      'ChatStarted with 2 until 540',
      'MessageSent from 0 to 2: Hello',
      'MessageSent from 2 to 0: Hello to you',
      'MessageSent from 0 to 2: Bye',
    ],
  },
  'a post goes to all contacts': {
    given: { contacts: { 0: [2, 1] } },
    when: [goesTo('social'), posts('See it')],
    so: ['PlaceChosen social', 'PostMade until 486', 'MessageSent from 0 to 2 1: See it'],
  },
  'one may also have nothing to say': {
    when: [goesTo('social'), keepsSilent],
    so: ['PlaceChosen social', 'StayedSilent'],
  },
  'who has left for good is never asked again': {
    given: { before: [{ 0: [goesTo('quit')] }] },
    when: { 1: [goesTo('idle')] },
    so: ['1 PlaceChosen idle', '2 PlaceChosen idle'],
  },
  'nor is who is still busy: two films of two hours each, and a round of three hours': {
    given: {
      config: { clock: { start: 8, interval: 3 } },
      before: [{ 0: [goesTo('recommender'), watches(1), rates(3), watches(4), rates(3)] }],
    },
    when: { 1: [goesTo('idle')] },
    so: ['1 PlaceChosen idle', '2 PlaceChosen idle'],
  },
  'agents act on one and the same world: their events come in order of agent': {
    given: { contacts: { 0: [1], 1: [0] } },
    when: {
      1: [goesTo('social'), posts('I am first')],
      0: [goesTo('recommender'), watches(1), rates(2), leaves('tired')],
    },
    so: [
      'PlaceChosen recommender',
      'SlateServed page 0: 1 2 3',
      'FilmWatched 1 rank 1 until 600',
      'FilmRated 1 stars 2',
      'SlateServed page 1: 4 5 6',
      'VisitLeft tired',
      '1 PlaceChosen social',
      '1 PostMade until 486',
      '1 MessageSent from 1 to 0: I am first',
      '2 PlaceChosen idle',
    ],
  },
};

const isList = (when: Rule['when']): when is readonly Step[] => Array.isArray(when);
/** Lines of turns; those of agent 0 without its number. */
const turnsOf = ({ round }: Played): string[] =>
  round
    .filter(({ agent, type }) => agent !== null && type !== 'InterventionApplied')
    .map((event) => line(event).replace(/^0 /, ''));

describe('a round', () => {
  test.each(Object.entries(rules))('%s', async (_, { given = {}, when, so }) => {
    const turns = turnsOf(await played(given, isList(when) ? { 0: when } : when));
    // Where only agent 0 is spoken of, the others idle.
    expect(isList(when) ? turns.filter((each) => !/^\d/.test(each)) : turns).toEqual(so);
  });

  test('is opened, trained, acted and closed', async () => {
    const { round } = await played({ agents: 1, history: { 0: [3] } }, { 0: [goesTo('idle')] });
    expect(round.map(line)).toEqual([
      'system RoundOpened minute 480',
      'system RecommenderTrained by id model 1 on 1',
      '0 PlaceChosen idle',
      'system RoundClosed active 1',
    ]);
  });

  test('moves the clock by the interval', async () => {
    const { events } = await played({ before: [{}, {}] });
    expect(events.filter(({ type }) => type === 'RoundOpened').map(line)).toEqual([
      'system RoundOpened minute 480',
      'system RoundOpened minute 780',
      'system RoundOpened minute 1080',
    ]);
  });
});

describe('a turn knows', () => {
  test('how far it has come: the step, pages, watches, mood and taste of every question', async () => {
    const met: unknown[] = [];
    const shift: TasteShift = { genres: [0], values: [0.5] };
    const mind: Mind = {
      name: 'noting',
      decide<Q extends Question>(question: Q): AnswerTo<Q> {
        const { kind, progress } = question;
        const { step, pages, watched, satisfaction, fatigue, taste } = progress;
        met.push([kind, step, pages, [...watched], satisfaction, fatigue, [...taste]]);
        const answered = { grounds: reasoned(''), because: [] };
        const answer = (): unknown => {
          if (kind === 'place') return { place: 'recommender', fatigue: 0.25, taste: shift };
          if (kind === 'reaction')
            return { rating: 4, feeling: '', satisfaction: 0.75, fatigue: 1, taste: { genres: [], values: [] } };
          return pages === 0 ? { do: 'watch', film: 1 } : { do: 'leave', reason: 'content', satisfaction };
        };
        return { ...answered, ...(answer() as object) } as unknown as AnswerTo<Q>;
      },
    };
    await played({ agents: 1 }, {}, mind);
    expect(met).toEqual([
      ['place', 0, 0, [], 0.5, 0, [0]],
      ['page', 1, 0, [], 0.5, 0.25, [0.5]],
      ['reaction', 2, 1, [1], 0.5, 0.25, [0.5]],
      ['page', 3, 1, [1], 0.75, 1, [0.5]],
    ]);
  });

  test('what was said in the round before, and nothing of its own', async () => {
    const inbox: unknown[] = [];
    const mind: Mind = {
      name: 'posting',
      decide<Q extends Question>(question: Q): AnswerTo<Q> {
        const { agent, kind, world } = question;
        if (kind === 'place')
          inbox.push([world.round, agent.id, agent.inboxRound, agent.inbox.map(({ text }) => text)]);
        const answered = { grounds: reasoned(''), because: [] };
        if (kind === 'place') return { ...answered, ...goesTo('social').answer(question) } as unknown as AnswerTo<Q>;
        const post = { from: agent.id, text: `${agent.id} in ${world.round}`, films: [], liking: [] };
        return { ...answered, do: 'post', post, minutes: 6 } as unknown as AnswerTo<Q>;
      },
    };
    await played({ agents: 2, contacts: { 0: [1], 1: [0] }, before: [{}] }, {}, mind);
    expect(inbox).toEqual([
      [1, 0, 0, []],
      [1, 1, 0, []],
      [2, 0, 1, ['1 in 1']],
      [2, 1, 1, ['0 in 1']],
    ]);
  });
});

describe('causes', () => {
  const causesIn = ({ events, round }: Played): string[] =>
    round.filter(({ agent }) => agent === 0).map((event) => `${event.type}: ${causeLine(event, events)}`);

  test('lead from each event of a turn to the decision before it, and from a watch to where it was shown', async () => {
    const run = await played(
      { agents: 1 },
      { 0: [goesTo('recommender'), searches('Film 1'), watches(10), rates(3), leaves('content')] },
    );
    expect(causesIn(run)).toEqual([
      'PlaceChosen: follows RoundOpened',
      'SlateServed: follows PlaceChosen, ranked-by RecommenderTrained',
      'SearchMade: follows PlaceChosen',
      'SearchAnswered: follows SearchMade',
      'FilmWatched: shown-in SearchAnswered, follows SearchMade',
      'FilmRated: follows FilmWatched',
      'SlateServed: follows FilmRated, ranked-by RecommenderTrained',
      'VisitLeft: follows FilmRated',
    ]);
  });

  test('are what the mind names, too', async () => {
    const run = await played(
      { agents: 2, contacts: { 1: [0] }, before: [{ 1: [goesTo('social'), posts('See it')] }] },
      { 0: [because([{ role: 'told-by', position: 9 }], goesTo('idle'))] },
    );
    expect(causesIn(run)).toEqual(['PlaceChosen: follows RoundOpened, told-by MessageSent']);
  });

  test('are explanations of a page, by reference', async () => {
    const ranking: Given['ranking'] = (ranked) => ({
      ...ranked,
      explanations: ranked.films.map((film) => ({ text: `See ${film}`, films: [], friends: [] })),
    });
    // The reference of the third event of the turn.
    const run = await played(
      { agents: 1, ranking },
      {
        0: [
          goesTo('recommender'),
          because([{ role: 'told-by', position: -3, weight: 0.5 }], watches(1)),
          rates(1),
          leaves('content'),
        ],
      },
    );
    expect(causesIn(run).slice(1, 4)).toEqual([
      'SlateServed: follows PlaceChosen, ranked-by RecommenderTrained',
      'SlateExplained: follows SlateServed',
      'FilmWatched: shown-in SlateServed, follows PlaceChosen, told-by SlateExplained',
    ]);
    expect(run.round.find(({ type }) => type === 'FilmWatched')?.causes.at(-1)?.weight).toBe(0.5);
  });

  test('are answers from outside: those to a ranking that was too short, too', async () => {
    const ranking: Given['ranking'] = (ranked) => ({
      ...ranked,
      outside: [{ request: `for ${ranked.films.length}`, answer: '{}' }],
    });
    const run = await played(
      { agents: 1, films: 4, ranking },
      { 0: [goesTo('recommender'), turnsPage(), leaves('content')] },
    );
    expect(causesIn(run)).toEqual([
      'PlaceChosen: follows RoundOpened',
      'RecommenderAnswered: follows PlaceChosen',
      'SlateServed: follows PlaceChosen, ranked-by RecommenderTrained, answered-by RecommenderAnswered',
      'PageTurned: follows PlaceChosen',
      'RecommenderAnswered: follows PageTurned',
      'RecommenderAnswered: follows PageTurned',
      'SlateServed: follows PageTurned, ranked-by RecommenderTrained, answered-by RecommenderAnswered',
      'VisitLeft: follows PageTurned',
    ]);
  });

  test('are interventions: on all agents, on one, or through the slates', async () => {
    const run = await played({
      agents: 2,
      interventions: [
        { key: 'visit.watches', value: 1 },
        { key: 'agent.1.taste', value: [1] },
        { key: 'slate.size', value: 2 },
      ],
      before: [{}],
      config: { recommender: { name: 'by id', trainEvery: 9 } },
    });
    expect(run.round.map((event) => `${line(event)}: ${causeLine(event, run.events)}`)).toEqual([
      'system RoundOpened minute 780: follows RoundClosed',
      'system InterventionApplied visit.watches: follows RoundOpened',
      '1 InterventionApplied agent.1.taste: follows RoundOpened',
      'system InterventionApplied slate.size: follows RoundOpened',
      'system RecommenderTrained by id model 2 on 0: ' +
        'follows RoundOpened, trained-on RoundClosed, intervened-by InterventionApplied',
      '0 PlaceChosen idle: follows RoundOpened, intervened-by InterventionApplied',
      '1 PlaceChosen idle: follows RoundOpened, intervened-by InterventionApplied, intervened-by InterventionApplied',
      'system RoundClosed active 2: follows RoundOpened',
    ]);
  });
});

describe('training', () => {
  const trained = ({ events }: Played): number[] =>
    events.filter(({ type }) => type === 'RecommenderTrained').map(({ round }) => round);

  test('is due every so many rounds, and each model follows the one before it', async () => {
    const run = await played({ config: { recommender: { name: 'by id', trainEvery: 2 } }, before: [{}, {}, {}, {}] });
    expect(trained(run)).toEqual([1, 3, 5]);
    expect(run.trainings.map(({ previous }) => previous?.digest ?? null)).toEqual([null, 'after 0', 'after 0']);
  });

  test('forgets the model before where the schedule says so', async () => {
    const run = await played({
      config: { recommender: { name: 'by id', trainEvery: 1, retrainEvery: 2 } },
      before: [{}, {}, {}],
    });
    expect(run.trainings.map(({ previous }) => previous === null)).toEqual([true, false, true, false]);
  });

  test('is due at once when the recommender or the films are changed, and starts anew', async () => {
    const schedule = { recommender: { name: 'by id', trainEvery: 9 } };
    const run = await played({ config: schedule, before: [{}], interventions: [{ key: 'item.remove', value: 3 }] });
    expect(trained(run)).toEqual([1, 2]);
    expect(run.trainings.at(-1)).toMatchObject({ previous: null, catalogue: { size: 11 } });
  });

  test('knows what was watched up to the round before', async () => {
    const { trainings } = await played(
      { agents: 1, before: [{ 0: [goesTo('recommender'), watches(1), rates(5), leaves('content')] }] },
      { 0: [goesTo('idle')] },
    );
    expect(trainings.map(({ count }) => count)).toEqual([0, 1]);
  });
});

describe('an answer that the question does not allow ends the run', () => {
  test.each<[string, Step[], Given, RegExp]>([
    [
      'a film that is not on the page',
      [goesTo('recommender'), watches(9)],
      {},
      /agent 0 in round 1 watched film 9.*1, 2, 3/,
    ],
    [
      'a chat with somebody who is no contact',
      [goesTo('social'), chats(1, 'Hello')],
      { contacts: { 0: [2] } },
      /agent 0 in round 1 chats with 1/,
    ],
  ])('%s', async (_, steps, given, message) => {
    const playing = played(given, { 0: steps });
    await expect(playing).rejects.toThrow(message);
    await expect(playing).rejects.toBeInstanceOf(InvalidAnswer);
    await expect(playing).rejects.toMatchObject({ name: 'InvalidAnswer', code: 'INVALID_ANSWER' });
  });
});

describe('decisions', () => {
  const grounds = arbitraryValue(groundsField.schema) as fc.Arbitrary<Grounds>;
  const taste = arbitraryValue(eventCatalogue.FilmRated.data.shape.taste.schema) as fc.Arbitrary<TasteShift>;
  const thousandths = fc.integer({ min: 0, max: 5000 }).map((value) => value / 1000);
  const films = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
  const contacts = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  const words = fc.string({ unit: 'grapheme', maxLength: 20 });
  const spoken = films.chain((mentioned) =>
    fc.record({
      text: words,
      films: fc.constant(mentioned),
      liking: fc.constant(mentioned.map((film) => (film % 3) - 1)),
    }),
  );
  /** Positions before that of the decision. */
  const moving = fc.array(
    fc.record({ role: fc.constantFrom('told-by' as const, 'recalled' as const), position: fc.nat(98) }),
    { maxLength: 4 },
  );
  const ME = 0;

  const asked = fc
    .record({
      pages: fc.nat(5),
      watched: films,
      satisfaction: thousandths,
      fatigue: thousandths,
      contacts,
      clock: fc.nat(100_000),
    })
    .map(({ pages, watched, satisfaction, fatigue, clock, contacts: known }) => {
      const agent = {
        id: ME,
        contacts: known.map((other) => ({ agent: other, relation: 'friend', closeness: 1 })),
      } as unknown as Question['agent'];
      const world = { round: 5, clock, catalogue: new FilmCatalogue([]), behaviour: CURRENT_BEHAVIOUR };
      return {
        agent,
        world: world as unknown as Question['world'],
        progress: { step: 1, pages, watched, satisfaction, fatigue, taste: [] },
        luck: new LuckOf(1, ME, 5),
      };
    });

  const onPlace = asked.chain((at) => {
    const question: PlaceQuestion = { ...at, kind: 'place' };
    // How tired somebody is who leaves for good is on no record.
    const leaving = fc.constant({
      place: 'quit' as const,
      fatigue: at.progress.fatigue,
      taste: { genres: [], values: [] },
    });
    const staying = fc.record({
      place: fc.constantFrom('recommender' as const, 'social' as const, 'idle' as const),
      fatigue: thousandths,
      taste,
    });
    return fc.tuple(fc.constant(question), fc.oneof(leaving, staying));
  });
  const onPage = fc.tuple(asked, films, fc.boolean()).chain(([at, shown, mayContinue]) => {
    const question: PageQuestion = { ...at, kind: 'page', source: 'slate', films: shown, mayContinue };
    const watching = fc.record({ do: fc.constant('watch' as const), film: fc.constantFrom(...shown) });
    const turning = fc.record({ do: fc.constant('next' as const), fatigue: thousandths });
    const leaving = fc.record({
      do: fc.constant('leave' as const),
      reason: fc.constantFrom('content' as const, 'tired' as const, 'dissatisfied' as const),
      satisfaction: thousandths,
    });
    const searching = fc.record({ do: fc.constant('search' as const), query: words });
    return fc.tuple(
      fc.constant(question),
      mayContinue ? fc.oneof(watching, turning, leaving, searching) : fc.oneof(watching, turning, leaving),
    );
  });
  const onReaction = fc
    .tuple(asked, fc.nat(50))
    .chain(([at, film]) =>
      fc.tuple(
        fc.constant<ReactionQuestion>({ ...at, kind: 'reaction', film }),
        fc.record({
          rating: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const),
          feeling: words,
          satisfaction: thousandths,
          fatigue: thousandths,
          taste,
        }),
      ),
    );
  const onSocial = asked.chain((at) => {
    const question: SocialQuestion = { ...at, kind: 'social' };
    const minutes = fc.nat(500);
    const posting = fc.record({
      do: fc.constant('post' as const),
      post: spoken.map((said) => ({ ...said, from: ME })),
      minutes,
    });
    const chatting = fc
      .constantFrom(...at.agent.contacts)
      .chain(({ agent: partner }) =>
        fc.record({
          do: fc.constant('chat' as const),
          partner: fc.constant(partner),
          turns: fc
            .array(spoken, { maxLength: 4 })
            .map((turns) => turns.map((said, turn) => ({ ...said, from: turn % 2 === 0 ? ME : partner }))),
          minutes,
        }),
      );
    return fc.tuple(fc.constant(question), fc.oneof(posting, chatting, fc.constant({ do: 'silence' as const })));
  });

  /** The event as a log gives it back, and what was said along with it. */
  function logged({ type, data }: ReturnType<typeof record>, moved: readonly Cause[]): LogEvent {
    const causes: readonly Cause[] = [{ role: 'follows', position: 1 }, ...moved, { role: 'answered-by', position: 2 }];
    const { version } = eventCatalogue[type];
    const writer = new ByteWriter();
    // Sound: the data belongs to the type.
    eventCodec.encode({ position: 99, round: 5, agent: ME, type, version, data, causes } as LogEvent, writer);
    return eventCodec.decode(writer.view(), 0, writer.length, 99);
  }

  const cases: { readonly [K in Question['kind']]: fc.Arbitrary<readonly [Question, object]> } = {
    place: onPlace,
    page: onPage,
    reaction: onReaction,
    social: onSocial,
  };

  test.each(Object.entries(cases))(
    'to the question of %s are recalled as they were recorded, and recorded as they were recalled',
    (_, each) => {
      fc.assert(
        fc.property(each, grounds, moving, ([question, said], why, moved) => {
          const answer = { ...said, grounds: why, because: moved } as unknown as AnswerTo<Question>;
          const recorded = record(question, answer);
          const event = logged(recorded, moved);
          expect(isDecision(event)).toBe(true);
          const recalled = recall(question, event, recorded.said);
          expect(recalled).toEqual(answer);
          expect(record(question, recalled)).toEqual(recorded);
          expect(event.data).toEqual(recorded.data);
        }),
        { numRuns: 300 },
      );
    },
  );

  test('are the events with grounds, but for visits that end by themselves', () => {
    const ends = new Set<unknown>(['page limit', 'watch limit', 'nothing left']);
    for (const type of Object.keys(eventCatalogue) as (keyof typeof eventCatalogue)[]) {
      fc.assert(
        fc.property(arbitraryEvent(type), (event) => {
          const endsItself = event.type === 'VisitLeft' && ends.has(event.data.reason);
          expect(isDecision(event)).toBe('grounds' in event.data && !endsItself);
          expect(DECISION_TYPES.some((decision) => decision === type)).toBe('grounds' in event.data);
        }),
        { numRuns: 20 },
      );
    }
  });

  test('nothing is recalled from an event that nobody decided', async () => {
    const { round } = await played(
      { agents: 1, config: { visit: { pages: 1, watches: 1 } } },
      { 0: [goesTo('recommender'), turnsPage()] },
    );
    const left = round.find(({ type }) => type === 'VisitLeft') as LogEvent;
    expect(() => recall({} as Question, left, [])).toThrow(/VisitLeft is no decision/);
  });
});

describe('L1 the acting of a round is a port', () => {
  const story: Given = {
    agents: 9,
    contacts: { 0: [1], 4: [0, 8] },
    before: [
      { 4: [goesTo('social'), posts('See it')], 2: [goesTo('recommender'), watches(1), rates(2), leaves('tired')] },
    ],
  };
  const script: Script = {
    0: [goesTo('social'), chats(1, 'Hello', 'Hello')],
    3: [goesTo('recommender'), searches('Film 1'), watches(11), rates(5), turnsPage(), leaves('content')],
    5: [goesTo('quit')],
    8: [because([{ role: 'told-by', position: 3 }], goesTo('recommender')), leaves('dissatisfied')],
  };

  /** Turns as another process would send them: copies, in any order, some at once and some later. */
  const elsewhere =
    (order: readonly number[], chunk: number): Act =>
    async (round, deliver) => {
      const packets: Packet[] = [];
      await actHere(round, (packet) => void packets.push(structuredClone(packet)));
      const shuffled = packets
        .map((packet, index) => ({ packet, key: order[index % order.length] as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ packet }) => packet);
      for (let from = 0; from < shuffled.length; from += chunk) {
        await new Promise((resolve) => setImmediate(resolve));
        for (const packet of shuffled.slice(from, from + chunk)) await deliver(packet);
      }
    };

  test('packets are plain data, and give the same digest in any order and in any chunks', async () => {
    const { digest, events } = await played(story, script);
    expect(events.length).toBeGreaterThan(40);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1000), { minLength: 9, maxLength: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (order, chunk) => {
          const run = await played({ ...story, act: elsewhere(order, chunk) }, script);
          expect(run.digest).toBe(digest);
          expect(run.events).toEqual(events);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('minds that answer later give the same digest at any concurrency', async () => {
    const { digest } = await played(story, script);
    for (const concurrency of [1, 2, 9])
      expect((await played({ ...story, later: true, concurrency }, script)).digest).toBe(digest);
  });

  test.each<[string, (packets: readonly Packet[]) => readonly Packet[], RegExp]>([
    ['one that is missing', (packets) => packets.slice(1), /no packet of 1 of 9 agents, first of 0/],
    ['a second one of an agent', (packets) => [...packets, packets[3] as Packet], /packet of agent 3/],
    ['a second one before its turn', (packets) => [packets[3] as Packet, ...packets.slice(3)], /packet of agent 3/],
    [
      'one of an agent that does not act',
      (packets) => [{ ...(packets[0] as Packet), agent: 77 }, ...packets],
      /packet of agent 77/,
    ],
  ])('packets are counted: %s ends the round', async (_, change, message) => {
    const act: Act = async (round, deliver) => {
      const packets: Packet[] = [];
      await actHere(round, (packet) => void packets.push(structuredClone(packet)));
      for (const packet of change(packets)) await deliver(packet);
    };
    await expect(played({ agents: 9, act })).rejects.toThrow(message);
  });

  describe('a large round is appended in several batches', () => {
    /** Turns pages until there are no more: 54,000 events in a round. */
    const restless = (later: boolean): Mind => ({
      name: 'restless',
      decide<Q extends Question>(question: Q): Promise<AnswerTo<Q>> | AnswerTo<Q> {
        const reply = question.kind === 'place' ? goesTo('recommender') : turnsPage();
        const given = { grounds: reasoned(''), because: [], ...reply.answer(question) } as unknown as AnswerTo<Q>;
        return later ? Promise.resolve(given) : given;
      },
    });
    const config = { slate: { size: 1, random: 0 }, visit: { pages: 900, watches: 1 } };
    const large: Given = { agents: 30, films: 900, config, concurrency: 8 };

    test('one after the other, whether minds answer at once or later', async () => {
      const first = await played(large, {}, restless(false));
      // Round 0, two within the round or at its close.
      expect(first.batches.length).toBe(3);
      let writing = 0;
      const slowly = async (): Promise<void> => {
        writing += 1;
        expect(writing).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        writing -= 1;
      };
      const run = await played({ ...large, append: slowly }, {}, restless(true));
      expect(run.digest).toBe(first.digest);
      expect(run.events.map(({ position }) => position)).toEqual(run.events.map((_, index) => index));
    });

    test('and a store that fails in between is heard, though nobody waits for it', async () => {
      let batches = 0;
      const append = (): Promise<void> => (++batches === 2 ? Promise.reject(new Error('no room')) : Promise.resolve());
      const hasty: Act = (round, deliver) => actHere(round, (packet) => void deliver(packet));
      for (const act of [undefined, hasty])
        for (const later of [false, true]) {
          batches = 0;
          await expect(played({ ...large, append, ...(act && { act }) }, {}, restless(later))).rejects.toThrow(
            'no room',
          );
          expect(batches).toBe(2);
        }
    });
  });
});
