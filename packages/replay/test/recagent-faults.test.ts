/**
 * Faults of RecAgent's public code that concern whole runs: tests that this house has none of them. Fault 6 is
 * in recorder.test.ts, 8 in laws.test.ts (L8), 9 in laws.test.ts and golden.test.ts (L1), 4 and 5 with populations and
 * search.
 */
import { afterAll, describe, expect, test } from '@jest/globals';
import { type LogEvent, memoryStore, openSqliteStore, type Store } from '@rashomon/kernel';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  branch,
  compareRuns,
  exportRun,
  findRun,
  listRuns,
  replay,
  resume,
  type Setting,
  simulate,
  stateAt,
  verify,
  why,
} from '@rashomon/replay';
import { eventsOf, ofType, resolveSettings, runOf, type Settings, slateFaults } from '@rashomon/replay/testing';
import { engineWith, outsideMindCalled, outsideSettings, wordsOf } from './outside-minds.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function eventsWith(settings: Settings, store: Store = memoryStore()): Promise<readonly LogEvent[]> {
  return eventsOf(store, (await runOf(store, settings)).run);
}

/** The scripted agents of a run: all of them do the same. */
const acting = (rule: object): Settings => ({ mind: 'scripted', 'mind.script': { rules: [rule] } });

describe('fault 1: the recommender is never trained, the random share has no effect', () => {
  const settings: Settings = { agents: 30, rounds: 6, 'visit.watches': 2 };

  test.each(['popular', 'item-knn', 'ials'])(
    '%s is trained every round, on everything watched so far',
    async (recommender) => {
      const events = await eventsWith({ ...settings, recommender });
      const trainings = ofType(events, 'RecommenderTrained');
      expect(trainings.map(({ round }) => round)).toEqual([1, 2, 3, 4, 5, 6]);
      for (const { round, position, data } of trainings) {
        const history = ofType(events, 'AgentJoined').reduce(
          (total, joined) => total + joined.data.history.films.length,
          0,
        );
        expect({ round, count: data.interactions }).toEqual({
          round,
          count: history + ofType(events, 'FilmWatched').filter((watch) => watch.position < position).length,
        });
      }
      expect(new Set(trainings.map(({ data }) => data.digest)).size).toBe(trainings.length);
      // Each slate is ranked by the model of its round.
      for (const slate of ofType(events, 'SlateServed')) {
        const training = events[slate.causes.find(({ role }) => role === 'ranked-by')?.position ?? -1];
        expect(training).toMatchObject({
          type: 'RecommenderTrained',
          round: slate.round,
          data: { model: slate.data.model },
        });
      }
    },
  );

  test('training less often is as often as it says', async () => {
    const rounds = async (trainEvery: number): Promise<number[]> =>
      ofType(await eventsWith({ ...settings, 'recommender.trainEvery': trainEvery }), 'RecommenderTrained').map(
        ({ round }) => round,
      );
    expect(await rounds(2)).toEqual([1, 3, 5]);
    expect(await rounds(4)).toEqual([1, 5]);
    expect(await rounds(100)).toEqual([1]);
  });

  test('what is watched changes what is shown: the favourite of round 1 leads the slates of round 2', async () => {
    const rule = { pages: [{ watch: { rank: 3 } }] };
    const events = await eventsWith({
      agents: 20,
      rounds: 2,
      recommender: 'popular',
      'slate.size': 5,
      ...acting(rule),
    });
    const firstOf = (round: number): readonly number[] =>
      ofType(events, 'SlateServed').find((slate) => slate.round === round)?.data.films ?? [];
    const [film] = new Set(
      ofType(events, 'FilmWatched')
        .filter(({ round }) => round === 1)
        .map(({ data }) => data.film),
    );
    expect(film).toBe(firstOf(1)[2]);
    // Nobody is shown again what was shown before: a newcomer to the film would see it first, and the model says so.
    const store = memoryStore();
    const { run } = await runOf(store, {
      agents: 20,
      rounds: 1,
      recommender: 'popular',
      'slate.size': 5,
      ...acting({ agents: [0, 1, 2, 3, 4], pages: [{ watch: { rank: 3 } }] }),
    });
    const child = await branch(store, run, 1, [{ key: 'mind.script', value: { rules: [{ pages: ['leave'] }] } }], {
      rounds: 1,
    });
    const fresh = ofType(await eventsOf(store, child.run), 'SlateServed').filter(
      ({ agent, round }) => round === 2 && agent !== null && agent >= 5,
    );
    expect(fresh.length).toBe(15);
    for (const slate of fresh) expect(slate.data.films[0]).toBe(film);
  });

  test.each([0, 1, 3, 5])('%i random films on a slate are so many', async (random) => {
    const rule = { pages: ['leave'] };
    const events = await eventsWith({
      agents: 60,
      rounds: 1,
      recommender: 'popular',
      'slate.size': 5,
      'slate.random': random,
      ...acting(rule),
    });
    const slates = ofType(events, 'SlateServed').map(({ data }) => data.films);
    expect(slates).toHaveLength(60);
    // Nobody has a past: what is ranked is the same for all, what is drawn is each agent's own.
    const ranks = Array.from({ length: 5 }, (_, rank) => new Set(slates.map((films) => films[rank])).size);
    expect(ranks.slice(0, 5 - random)).toEqual(Array.from({ length: 5 - random }, () => 1));
    for (const different of ranks.slice(5 - random)) expect(different).toBeGreaterThan(30);
    expect(slateFaults(events)).toEqual([]);
  });
});

