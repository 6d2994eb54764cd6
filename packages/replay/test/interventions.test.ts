/**
 * Every kind of intervention: what it changes, that it is on record as a cause, that the branch replays, and how bad
 * ones are refused.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AgentState,
  catalogueOf,
  type EventOf,
  type FilmCatalogue,
  type LogEvent,
  memoryStore,
  RunLog,
  type Store,
  worldAt,
} from '@rashomon/kernel';
import {
  branch,
  type BranchPlan,
  compareRuns,
  InvalidConfig,
  planBranch,
  replay,
  type RunReport,
  type Setting,
  stateAt,
  why,
} from '@rashomon/replay';
import { causeFaults, eventsOf, messageFaults, runOf, slateFaults } from '@rashomon/replay/testing';

const store: Store = memoryStore();
const FORK = 3;
let base: RunReport;
let catalogue: FilmCatalogue;

beforeAll(async () => {
  base = await runOf(store, { agents: 30, rounds: 6, 'social.degree': 4, 'slate.size': 8, seed: 7 });
  catalogue = await catalogueOf(store, await RunLog.open(store, base.run));
});

/** A branch under these settings, which has to obey the laws like any run. */
async function under(
  ...settings: readonly Setting[]
): Promise<{ readonly run: string; readonly events: readonly LogEvent[]; readonly own: readonly LogEvent[] }> {
  const { run, sharedEvents } = await branch(store, base.run, FORK, settings);
  expect(await replay(store, run)).toMatchObject({ divergence: null });
  const events = await eventsOf(store, run);
  expect([...causeFaults(events), ...slateFaults(events)]).toEqual([]);
  return { run, events, own: events.slice(sharedEvents) };
}

function applied(own: readonly LogEvent[]): EventOf<'InterventionApplied'>[] {
  return own.filter((event): event is EventOf<'InterventionApplied'> => event.type === 'InterventionApplied');
}

/** Events that name an intervention as their cause. */
function intervenedBy(own: readonly LogEvent[]): readonly LogEvent[] {
  return own.filter(({ causes }) => causes.some(({ role }) => role === 'intervened-by'));
}

async function faultsOf(...settings: readonly Setting[]): Promise<readonly string[]> {
  const before = (await store.runs.list()).length;
  const failure = await branch(store, base.run, FORK, settings).then(
    () => null,
    (error: unknown) => error,
  );
  expect((await store.runs.list()).length).toBe(before);
  expect(failure).toBeInstanceOf(InvalidConfig);
  return (failure as InvalidConfig).faults.map(({ key, expected }) => `${key}: ${expected}`);
}

