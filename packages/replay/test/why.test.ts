import { beforeAll, describe, expect, test } from '@jest/globals';
import { choiceMind } from '@rashomon/agents';
import {
  type Answer,
  type AnswerTo,
  eventCatalogue,
  type EventOf,
  isDecision,
  LATEST_EDITION,
  type LogEvent,
  memoryStore,
  milli,
  type Mind,
  type Question,
  reasoned,
  RunLog,
  type Store,
} from '@rashomon/kernel';
import { retakeDecision } from '../src/why/retake.ts';
import { groundsOf, recordedAs } from '../src/why/deed.ts';
import { Opening } from '../src/why/opening.ts';
import { why } from '../src/why/why.ts';
import type { WhyCause, WhyReport } from '../src/reports.ts';
import { branch, configOf, fingerprint, portsOf, run } from './stage/stage.ts';
import { storeAround } from './store-around.ts';

const ports = portsOf();

/** Choice minds that talk a lot and are easily told. */
const talkative = (): Mind => choiceMind({ socialBase: 1, chatBase: 1, heardWeight: 4 });

function walk(causes: readonly WhyCause[]): readonly WhyCause[] {
  return causes.flatMap((cause) => [cause, ...walk(cause.causes)]);
}

async function eventsOf(store: Store, id: string): Promise<LogEvent[]> {
  return (await RunLog.open(store, id)).collect();
}

function first<T>(list: readonly T[], fits: (item: T) => boolean): T {
  const found = list.find(fits);
  if (found === undefined) throw new Error('nothing of the kind in this run');
  return found;
}