describe('fault 3: search results crash the next step', () => {
  test('after a search one watches, turns the page, searches again, leaves; the rounds go on', async () => {
    const rules = [
      { agents: [0], pages: [{ search: 'love' }, { watch: { rank: 1 } }], rate: 4 },
      {
        agents: [1],
        pages: [{ search: 'love' }, { search: 'war' }, { search: 'night' }, { watch: { rank: 2 } }],
        rate: 2,
      },
      { agents: [2], pages: [{ search: 'love' }, 'next', { watch: { rank: 1 } }] },
      { agents: [3], pages: [{ search: 'love' }, 'leave'] },
      { agents: [4], pages: [{ search: 'qqqqq zzzzz' }, { watch: { rank: 1 } }] },
      { agents: [5], pages: ['next', 'next', 'next', { search: 'love' }, { watch: { rank: 1 } }] },
      {
        agents: [6],
        pages: [{ search: 'love' }, { watch: { rank: 1 } }, { search: 'love' }, { watch: { rank: 1 } }],
        rate: 5,
      },
      { agents: [7], pages: [{ search: "'; -- \u0000 \u202e {}[]()*+?.\\^$|" }, 'next', 'leave'] },
    ];
    const store = memoryStore();
    const { run, status } = await runOf(store, {
      agents: 8,
      rounds: 4,
      'visit.pages': 5,
      'visit.watches': 2,
      'slate.size': 4,
      'search.method': 'text',
      mind: 'scripted',
      'mind.script': { rules },
    });
    expect(status).toBe('finished');
    const events = await eventsOf(store, run);
    expect(slateFaults(events)).toEqual([]);
    const searches = ofType(events, 'SearchMade');
    expect(searches.length).toBeGreaterThan(8 * 4);
    expect(ofType(events, 'SearchAnswered')).toHaveLength(searches.length);
    const watchedFrom = new Set(
      ofType(events, 'FilmWatched').map(
        (watch) => events[watch.causes.find(({ role }) => role === 'shown-in')?.position ?? -1]?.type,
      ),
    );
    expect(watchedFrom).toEqual(new Set(['SearchAnswered', 'SlateServed']));
    // A search without results leads back to the slates, where agent 4 watches.
    expect(
      ofType(events, 'SearchAnswered')
        .filter(({ agent }) => agent === 4)
        .every(({ data }) => data.films.length === 0),
    ).toBe(true);
    expect(ofType(events, 'FilmWatched').some(({ agent }) => agent === 4)).toBe(true);
    for (const round of [1, 2, 3, 4])
      expect(
        new Set(
          ofType(events, 'VisitLeft')
            .filter((left) => left.round === round)
            .map(({ agent }) => agent),
        ).size,
      ).toBe(8);
    expect(await replay(store, run)).toMatchObject({ divergence: null });
  });
});