describe('interventions on the system', () => {
  test('another recommender, with its parameters in whatever order they are given', async () => {
    const { own } = await under(
      { key: 'recommender.factors', value: 8 },
      { key: 'recommender', value: 'ials' },
      { key: 'recommender.epochs', value: 2 },
    );
    const trained = own.find((event): event is EventOf<'RecommenderTrained'> => event.type === 'RecommenderTrained');
    expect(trained?.data).toMatchObject({ recommender: 'ials', parameters: { factors: 8, epochs: 2 } });
    expect(intervenedBy(own)).toContain(trained);
  });

  test('config values: the page size holds from the next round on', async () => {
    const { events } = await under({ key: 'slate.size', value: 3 });
    const sizes = (from: number, to: number): Set<number> =>
      new Set(
        events.flatMap((event) =>
          event.type === 'SlateServed' && event.round >= from && event.round <= to ? [event.data.films.length] : [],
        ),
      );
    expect(sizes(1, FORK)).toEqual(new Set([8]));
    expect(sizes(FORK + 1, 6)).toEqual(new Set([3]));
  });

  test('a share of random films changes slates, and every agent acts on', async () => {
    const { run } = await under({ key: 'slate.random', value: 4 });
    const { metrics } = await compareRuns(store, base.run, run);
    expect(metrics.find(({ name }) => name === 'coverage')?.delta).toBeGreaterThan(0);
  });

  test('a film taken out is not shown again', async () => {
    const shown = (await eventsOf(store, base.run)).find(
      (event) => event.type === 'SlateServed' && event.round === FORK + 1,
    ) as EventOf<'SlateServed'>;
    const [film] = shown.data.films as [number];
    const { own } = await under({ key: 'item.remove', value: film });
    for (const event of own)
      if (event.type === 'SlateServed' || event.type === 'SearchAnswered') expect(event.data.films).not.toContain(film);
  });

  test('a film brought in can be shown, and is known by its title', async () => {
    const { run, own } = await under(
      { key: 'item.add', value: { title: 'A Film Nobody Knows', year: 2024, genres: ['Drama'] } },
      { key: 'recommender', value: 'random' },
      { key: 'slate.size', value: 100 },
    );
    const added = applied(own).find(({ data }) => data.key === 'item.add') as EventOf<'InterventionApplied'>;
    const { id } = added.data.value as { readonly id: number };
    expect(own.some((event) => event.type === 'SlateServed' && event.data.films.includes(id))).toBe(true);
    expect((await stateAt(store, run, 6)).system?.filmsAdded).toMatchObject([{ id, title: 'A Film Nobody Knows' }]);
  });

  test('another mind', async () => {
    const { own } = await under(
      { key: 'mind', value: 'scripted' },
      { key: 'mind.script', value: { rules: [{ pages: [{ watch: { rank: 2 } }], rate: 5 }] } },
    );
    const watched = own.filter((event): event is EventOf<'FilmWatched'> => event.type === 'FilmWatched');
    expect(watched).toHaveLength(30 * (6 - FORK));
    expect(new Set(watched.map(({ data }) => data.rank))).toEqual(new Set([2]));
  });
});

describe('interventions on agents and messages', () => {
  test('a persona: only its own turns are intervened in, and the interests are as set', async () => {
    const { run, own } = await under(
      { key: 'agent.4.persona.interests', value: ['silent films'] },
      { key: 'agent.4.persona.features.critic', value: true },
    );
    const { agent } = await stateAt(store, run, FORK + 1, 4);
    expect(agent?.persona).toMatchObject({ interests: ['silent films'], features: { critic: true } });
    expect(new Set(intervenedBy(own).map((event) => event.agent))).toEqual(new Set([4]));
    expect((await stateAt(store, base.run, 6, 4)).agent?.persona.interests).not.toEqual(['silent films']);
    expect((await stateAt(store, run, FORK, 4)).agent?.persona.interests).not.toEqual(['silent films']);
  });

  test('contacts and taste', async () => {
    const genres = (await stateAt(store, base.run, 0, 2)).agent?.taste.length as number;
    const { run, events } = await under(
      { key: 'agent.2.contacts', value: [{ agent: 5, relation: 'friend', closeness: 0.9 }] },
      { key: 'agent.2.taste', value: Array.from({ length: genres }, () => 0.5) },
    );
    expect((await stateAt(store, run, 6, 2)).agent?.contacts).toEqual([
      { agent: 5, relation: 'friend', closeness: 0.9 },
    ]);
    for (const event of events)
      if (event.type === 'MessageSent' && event.round > FORK && event.agent === 2 && event.data.from === 2)
        expect(event.data.to).toEqual([5]);
  });

  test('a message suppressed is neither read nor remembered; everything before stays as it was', async () => {
    const sent = (await eventsOf(store, base.run)).findLast(
      (event): event is EventOf<'MessageSent'> =>
        event.type === 'MessageSent' && event.round === FORK && event.data.films.length > 0,
    ) as EventOf<'MessageSent'>;
    const [receiver] = sent.data.to as [number];
    const heardAt = async (run: string): Promise<readonly number[]> =>
      [
        ...((await worldAt(store, await RunLog.open(store, run), FORK + 1)).fold.world.agents.get(receiver)?.heard ??
          []),
      ].map(({ position }) => position);
    const { run, own } = await under({ key: 'message.suppress', value: sent.position });
    expect(await heardAt(base.run)).toContain(sent.position);
    expect(await heardAt(run)).not.toContain(sent.position);
    expect(applied(own)[0]?.data.value).toEqual({ position: sent.position, to: sent.data.to });
    const all = await eventsOf(store, run);
    for (const event of all.slice(base.events))
      expect(event.causes.map(({ position }) => position)).not.toContain(sent.position);
    expect(messageFaults(all)).toEqual([]);
  });

  test('a message injected is heard at once, and can be what a decision rests on', async () => {
    const state = await worldAt(store, await RunLog.open(store, base.run), FORK);
    const film = (await eventsOf(store, base.run)).flatMap((event) =>
      event.type === 'SlateServed' && event.round === FORK + 1 ? [...event.data.films] : [],
    )[0] as number;
    const to = [...state.fold.world.agents.keys()].filter((id) => id !== 0);
    const { own } = await under({ key: 'message.inject', value: { from: 0, to, text: 'See it!', films: [film] } });
    const [injected] = applied(own);
    const moved = own.filter(({ causes }) =>
      causes.some(({ role, position }) => role === 'told-by' && position === injected?.position),
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(({ round }) => round > FORK)).toBe(true);
  });

  test('several at once come in the order given', async () => {
    const { own } = await under(
      { key: 'visit.pages', value: 2 },
      { key: 'agent.1.activity', value: 0.5 },
      { key: 'item.remove', value: 9 },
    );
    expect(applied(own).map(({ data }) => data.key)).toEqual(['visit.pages', 'agent.1.activity', 'item.remove']);
    expect(new Set(applied(own).map(({ round }) => round))).toEqual(new Set([FORK + 1]));
  });
});