describe('why', () => {
  const store = memoryStore();
  let events: LogEvent[] = [];
  beforeAll(async () => {
    await run(store, 'a', configOf({ rounds: 10 }), { mind: talkative });
    events = await eventsOf(store, 'a');
  });

  test('L10 every cause listed exists and lies before what it caused, and every path ends in RunStarted', async () => {
    for (const { position, type } of events.filter((_, index) => index < 30 || index % 17 === 0)) {
      const report = await why(store, 'a', { position }, { ports, depth: 1000, width: 3 });
      const all = [{ ...report, influence: null, role: '' }, ...walk(report.causes)];
      const explained = new Set(all.filter(({ causes }) => causes.length > 0).map(({ event }) => event.position));
      for (const { event, causes, influence } of all) {
        expect(event).toEqual(events[event.position]);
        expect(Math.abs(influence ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
        for (const cause of causes) expect(cause.event.position).toBeLessThan(event.position);
        // Every event but the first goes on, here or where it stands nearer to the root.
        expect(explained.has(event.position)).toBe(event.type !== 'RunStarted');
      }
      expect(all.some(({ event }) => event.type === 'RunStarted')).toBe(true);
      expect(type === 'RunStarted').toBe(report.causes.length === 0);
    }
  });

  test('depth bounds the levels, width the messages and watches, and more counts the rest', async () => {
    const watched = first(
      [...events].reverse(),
      (event) => event.type === 'FilmWatched' && event.causes.filter(({ role }) => role === 'recalled').length > 1,
    );
    const level = (causes: readonly WhyCause[]): number =>
      causes.length === 0 ? 0 : 1 + Math.max(...causes.map((cause) => level(cause.causes)));
    for (const depth of [0, 1, 2, 3])
      expect(
        level((await why(store, 'a', { position: watched.position }, { ports, depth })).causes),
      ).toBeLessThanOrEqual(depth);
    const many = watched.causes.filter(({ role }) => role === 'recalled' || role === 'told-by').length;
    const narrow = await why(store, 'a', { position: watched.position }, { ports, depth: 1, width: 1 });
    expect(narrow.causes.filter(({ role }) => role === 'recalled' || role === 'told-by')).toHaveLength(1);
    expect(narrow.more).toBe(many - 1);
  });

  test(
    'trivial links are collapsed: ' +
      'a first watch names its page, what it heard and what it remembered, and no going out',
    async () => {
      const watched = first(
        events,
        (event) =>
          event.type === 'FilmWatched' && event.round === 2 && events[event.position - 2]?.type === 'PlaceChosen',
      );
      const { causes } = await why(store, 'a', { position: watched.position }, { ports });
      expect(causes[0]?.role).toBe('shown-in');
      expect(
        walk(causes)
          .filter(({ event }) => event.type === 'RoundOpened' || event.type === 'RoundClosed')
          .every(({ role }) => role === 'trained-on'),
      ).toBe(true);
      expect(
        walk(causes).some(
          ({ role, event }) => role === 'follows' && event.causes.length === 1 && event.type === 'PlaceChosen',
        ),
      ).toBe(false);
    },
  );

  test('a page leads to the model, and the model to the past watches that spoke for the film', async () => {
    let explained = 0;
    for (const watched of events) {
      if (watched.type !== 'FilmWatched' || watched.round < 5 || events[watched.position - 1]?.type !== 'SlateServed')
        continue;
      const { causes, summary } = await why(store, 'a', { position: watched.position }, { ports });
      const page = first(causes, ({ role }) => role === 'shown-in');
      expect(page.event).toMatchObject({ type: 'SlateServed', agent: watched.agent });
      const model = first(page.causes, ({ role }) => role === 'ranked-by');
      const trained = model.event as EventOf<'RecommenderTrained'>;
      const past = model.causes.filter(({ role, event }) => role === 'trained-on' && event.type !== 'RoundClosed');
      expect(model.more).toBe(trained.data.interactions - past.length);
      for (const { event, influence } of past) {
        expect(event).toMatchObject({ agent: watched.agent });
        expect(event.position).toBeLessThan(trained.position);
        expect(Math.abs(influence as number)).toBeGreaterThan(0);
      }
      expect(summary.includes(', most of all for having watched "Film')).toBe(
        past.some(({ event }) => event.type === 'FilmWatched'),
      );
      expect(summary).toContain(
        `Agent ${watched.agent} (agent ${watched.agent}) watched ` +
          `"Film ${watched.data.film}" (${1979 + watched.data.film}) in round ${watched.round}`,
      );
      expect(summary).toContain('by item-knn (model');
      explained += past.length;
    }
    expect(explained).toBeGreaterThan(10);
  });

  test('a model that was not kept is trained again for the explanation', async () => {
    const elsewhere = memoryStore();
    await run(elsewhere, 'a', configOf({ rounds: 10 }), { mind: talkative });
    const forgetful = storeAround(elsewhere, {
      artefacts: {
        get: async (digest) =>
          events.some(({ data }) => 'model' in data && 'digest' in data && data.digest === digest)
            ? undefined
            : elsewhere.artefacts.get(digest),
      },
    });
    const { position } = first([...events].reverse(), (event) => event.type === 'FilmWatched');
    expect(await why(forgetful, 'a', { position }, { ports })).toEqual(await why(store, 'a', { position }, { ports }));
  });

  test('an agent and a film: the latest watch, else the latest page that showed it, else nothing', async () => {
    const watched = first([...events].reverse(), (event) => event.type === 'FilmWatched') as EventOf<'FilmWatched'>;
    expect(
      (await why(store, 'a', { agent: watched.agent as number, item: watched.data.film }, { ports })).event,
    ).toEqual(watched);
    const agent = 1;
    const seen = new Set(
      events.flatMap((event) => (event.type === 'FilmWatched' && event.agent === agent ? [event.data.film] : [])),
    );
    const page = first(
      [...events].reverse(),
      (event) =>
        event.type === 'SlateServed' && event.agent === agent && event.data.films.some((film) => !seen.has(film)),
    ) as EventOf<'SlateServed'>;
    const item = first(page.data.films, (film) => !seen.has(film));
    const shown = await why(store, 'a', { agent, item }, { ports, butFor: true });
    expect(shown.event).toEqual(page);
    expect(shown.butFor).toEqual([]);
    expect(shown.summary).toContain(
      `"Film ${item}" (${1979 + item}) was shown to Agent 1 (agent 1) in round ${page.round}, ` +
        `ranked ${page.data.films.indexOf(item) + 1} of ${page.data.films.length} by item-knn`,
    );
    await expect(why(store, 'a', { agent, item: 999 }, { ports })).rejects.toMatchObject({
      code: 'EVENT_NOT_FOUND',
      message: expect.stringContaining('agent 1 watched film 999'),
    });
    await expect(why(store, 'a', { position: 1e6 }, { ports })).rejects.toMatchObject({ code: 'EVENT_NOT_FOUND' });
  });

  test('what is not decided is not tested', async () => {
    for (const type of ['RunStarted', 'RoundOpened', 'RecommenderTrained', 'AgentJoined'] as const) {
      expect(
        (
          await why(
            store,
            'a',
            { position: first(events, (event) => event.type === type).position },
            { ports, butFor: true },
          )
        ).butFor,
      ).toBeNull();
    }
  });

  test('every type of event has a sentence', async () => {
    const met = new Set(events.map(({ type }) => type));
    for (const type of met) {
      const { summary } = await why(
        store,
        'a',
        { position: first(events, (event) => event.type === type).position },
        { ports, depth: 1 },
      );
      expect(summary).toMatch(/in round \d+.*\.$/s);
    }
    expect(met.size).toBeGreaterThan(Object.keys(eventCatalogue).length / 2);
  });

  test('L8 asking why, tests included, leaves the store as it was', async () => {
    const before = await fingerprint(store);
    for (const { position } of events.filter(isDecision).slice(-20))
      await why(store, 'a', { position }, { ports: portsOf({ mind: talkative }), butFor: true });
    expect(await fingerprint(store)).toEqual(before);
  });

  test('L11 every decision of a run and of a branch, taken again unaltered, is the recorded one', async () => {
    await branch(store, 'b', {
      parent: 'a',
      forkRound: 7,
      rounds: 3,
      mind: talkative,
      interventions: [
        { key: 'recommender', value: 'popular' },
        { key: 'agent.2.taste', value: [1, 1, 1, 1, 1] },
        { key: 'slate.size', value: 5 },
      ],
    });
    let decisions = 0;
    for (const id of ['a', 'b']) {
      const log = await RunLog.open(store, id);
      for (let round = 1; round <= log.record.progress.rounds; round++) {
        for (let agent = 0; agent < 6; agent++) {
          const turn = (await log.collect({ agent, rounds: [round, round] })).filter(
            ({ type }) => type !== 'InterventionApplied',
          );
          const targets = turn.filter((event) => isDecision(event) && (groundsOf(event)?.options.length ?? 0) > 0);
          if (targets.length === 0) continue;
          const scene = (await Opening.of(store, log, { round, agent, ports: portsOf({ mind: talkative }) })).scene();
          for (const target of targets) {
            const deed = await retakeDecision(scene, { target, turn, recorded: scene.agent });
            expect({ type: deed.type, data: { ...target.data, ...deed.data } }).toEqual({
              type: target.type,
              data: target.data,
            });
            expect(recordedAs(deed, target, LATEST_EDITION)).toBe(true);
            decisions += 1;
          }
        }
      }
    }
    expect(decisions).toBeGreaterThan(200);
  });
});

/**
 * A mind of one thought: it watches the film of which it heard most often, where that is equal what its taste prefers;
 * every watch makes it fond of the film's genre. In round 1 agent 0 tells
 * the others twice of the last film of the catalogue, the others speak once of the first.
 */
function credulous(): Mind {
  return {
    name: 'credulous',
    decide<Q extends Question>(question: Q): AnswerTo<Q> {
      // Sound: each kind of question gets the answer of that kind.
      return thought(question) as AnswerTo<Q>;
    },
  };
}

const TOLD = 24;

function thought(question: Question): Answer {
  const { agent, progress, world } = question;
  const answered = { grounds: reasoned(''), because: [] };
  const { satisfaction, fatigue } = progress;
  const unmoved = { genres: [], values: [] };
  switch (question.kind) {
    case 'place':
      return { ...answered, place: world.round === 1 ? 'social' : 'recommender', fatigue, taste: unmoved };
    case 'social': {
      const post =
        agent.id === 0
          ? { text: 'see it, see it', films: [TOLD, TOLD], liking: [1, 1] }
          : { text: 'see the first', films: [1], liking: [1] };
      return { ...answered, do: 'post', post: { ...post, from: agent.id }, minutes: 6 };
    }
    case 'page': {
      if (progress.watched.length > 0) return { ...answered, do: 'leave', reason: 'content', satisfaction };
      const { films } = question;
      const heard = films.map((film) => agent.heard.filter((mention) => mention.film === film).length);
      const taste = films.map((film) =>
        milli(world.catalogue.genresOf(film).reduce((sum, genre) => sum + (progress.taste[genre] ?? 0), 0) / 100),
      );
      const terms = [
        { name: 'heard', values: heard },
        { name: 'taste', values: taste },
      ];
      const grounds = { ...answered.grounds, options: [...films], terms };
      const values = films.map((_, index) => (heard[index] as number) + (taste[index] as number));
      const film = films[values.indexOf(Math.max(...values))] as number;
      const because = [
        ...agent.heard.map((mention) => ({
          role: 'told-by' as const,
          position: mention.position,
          weight: mention.film === film ? 0.75 : 0,
        })),
        ...agent.watched
          .filter(({ round }) => round > 0)
          .map(({ position }) => ({ role: 'recalled' as const, position })),
      ];
      return { grounds, because, do: 'watch', film };
    }
    case 'reaction': {
      // Loves the first genre of what it saw more than anything from now on.
      const [genre] = world.catalogue.genresOf(question.film);
      return {
        ...answered,
        rating: 5,
        feeling: '',
        satisfaction,
        fatigue,
        taste: { genres: [genre as number], values: [milli((progress.taste[genre as number] ?? 0) + 10)] },
      };
    }
  }
}

describe('but for', () => {
  const told = portsOf({ mind: credulous });
  const config = configOf({
    agents: 3,
    rounds: 4,
    slate: { size: 24, random: 0 },
    recommender: { name: 'popular', trainEvery: 1 },
  });
  const store = memoryStore();
  beforeAll(() => run(store, 'a', config, { mind: credulous }));

  async function testOf(
    id: string,
    agent: number,
    round: number,
  ): Promise<{ readonly report: WhyReport; readonly watched: EventOf<'FilmWatched'> }> {
    const watched = first(
      await eventsOf(store, id),
      (event) => event.type === 'FilmWatched' && event.agent === agent && event.round === round,
    ) as EventOf<'FilmWatched'>;
    return { watched, report: await why(store, id, { position: watched.position }, { ports: told, butFor: true }) };
  }

  test('a message that decided flips the decision, another does not', async () => {
    const { watched, report } = await testOf('a', 1, 2);
    expect(watched.data.film).toBe(TOLD);
    const events = await eventsOf(store, 'a');
    const messages = (report.butFor ?? []).filter(({ role }) => role === 'told-by');
    expect(messages).toHaveLength(2);
    for (const { position, flips, instead } of messages) {
      const message = events[position] as EventOf<'MessageSent'>;
      expect(flips).toBe(message.data.films.includes(TOLD));
      expect(instead).toEqual(flips ? { do: 'watch', film: 1, title: 'Film 1' } : null);
    }
    const influences = report.causes
      .filter(({ role }) => role === 'told-by')
      .map(({ event, influence }) => [(event as EventOf<'MessageSent'>).data.from, influence]);
    // Only agent 0 spoke of the film: all of the heard term is its doing.
    expect(influences.find(([from]) => from === 0)?.[1]).toBeGreaterThan(0.5);
    expect(influences.find(([from]) => from === 2)?.[1]).toBe(0);
    expect(report.summary).toContain('it had been told by Agent 0 (agent 0)');
  });

  test('a past watch that moved the taste is tested with its step of taste taken back', async () => {
    // In round 4 nothing heard is left on the page that was not watched: taste decides.
    const { report, watched } = await testOf('a', 1, 4);
    const recalled = (report.butFor ?? []).filter(({ role }) => role === 'recalled');
    expect(recalled).toHaveLength(2);
    expect(recalled.some(({ flips }) => flips)).toBe(true);
    for (const { instead } of recalled) expect(instead?.film).not.toBe(watched.data.film);
  });

  test('an intervention on the agent is tested by opening the round without it', async () => {
    await branch(store, 'b', {
      parent: 'a',
      forkRound: 1,
      rounds: 1,
      mind: credulous,
      interventions: [{ key: 'agent.1.taste', value: [0, 900, 0, 0, 0] }],
    });
    const { watched, report } = await testOf('b', 1, 2);
    expect(watched.data.film).not.toBe(TOLD);
    const intervention = first(report.butFor ?? [], ({ role }) => role === 'intervened-by');
    expect(intervention).toMatchObject({ flips: true, instead: { do: 'watch', film: TOLD, title: `Film ${TOLD}` } });
  });

  test('an injected message is tested like one that was sent', async () => {
    const value = { from: 0, to: [2], channel: 'post', text: 'see it', films: [13, 13, 13], liking: [1, 1, 1] };
    await branch(store, 'c', {
      parent: 'a',
      forkRound: 1,
      rounds: 1,
      mind: credulous,
      interventions: [{ key: 'message.inject', value }],
    });
    const { watched, report } = await testOf('c', 2, 2);
    expect(watched.data.film).toBe(13);
    expect((report.butFor ?? []).filter(({ flips }) => flips)).toEqual([
      expect.objectContaining({ role: 'told-by', instead: expect.objectContaining({ film: TOLD }) }),
    ]);
  });

  test('a mind that answers otherwise than the record is found out', async () => {
    const fickle: Mind = {
      name: 'fickle',
      decide<Q extends Question>(question: Q): AnswerTo<Q> {
        const answer = thought(question);
        // Sound: the film is changed, not the kind of the answer.
        return ('do' in answer && answer.do === 'watch' ? { ...answer, film: 2 } : answer) as AnswerTo<Q>;
      },
    };
    const { position } = first(await eventsOf(store, 'a'), (event) => event.type === 'FilmWatched');
    await expect(
      why(store, 'a', { position }, { ports: { ...told, mind: () => fickle }, butFor: true }),
    ).rejects.toThrow(/taken again unaltered, the decision is FilmWatched .*"film":2.*recorded is FilmWatched/);
  });
});