describe('fault 7: with 1,000 agents only the first hundred ids ever act', () => {
  const idle = { ...acting({ place: 'idle' }), agents: 1000, 'social.degree': 0, 'clock.interval': 1 };
  const actors = async (settings: Settings): Promise<Set<number>> =>
    new Set(ofType(await eventsWith({ ...idle, ...settings }), 'PlaceChosen').map(({ agent }) => agent ?? -1));

  test('everybody acts when everybody may', async () => {
    expect((await actors({ rounds: 1 })).size).toBe(1000);
  });

  test.each([
    ['constant', 1],
    ['constant', 0.5],
    ['marginal', 0.2],
    ['pareto', 0.9],
  ])('under a cap of 100 every id has its turn: %s activity of %d', async (method, probability) => {
    const store = memoryStore();
    const events = await eventsWith(
      { ...idle, rounds: 70, 'activity.method': method, 'activity.probability': probability, 'activity.cap': 100 },
      store,
    );
    const turns = new Map<number, number>();
    for (const { agent } of ofType(events, 'PlaceChosen')) turns.set(agent ?? -1, (turns.get(agent ?? -1) ?? 0) + 1);
    // 7,000 turns for 1,000 agents: by chance alone (0.9^70) less than one in a thousand has none, more where activity
    // differs.
    expect(turns.size).toBeGreaterThan(method === 'pareto' ? 900 : 990);
    const [early, late] = [0, 900].map((from) =>
      Array.from({ length: 100 }, (_, id) => turns.get(from + id) ?? 0).reduce((total, count) => total + count, 0),
    ) as [number, number];
    expect(Math.abs(early - late)).toBeLessThan(200);
    for (let round = 1; round <= 70; round++)
      expect(ofType(events, 'PlaceChosen').filter((place) => place.round === round).length).toBeLessThanOrEqual(100);
  });

  test('marginal activity under a cap prefers those who stayed away longest', async () => {
    const events = await eventsWith({
      ...idle,
      rounds: 30,
      'activity.method': 'marginal',
      'activity.probability': 1,
      'activity.cap': 100,
    });
    const last = new Map<number, number>();
    const pauses: number[] = [];
    for (const { agent, round } of ofType(events, 'PlaceChosen')) {
      const before = last.get(agent ?? -1);
      if (before !== undefined) pauses.push(round - before);
      last.set(agent ?? -1, round);
    }
    expect(last.size).toBe(1000);
    // Ten rounds on average; without the preference every tenth pause would be a single round.
    expect(pauses.filter((pause) => pause === 1).length / pauses.length).toBeLessThan(0.05);
  });
});