describe('refusals', () => {
  test('every fault at once, and nothing is written', async () => {
    const faults = await faultsOf(
      { key: 'slate.sise', value: 3 },
      { key: 'recommender', value: 'poplar' },
      { key: 'rounds', value: 3 },
      { key: 'agent.99.persona.age', value: 3 },
      { key: 'agent.1.persona.shoe', value: 3 },
      { key: 'agent.1.persona.age', value: 'old' },
      { key: 'agent.1.contacts', value: [{ agent: 1, relation: 'self', closeness: 1 }] },
      { key: 'message.suppress', value: 0 },
      { key: 'message.inject', value: { from: 0, to: [77], films: [123456] } },
      { key: 'item.remove', value: 9999 },
      { key: 'item.add', value: { title: 'X', genres: ['Opera'] } },
      { key: 'message.delete', value: 1 },
    );
    for (const expected of [
      'slate.size',
      '"popular"',
      'mid-run',
      'one of the 30 agents',
      'persona.',
      'non-negative integer',
      'contacts among',
      'RunStarted',
      '77 is none',
      '123456 is none',
      'id of a film',
      'Opera',
      'message.suppress',
    ]) {
      expect(faults.join('\n')).toContain(expected);
    }
  });

  test('a catalogue may not shrink below a page', async () => {
    const small = await runOf(memoryStore(), { agents: 3, rounds: 1, 'slate.size': 558 });
    expect(small.rounds).toBe(1);
    const other = memoryStore();
    const tight = await runOf(other, { agents: 3, rounds: 2, 'slate.size': 558 });
    await expect(branch(other, tight.run, 1, [{ key: 'item.remove', value: 1 }])).rejects.toThrow('slate.size');
  });

  test('a plan tells what a branch would do, and does nothing', async () => {
    const runs = await store.runs.list();
    const plan = await planBranch(store, base.run, FORK, [{ key: 'recommender', value: 'random' }], { rounds: 2 });
    expect(plan).toMatchObject({
      parent: base.run,
      forkRound: FORK,
      rounds: 2,
      agents: 30,
      recordedAnswers: 0,
      interventions: [{ key: 'recommender', value: { name: 'random' } }],
    });
    expect(plan.sharedEvents).toBeGreaterThan(0);
    expect(await store.runs.list()).toEqual(runs);
  });
});

describe('what is refused about one another, all at once', () => {
  test('films: ids ever used, years, people, and members that are none', async () => {
    const [first, last] = [0, -1].map((at) => catalogue.films.at(at)?.id as number) as [number, number];
    const faults = await faultsOf(
      { key: 'item.add', value: { title: 'A', year: 'abc' } },
      { key: 'item.add', value: { title: 'B', year: -3 } },
      { key: 'item.add', value: { title: 'C', year: 20_000 } },
      { key: 'item.add', value: { title: 'D', people: 5 } },
      { key: 'item.add', value: { title: 'E', id: 100_000_000 } },
      { key: 'item.add', value: { title: 'F', id: first } },
      { key: 'item.remove', value: last },
      { key: 'item.add', value: { title: 'G', id: last } },
      { key: 'item.add', value: { title: 'H', id: 9_000_000 } },
      { key: 'item.add', value: { title: 'I', id: 9_000_000 } },
      { key: 'item.add', value: { title: 'J', stars: 4 } },
    );
    expect(faults.map((fault) => fault.slice(0, 80))).toEqual([
      'item.add.year: non-negative integer',
      'item.add.year: non-negative integer',
      expect.stringContaining('a year from 1800 to 2200'),
      'item.add.people: list of text',
      expect.stringContaining('at most 10,000,000'),
      expect.stringContaining(`${first} is taken`),
      expect.stringContaining(`${last} is taken`),
      expect.stringContaining('9000000 is taken'),
      expect.stringContaining('item.add.stars'),
    ]);
  });

  test('two films at once get ids one after the other, and never the id of one that left', async () => {
    const last = catalogue.films.at(-1)?.id as number;
    const { own, run } = await under(
      { key: 'item.remove', value: last },
      { key: 'item.add', value: { title: 'One' } },
      { key: 'item.add', value: { title: 'Two' } },
    );
    expect(applied(own).map(({ data }) => (data.value as { readonly id?: number }).id)).toEqual([
      undefined,
      last + 1,
      last + 2,
    ]);
    const gone = await branch(store, run, FORK + 1, [{ key: 'item.remove', value: last + 2 }]);
    const plan = await planBranch(store, gone.run, 5, [{ key: 'item.add', value: { title: 'Three' } }]);
    expect(plan.interventions).toMatchObject([{ value: { id: last + 3 } }]);
  });

  test('people and messages within their bounds', async () => {
    const faults = await faultsOf(
      { key: 'agent.1.activity', value: 7 },
      {
        key: 'agent.2.contacts',
        value: [
          { agent: 3, relation: 'friend', closeness: -7 },
          { agent: 3, relation: 'friend', closeness: 1 },
        ],
      },
      {
        key: 'message.inject',
        value: { from: 0, to: [0, 5, 5], films: [catalogue.films[0]?.id as number], liking: [50] },
      },
    );
    for (const expected of [
      'a probability from 0 to 1',
      'a closeness from 0 to 1; that of 3 is -7',
      'each contact once; 3',
      'receivers other than the sender, 0',
      'each receiver once; 5',
      'likings from -1 to 1',
    ])
      expect(faults.join('\n')).toContain(expected);
    expect(faults).toHaveLength(6);
  });

  test('the same key twice, also when one of the two is in a section', async () => {
    expect(
      await faultsOf(
        { key: 'slate', value: { size: 4, random: 1 } },
        { key: 'slate.size', value: 5 },
        { key: 'agent.1.activity', value: 0.1 },
        { key: 'agent.01.activity', value: 0.2 },
      ),
    ).toEqual(['slate.size: each key once', 'agent.01.activity: each key once']);
  });

  test('films are left for the page size and the filters that come with them', async () => {
    const count = catalogue.size;
    expect(
      (
        await faultsOf(
          { key: 'slate.size', value: count },
          { key: 'item.remove', value: catalogue.films[0]?.id as number },
        )
      ).join(),
    ).toContain(`at most the ${count - 1} films`);
    const [genre] = catalogue.genres as [string];
    const of = catalogue.films.filter(({ genres }) => genres.includes(genre)).map(({ id }) => id);
    expect(
      (
        await faultsOf(
          { key: 'slate.genres', value: [genre] },
          ...of.slice(7).map((value) => ({ key: 'item.remove', value })),
        )
      ).join(),
    ).toContain('at least slate.size, 8');
  });

  test('a change that no planned round would see', async () => {
    const failure = branch(store, base.run, base.rounds, [{ key: 'recommender', value: 'ease' }]);
    await expect(failure).rejects.toThrow(/--rounds/);
    await expect(failure).rejects.toBeInstanceOf(InvalidConfig);
    const longer = await branch(store, base.run, base.rounds, [{ key: 'recommender', value: 'ease' }], { rounds: 1 });
    expect(longer.recommender).toBe('ease');
  });
});