describe('fault 10: secrets appear in logs, checkpoints and reports', () => {
  test('nothing of the environment or where things lie reaches the store, the events, exports or reports', async () => {
    const secrets = {
      RASHOMON_API_KEY: 'sk-rashomon-9f3b7c',
      OPENAI_API_KEY: 'sk-openai-51d2aa',
      SECRET: 'hunter2-hunter2-hunter2',
      RASHOMON_TOKEN: 'tok_7d61e0',
    };
    Object.assign(process.env, secrets);
    const where = mkdtempSync(join(folder, 'hunter-of-places-'));
    try {
      const path = join(where, 'runs.rashomon');
      const store = openSqliteStore(path);
      const reports: unknown[] = [];
      const parent = await runOf(store, { agents: 8, rounds: 4, recommender: 'item-knn' });
      const refusing = (): ReturnType<typeof wordsOf> =>
        wordsOf(() => Promise.reject(new Error(`401 for key ${secrets.RASHOMON_API_KEY}`)));
      const engine = engineWith(
        outsideMindCalled('secretive', () => wordsOf()),
        outsideMindCalled('indiscreet', refusing),
      );
      const outside = await engine.runOf(store, outsideSettings('secretive'));
      const child = await branch(store, parent.run, 2, [{ key: 'slate.size', value: 3 }]);
      // A run that fails, with an error that holds a secret: the error is for the caller alone.
      await expect(engine.runOf(store, outsideSettings('indiscreet'))).rejects.toThrow('401');
      const watch = ofType(await eventsOf(store, child.run), 'FilmWatched').at(-1) as LogEvent;
      reports.push(
        parent,
        outside,
        child,
        await listRuns(store),
        await compareRuns(store, parent.run, child.run),
        await verify(store, child.run),
        await engine.replay(store, outside.run),
      );
      reports.push(
        await stateAt(store, child.run, 3),
        await stateAt(store, child.run, 3, 1),
        await why(store, child.run, { position: watch.position }),
      );
      const exported = join(where, 'run.jsonl');
      const {
        path: _path,
        files: _files,
        ...exportReport
      } = await exportRun(store, child.run, { format: 'jsonl', path: exported });
      reports.push(exportReport);
      const files = readdirSync(where).map((name) => readFileSync(join(where, name), 'latin1'));
      await store.close();
      files.push(readFileSync(path, 'latin1'));
      const everything = [...files, JSON.stringify(reports)].join('\n');
      expect(everything).toContain(parent.run);
      for (const secret of [
        ...Object.values(secrets),
        ...Object.keys(secrets),
        'hunter-of-places',
        tmpdir(),
        process.cwd(),
      ])
        expect({ secret, leaked: everything.includes(secret) }).toEqual({ secret, leaked: false });
    } finally {
      for (const name of Object.keys(secrets)) delete process.env[name];
    }
  });
});

describe('fault 12: restarting overwrites earlier rounds', () => {
  test('a new run, branch, resumption or failure leaves every earlier run as it was, whatever its name', async () => {
    const path = join(folder, 'earlier.rashomon');
    const settings = { agents: 6, rounds: 3 };
    const kept: { readonly run: string; readonly digest: string }[] = [];
    const start = (): Promise<{ readonly run: string; readonly digest: string }> => {
      const store = openSqliteStore(path);
      return simulate(store, resolveSettings(settings), { name: 'study' }).finally(() => store.close());
    };
    for (let time = 0; time < 3; time++) kept.push(await start());
    expect(new Set(kept.map(({ run }) => run)).size).toBe(3);
    const store = openSqliteStore(path);
    const [first] = kept as [(typeof kept)[number]];
    const before = await eventsOf(store, first.run);
    const changes: readonly Setting[] = [{ key: 'recommender', value: 'random' }];
    for (const round of [0, 1, 3])
      kept.push(await branch(store, first.run, round, changes, { name: 'study', rounds: 2 }));
    const stop = new AbortController();
    await expect(
      simulate(store, resolveSettings(settings), { name: 'study', signal: stop.signal, onRound: () => stop.abort() }),
    ).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const stopped = (await listRuns(store)).runs.find(({ status }) => status === 'interrupted');
    kept.push(await resume(store, stopped?.run ?? ''));
    for (const { run } of kept) expect((await resume(store, run)).run).toBe(run);
    for (const { run, digest } of kept) expect(await verify(store, run)).toMatchObject({ ok: true, digest });
    expect(await eventsOf(store, first.run)).toEqual(before);
    expect((await listRuns(store)).runs.map(({ run }) => run).sort()).toEqual(kept.map(({ run }) => run).sort());
    // A name that many bear names none of them.
    await expect(findRun(store, 'study')).rejects.toMatchObject({ code: 'RUN_NOT_NAMED' });
    await store.close();
  });
});