describe('a section as a value', () => {
  test('stands for its keys', async () => {
    const plan = await planBranch(store, base.run, FORK, [
      { key: 'slate', value: { size: 5, random: 2 } },
      { key: 'recommender', value: { factors: 4, name: 'ials' } },
    ]);
    expect(plan.interventions).toEqual([
      { key: 'recommender', value: expect.objectContaining({ name: 'ials', factors: 4, epochs: 12 }) },
      { key: 'slate.size', value: 5 },
      { key: 'slate.random', value: 2 },
    ]);
  });
});

describe('an intervention that changes nothing', () => {
  test.each<readonly [string, (agent: AgentState) => readonly Setting[]]>([
    ['a value in force', () => [{ key: 'explanations', value: 'off' }]],
    ['the recommender in force', () => [{ key: 'recommender', value: 'popular' }]],
    ['the mind in force', () => [{ key: 'mind', value: 'choice' }]],
    ['a section of values in force', () => [{ key: 'slate', value: { size: 8, random: 0 } }]],
    ['an agent’s own traits', ({ id, persona }) => [{ key: `agent.${id}.persona.age`, value: persona.age }]],
    ['an agent’s own taste', ({ id, taste }) => [{ key: `agent.${id}.taste`, value: taste }]],
  ])('%s: the digest is the parent’s', async (_, settings) => {
    const agent = (await stateAt(store, base.run, FORK, 4)).agent as AgentState;
    const given = settings(agent);
    const plan = await planBranch(store, base.run, FORK, given);
    expect(plan.interventions).toEqual([]);
    expect(plan.unchanged.length).toBeGreaterThan(0);
    expect((await branch(store, base.run, FORK, given)).digest).toBe(base.digest);
  });

  test('parameters written out that are the defaults are the same recommender; others are another', async () => {
    const { run } = await runOf(store, { agents: 6, rounds: 2, recommender: 'ials', 'recommender.factors': 8 });
    const plan = (...settings: readonly Setting[]): Promise<BranchPlan> => planBranch(store, run, 1, settings);
    const named = { key: 'recommender', value: 'ials' };
    expect((await plan(named, { key: 'recommender.factors', value: 8 })).interventions).toEqual([]);
    expect((await plan(named)).interventions).toMatchObject([
      { key: 'recommender', value: { name: 'ials', factors: 64 } },
    ]);
  });
});

describe('but for an intervention on the rules of a visit', () => {
  test.each<readonly [string, EventOf<'FilmWatched' | 'PageTurned'>['type']]>([
    ['visit.watches', 'FilmWatched'],
    ['visit.pages', 'PageTurned'],
  ])('%s: what is decided past the old limit would have been the end of the visit', async (key, step) => {
    const short = memoryStore();
    const settings = { agents: 20, rounds: 4, seed: 7, 'visit.pages': 5, 'visit.watches': 1, [key]: 1 };
    const { run: parent } = await runOf(short, settings);
    const { run } = await branch(short, parent, FORK, [{ key, value: 4 }]);
    const events = (await eventsOf(short, run)).filter(({ round }) => round === FORK + 1);
    const past = events.filter(
      ({ type, agent, position }) =>
        type === 'FilmWatched' &&
        events.some((other) => other.type === step && other.agent === agent && other.position < position),
    );
    expect(past.length).toBeGreaterThan(0);
    for (const { position } of past.slice(0, 3)) {
      const { butFor } = await why(short, run, { position }, { butFor: true });
      expect(butFor?.filter(({ role }) => role === 'intervened-by')).toEqual([
        expect.objectContaining({ flips: true, instead: { do: 'leave', film: null, title: null } }),
      ]);
    }
  });
});
