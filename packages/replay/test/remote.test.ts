/**
 * A recommender behind HTTP: what it is told, what it answers is recorded before it is used, and nothing that it does
 * breaks a round.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type EventData,
  type LogEvent,
  LuckOf,
  MalformedBytes,
  memoryStore,
  NOBODY,
  openSqliteStore,
  type Store,
  type StoredAnswer,
} from '@rashomon/kernel';
import {
  asInteractions,
  createRecommender,
  fitTo,
  loadSampleCatalogue,
  loadSplit,
  NOBODY_KNOWN,
  rankUsers,
} from '@rashomon/recsys';
import { recommenderContract } from '@rashomon/recsys/testing';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  branch,
  compareRuns,
  listRuns,
  recordPorts,
  replay,
  resume,
  type RunReport,
  verify,
  why,
} from '@rashomon/replay';
import { causeFaults, eventsOf, messageFaults, runOf, type Settings, slateFaults } from '@rashomon/replay/testing';
import { killAll, startNode, startProgram } from './child-process.ts';
import { type Manner, type RemoteServer, type Said, startRemote } from './remote-server.ts';
import { cutAfter, eventsIn, forge, storeAround } from './store-around.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-remote-'));
const TOKEN = 'hunter2-is-no-token';
let files = 0;
const newPath = (): string => join(folder, `${files++}.rashomon`);

let remote: RemoteServer;
const servers: RemoteServer[] = [];
async function serve(manner?: Manner): Promise<RemoteServer> {
  const server = await startRemote(manner);
  servers.push(server);
  return server;
}
beforeEach(async () => {
  remote = await serve();
});
afterEach(async () => {
  delete process.env['RASHOMON_REMOTE_TOKEN'];
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

const WORLD: Settings = { agents: 8, rounds: 3, seed: 3, 'slate.size': 5, 'visit.watches': 2 };
const over = (url: string, more: Settings = {}): Settings => ({
  ...WORLD,
  recommender: 'remote',
  'recommender.url': url,
  'recommender.retries': 0,
  ...more,
});

/** A run over the server of the test. */
async function played(
  more: Settings = {},
  options: Parameters<typeof runOf>[2] = {},
  store: Store = memoryStore(),
): Promise<{ readonly store: Store; readonly report: RunReport; readonly events: readonly LogEvent[] }> {
  const report = await runOf(store, over(remote.url, more), options);
  return { store, report, events: await eventsOf(store, report.run) };
}

type Served = Extract<LogEvent, { readonly type: 'SlateServed' }>;
const slatesIn = (events: readonly LogEvent[]): Served[] =>
  events.filter((event): event is Served => event.type === 'SlateServed');
const saidIn = (
  events: readonly LogEvent[],
): (EventData<'RecommenderAnswered'> & { readonly round: number; readonly agent: number | null })[] =>
  events.flatMap(({ type, data, round, agent }) => (type === 'RecommenderAnswered' ? [{ ...data, round, agent }] : []));
/** Rankings alone: what is shown to whom, and in which order. */
const rankings = (events: readonly LogEvent[]): unknown =>
  slatesIn(events).map(({ round, agent, data: { films, scores } }) => ({ round, agent, films, scores }));

async function expectLawful(store: Store, { run }: { readonly run: string }): Promise<void> {
  await remote.stop();
  const events = await eventsOf(store, run);
  expect([...slateFaults(events), ...messageFaults(events), ...causeFaults(events)]).toEqual([]);
  expect(await verify(store, run)).toMatchObject({ ok: true });
  const deaf = storeAround(store, {
    answers: {
      of: () => Promise.reject(new TypeError('the journal was read')),
      put: () => Promise.reject(new TypeError('written in a replay')),
    },
  });
  expect(await replay(deaf, run)).toMatchObject({ divergence: null, outsideCalls: 0, matched: events.length });
}

async function onlyRun(store: Store): Promise<{ readonly run: string; readonly status: string }> {
  const { runs } = await listRuns(store);
  expect(runs).toHaveLength(1);
  return runs[0] as (typeof runs)[number];
}

async function journalOf(store: Store, root: string): Promise<StoredAnswer[]> {
  const answers: StoredAnswer[] = [];
  for (let round = 0; round <= 10; round++) answers.push(...(await store.answers.of(root, round)));
  return answers;
}

describe('the contract of a recommender', () => {
  let honest: RemoteServer;
  beforeAll(async () => {
    honest = await startRemote();
  });
  afterAll(() => honest.stop());

  test.each(
    recommenderContract('remote', () => createRecommender('remote', { url: honest.url, retries: 0 }), { runs: 8 }).map(
      ({ name, run }) => [name, run] as const,
    ),
  )('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('what the server is told', () => {
  test('first everything, films without quality; then what is new; each slate with what it may not hold', async () => {
    const { report, events } = await played();
    const [first, ...later] = remote.asked.filter(({ path }) => path === '/train').map(({ body }) => body);
    expect(first).toMatchObject({ protocol: 'rashomon.remote/1', round: 1, previous: null, first: 0 });
    expect(first?.films?.length).toBeGreaterThan(100);
    for (const film of first?.films ?? []) expect(Object.keys(film)).toEqual(['genres', 'id', 'title', 'year']);
    let known = first?.rows.length ?? 0;
    const answers = saidIn(events).filter(({ agent }) => agent === null);
    for (const [index, body] of later.entries()) {
      const { answer } = JSON.parse(answers[index]?.answer ?? '') as { readonly answer: { readonly model: string } };
      expect({ previous: body.previous, first: body.first, films: body.films }).toEqual({
        previous: answer.model,
        first: known,
        films: undefined,
      });
      known += body.rows.length;
    }
    const trained = events.flatMap(({ type, data }) => (type === 'RecommenderTrained' ? [data] : []));
    expect(trained.at(-1)?.interactions).toBe(known);
    const watched = events.filter(({ type, round }) => type === 'FilmWatched' && round < 3);
    expect(later.flatMap(({ rows }) => rows.map(([agent, film, , round]) => [agent, film, round]))).toEqual(
      watched.map(({ agent, round, data }) => [agent, (data as { readonly film: number }).film, round]),
    );
    const slates = remote.asked.filter(({ path }) => path === '/recommend');
    expect(slates).toHaveLength(slatesIn(events).length);
    expect(report.outsideCalls).toBe(remote.asked.length);
    for (const { body } of slates)
      expect(body).toMatchObject({ protocol: 'rashomon.remote/1', count: 5, explain: true });
    expect(slates.some(({ body }) => body.excluded.length > 0)).toBe(true);
  });

  test('everything again after a training from scratch, and when the films were changed', async () => {
    const { store, report } = await played({ 'recommender.retrainEvery': 2 });
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => body.previous === null)).toEqual([
      true,
      false,
      true,
    ]);
    remote.asked.length = 0;
    await branch(store, report.run, 2, [
      { key: 'item.remove', value: slatesIn(await eventsOf(store, report.run))[0]?.data.films[0] as number },
    ]);
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => [body.previous, body.first])).toEqual(
      [[null, 0]],
    );
  });

  test('films keep the order of an answer without scores, and are sorted by score and id with them', async () => {
    remote.manner = (asked, honest) => {
      const said = honest();
      if (asked.path === '/train') return said;
      const { films } = said.body as { readonly films: readonly number[] };
      return {
        body:
          asked.body.agent === 0
            ? { films: films.toReversed() }
            : { films, scores: films.map((film) => (film % 2 === 0 ? 0.1 : -3)) },
      };
    };
    const { store, report, events } = await played();
    const answers = new Map(saidIn(events).map((each) => [each.request, each.answer]));
    for (const { agent, causes, data } of slatesIn(events)) {
      const from = events[causes.find(({ role }) => role === 'answered-by')?.position ?? -1] as LogEvent;
      const { answer } = JSON.parse(answers.get((from.data as { readonly request: string }).request) as string) as {
        readonly answer: { readonly films: readonly number[] };
      };
      const even = answer.films.filter((film) => film % 2 === 0).toSorted((a, b) => a - b);
      const odd = answer.films.filter((film) => film % 2 === 1).toSorted((a, b) => a - b);
      if (agent === 0) expect(data).toMatchObject({ films: answer.films, scores: [5, 4, 3, 2, 1] });
      else
        expect(data).toMatchObject({
          films: [...even, ...odd],
          scores: [...even.map(() => Math.fround(0.1)), ...odd.map(() => -3)],
        });
    }
    await expectLawful(store, report);
  });
});

describe('what it answers is recorded', () => {
  test('in the journal as in the log, before it is used; slates and trainings name it as their cause', async () => {
    const inside = memoryStore();
    const kept = new Set<string>();
    const watching = storeAround(inside, {
      answers: {
        async put(root, answer) {
          await inside.answers.put(root, answer);
          kept.add(answer.request);
        },
      },
      log: {
        async append(id, revision, blocks, progress) {
          for (const event of eventsIn(blocks))
            if (event.type === 'RecommenderAnswered') expect(kept.has(event.data.request)).toBe(true);
          await inside.log.append(id, revision, blocks, progress);
        },
      },
    });
    const { report, events } = await played({}, {}, watching);
    const logged = saidIn(events).map(({ request, answer }) => ({ request, answer }));
    const journal = (await journalOf(inside, report.run)).map(({ request, answer }) => ({ request, answer }));
    const inOrder = (list: readonly { readonly request: string }[]): unknown =>
      list.toSorted((a, b) => (a.request < b.request ? -1 : 1));
    expect(inOrder(journal)).toEqual(inOrder(logged));
    for (const event of events) {
      if (event.type !== 'SlateServed' && event.type !== 'RecommenderTrained') continue;
      const from = event.causes.filter(({ role }) => role === 'answered-by').map(({ position }) => events[position]);
      expect(from.map((each) => [each?.type, each?.agent])).toEqual([['RecommenderAnswered', event.agent]]);
    }
    await expectLawful(inside, report);
  });

  test('L1 the same log at any concurrency, in whatever order answers arrive', async () => {
    const { report: clean } = await played();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 2, 8),
        fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 12 }),
        async (concurrency, delays) => {
          let turn = 0;
          let underWay = 0;
          let most = 0;
          remote.manner = async (_, honest) => {
            most = Math.max(most, ++underWay);
            await new Promise((resolve) => setTimeout(resolve, delays[turn++ % delays.length]));
            underWay -= 1;
            return honest();
          };
          expect((await played({}, { concurrency })).report.digest).toBe(clean.digest);
          expect(most).toBeLessThanOrEqual(concurrency);
          if (concurrency === 8) expect(most).toBeGreaterThan(1);
        },
      ),
      { numRuns: 6 },
    );
  });

  test(
    'L2 an answer that was changed in the log shows as what it leads to; ' +
      'a request that is not on record ends the replay',
    async () => {
      const { store, report, events } = await played();
      const slate = slatesIn(events)[3] as Served;
      const from = slate.causes.find(({ role }) => role === 'answered-by')?.position;
      const raised = JSON.stringify({
        answer: { films: slate.data.films, scores: slate.data.scores.map((score) => score + 100) },
      });
      const forged = forge(store, (event) =>
        event.position === from && event.type === 'RecommenderAnswered'
          ? { ...event, data: { ...event.data, answer: raised } }
          : event,
      );
      expect((await replay(forged, report.run)).divergence).toMatchObject({
        position: slate.position,
        recorded: { data: slate.data },
        replayed: { data: { scores: slate.data.scores.map((score) => score + 100) } },
      });
      const renamed = forge(store, (event) =>
        event.type === 'RecommenderAnswered' && event.agent !== null
          ? { ...event, data: { ...event.data, request: 'f'.repeat(64) } }
          : event,
      );
      await expect(replay(renamed, report.run)).rejects.toMatchObject({ code: 'UNRECORDED_REQUEST' });
    },
  );

  test('L3 a branch without changes asks nothing; another where it differs, its sister not even there', async () => {
    const { store, report } = await played();
    const { asked } = remote;
    asked.length = 0;
    for (let round = 0; round <= report.rounds; round++)
      expect(await branch(store, report.run, round, [])).toMatchObject({ digest: report.digest, outsideCalls: 0 });
    expect(asked).toHaveLength(0);
    const change = [{ key: 'slate.size', value: 6 }];
    const child = await branch(store, report.run, 2, change);
    expect(child.outsideCalls).toBeGreaterThan(0);
    expect(child.outsideCalls).toBe(asked.length);
    expect(await branch(store, report.run, 2, change)).toMatchObject({ digest: child.digest, outsideCalls: 0 });
    await expectLawful(store, child);
    await expectLawful(store, report);
  });

  test('what else is done keeps answers: a random share, exploration, re-ranking, filters, explanations', async () => {
    for (const more of [
      { 'slate.random': 2 },
      { 'slate.explore': 0.5, explanations: 'on' },
      { 'slate.rerank': 'mmr', 'slate.candidates': 20 },
      { 'slate.yearMin': 1990, explanations: 'on' },
    ] as Settings[]) {
      remote = await serve();
      const { store, report, events } = await played(more);
      expect(saidIn(events).filter(({ agent }) => agent !== null)).toHaveLength(report.outsideCalls - 3);
      await expectLawful(store, report);
    }
  });

  test('a catalogue that is nearly used up: the same request in one round has one answer', async () => {
    let turn = 0;
    // Never the same order twice, and so never the same answer.
    remote.manner = (asked, honest) => {
      const said = honest();
      if (asked.path === '/train') return said;
      const { films } = said.body as { readonly films: readonly number[] };
      const at = turn++ % Math.max(1, films.length);
      return { body: { films: [...films.slice(at), ...films.slice(0, at)] } };
    };
    const { store, report, events } = await played({
      rounds: 8,
      'slate.yearMin': 2018,
      'slate.random': 1,
      'visit.watches': 5,
      'visit.pages': 8,
    });
    expect(slatesIn(events).some(({ data }) => data.sweep > 0)).toBe(true);
    await expectLawful(store, report);
  });
});

describe('L7 a crash', () => {
  test('in mid-round loses no answer: resuming asks for the rest only', async () => {
    const { report: clean } = await played();
    const calls = remote.asked.length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: calls - 1 }), fc.constantFrom(1, 8), async (paid, concurrency) => {
        const stop = new AbortController();
        let turn = 0;
        remote.manner = (_, honest) => {
          if (++turn === paid) setImmediate(() => stop.abort());
          return honest();
        };
        const store = memoryStore();
        await expect(played({}, { signal: stop.signal, concurrency }, store)).rejects.toMatchObject({
          code: 'INTERRUPTED',
        });
        const { run, status } = await onlyRun(store);
        expect(status).toBe('interrupted');
        remote.manner = (_, honest) => honest();
        const kept = (await journalOf(store, run)).length;
        expect(await resume(store, run, { concurrency })).toMatchObject({
          digest: clean.digest,
          outsideCalls: calls - kept,
        });
      }),
      { numRuns: 8 },
    );
  });

  test('between any two appends, before a model was kept: trained again from the log, without the server', async () => {
    const { report: clean, events } = await played();
    const cuts = events.flatMap(({ type, position }) =>
      type === 'RoundClosed' && position + 1 < clean.events ? [position + 1] : [],
    );
    for (const cut of [...cuts.slice(1).map((position) => position - 7), ...cuts]) {
      const inside = memoryStore();
      const poor = storeAround(inside, {
        artefacts: {
          put: (digest, bytes) => (bytes.length < 20_000 ? Promise.resolve() : inside.artefacts.put(digest, bytes)),
        },
      });
      await expect(played({}, {}, cutAfter(poor, cut))).rejects.toMatchObject({ code: 'POWER_CUT' });
      const { run } = await onlyRun(inside);
      expect(await resume(inside, run)).toMatchObject({ digest: clean.digest });
      if (cut !== cuts.at(-1)) continue;
      await remote.stop();
      for (let round = 1; round <= clean.rounds; round++)
        expect(await branch(poor, run, round, [])).toMatchObject({ digest: clean.digest, outsideCalls: 0 });
      return;
    }
  });

  test('a server that never answers does not hold up an abort, and what is under way is broken off', async () => {
    const stop = new AbortController();
    let closed = 0;
    remote.manner = (asked, honest, response) => {
      if (asked.path === '/train') return honest();
      response.on('close', () => (closed += 1));
      setTimeout(() => stop.abort(), 20);
      return 'silence';
    };
    const store = memoryStore();
    await expect(played({ 'recommender.timeout': 300 }, { signal: stop.signal }, store)).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    while (closed < remote.asked.length - 1) await new Promise((resolve) => setTimeout(resolve, 5));
    remote.manner = (_, honest) => honest();
    const { run } = await onlyRun(store);
    expect(await resume(store, run)).toMatchObject({ status: 'finished' });
    const journal = await journalOf(store, run);
    expect(journal.filter(({ answer }) => answer.includes('"fault"'))).toEqual([]);
  });
});

/** Few slates, for many servers. */
const SMALL: Settings = { agents: 3, rounds: 2 };

/** What a server may do wrong when it is asked for a slate, and how that is recorded. */
const WRONGS: readonly (readonly [string, Manner, RegExp])[] = [
  ['is out of order', () => ({ status: 500, body: 'Traceback: the password is hunter2' }), /^HTTP 500$/],
  ['refuses', () => ({ status: 403, body: {} }), /^HTTP 403$/],
  [
    'sends elsewhere',
    () => ({ status: 307, headers: { location: 'http://127.0.0.1:9/elsewhere' }, body: {} }),
    /^HTTP 307: redirects are not followed$/,
  ],
  ['hangs up', (_, __, response) => (response.destroy(), 'silence'), /^no connection/],
  [
    'stops in the middle',
    (_, __, response) => (
      response.writeHead(200, { 'content-length': '1000' }),
      response.write('{"films":['),
      setImmediate(() => response.destroy()),
      'silence'
    ),
    /^no connection/,
  ],
  ['is silent', () => 'silence', /^no answer within [\d.]+ s$/],
  [
    'drips',
    (_, __, response) => (response.writeHead(200), response.write('{"films":'), 'silence'),
    /^no answer within [\d.]+ s$/,
  ],
  ['sends no JSON', () => ({ body: '<html>It works!</html>' }), /^an answer that is no JSON$/],
  ['sends nothing', () => ({ body: '' }), /^an answer that is no JSON$/],
  [
    'sends NaN',
    (_, honest) => ({ body: JSON.stringify(honest().body).replace(/"scores":\[\d+/, '"scores":[NaN') }),
    /^an answer that is no JSON$/,
  ],
  ['sends a list', () => ({ body: [1, 2, 3] }), /^the answer: .*expected object/],
  ['sends null', () => ({ body: 'null' }), /^the answer: .*expected object/],
  ['sends deep nothing', () => ({ body: '['.repeat(4000) }), /^an answer that is no JSON$/],
  [
    'sends too much',
    () => ({ body: JSON.stringify({ films: [], padding: 'x'.repeat(1_000_000) }) }),
    /^an answer of more than \d+ bytes$/,
  ],
  ['forgets the films', () => ({ body: { scores: [1] } }), /^films: /],
  ['sends titles', () => ({ body: { films: ['Alien', 'Aliens'] } }), /^films\.0: .*expected number/],
  ['sends halves', () => ({ body: { films: [1.5] } }), /^films\.0: /],
  ['sends negative ids', () => ({ body: { films: [-1] } }), /^films\.0: /],
  ['sends huge ids', () => ({ body: '{"films":[1e300]}' }), /^films\.0: /],
  ['sends infinite scores', () => ({ body: '{"films":[1],"scores":[1e999]}' }), /^scores\.0: |^film 1 /],
  [
    'sends scores that are too large',
    (_, honest) => withScores(honest(), () => 1e300),
    /^the score of film \d+ is too large$/,
  ],
  ['sends words for scores', (_, honest) => withScores(honest(), () => 'much'), /^scores\.0: .*expected number/],
  ['sends null for scores', (_, honest) => withScores(honest(), () => null), /^scores\.0: .*expected number/],
  ['sends one score', (_, honest) => ({ body: { films: filmsOf(honest()), scores: [1] } }), /^1 scores for 5 films$/],
  [
    'invents films',
    (_, honest) => ({ body: { films: [...filmsOf(honest()).slice(1), 987654] } }),
    /^film 987654 is not in the catalogue$/,
  ],
  [
    'repeats films',
    (_, honest) => ({ body: { films: [...filmsOf(honest()).slice(1), filmsOf(honest())[1]] } }),
    /^film \d+ is there twice$/,
  ],
  [
    'shows what is excluded',
    ({ body: { excluded } }, honest) => ({ body: { films: [excluded[0] ?? 987654, ...filmsOf(honest()).slice(1)] } }),
    /^film \d+ is (excluded|not in the catalogue)$/,
  ],
  [
    'shows too many',
    (_, honest) => ({ body: { films: [...filmsOf(honest()), 1, 2, 3, 4, 5, 6] } }),
    /^11 films, at most 5 were asked for$/,
  ],
  [
    'gives reasons for some',
    (_, honest) => ({ body: { films: filmsOf(honest()), because: [[]] } }),
    /^reasons for 1 of 5 films$/,
  ],
  [
    'gives untrue reasons',
    (_, honest) => ({
      body: { films: filmsOf(honest()), because: filmsOf(honest()).map((film) => [{ film, weight: 1 }]) },
    }),
    /^film \d+ is there because of film \d+, which the agent has not watched$/,
  ],
  [
    'gives reasons twice',
    (_, honest) => twiceReasoned(honest()),
    /^film \d+ has one reason twice$|^film \d+ is there because/,
  ],
  [
    'reaches for the prototypes',
    () => ({ body: '{"__proto__":{"films":[1]},"constructor":{"prototype":{"polluted":true}}}' }),
    /^films: /,
  ],
  ['does not know the model', () => ({ body: { unknown: true } }), /^the model is not known$/],
  ['has lost the model', () => ({ status: 410, body: {} }), /^the model is not known$/],
];

/**
 * Only silence is waited for shortly: other answers may be late on a busy machine. Where connections break, a training
 * may find one that is broken already.
 */
function patience({ source }: RegExp, seconds: number): Settings {
  if (source.includes('no answer')) return { 'recommender.timeout': seconds };
  return source.includes('no connection') ? { 'recommender.retries': 2 } : {};
}
const filmsOf = ({ body }: Said): readonly number[] => (body as { readonly films: readonly number[] }).films;
const withScores = (said: Said, score: () => unknown): Said => ({
  body: { films: filmsOf(said), scores: filmsOf(said).map(score) },
});
const twiceReasoned = (said: Said): Said => ({
  body: {
    films: filmsOf(said),
    because: filmsOf(said).map(() => [
      { film: 1, weight: 1 },
      { film: 1, weight: 2 },
    ]),
  },
});
/** An honest trainer with a wrong manner of recommending, or the other way about. */
const only =
  (path: string, wrong: Manner): Manner =>
  (asked, honest, response) =>
    asked.path === path ? wrong(asked, honest, response) : honest();

describe('a server that', () => {
  let popular: readonly LogEvent[];
  beforeAll(async () => {
    const store = memoryStore();
    popular = await eventsOf(store, (await runOf(store, { ...WORLD, ...SMALL, recommender: 'popular' })).run);
  });

  test.each(WRONGS)(
    '%s: every slate is the fallback’s, the fault is on record, and the replay is equal',
    async (_, wrong, fault) => {
      remote.manner = only('/recommend', wrong);
      const { store, report, events } = await played({ ...SMALL, ...patience(fault, 0.05) });
      expect(report.status).toBe('finished');
      const said = saidIn(events)
        .filter(({ agent }) => agent !== null)
        .map(({ answer }) => JSON.parse(answer) as { readonly fault: string });
      expect(said).toHaveLength(slatesIn(events).length);
      for (const { fault: told } of said) expect(told).toMatch(fault);
      expect(rankings(events)).toEqual(rankings(popular));
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      await expectLawful(store, report);
    },
  );

  test(
    'fails at trainings: ' +
      'the rounds are the fallback’s alone, the fault is on record, and the next training sends everything',
    async () => {
      const wrongs = [
        ...WRONGS.slice(0, 9),
        ['names no model', () => ({ body: { model: '' } }), /^model: /],
        ['names it strangely', () => ({ body: '{"model":"\\ud800 "}' }), /^model: /],
        ['names it at length', () => ({ body: { model: 'm'.repeat(300) } }), /^model: /],
        ['knows nothing', () => ({ body: { unknown: true } }), /^model: /],
      ] as const;
      for (const [, wrong, fault] of wrongs) {
        remote = await serve(only('/train', wrong as Manner));
        const { store, report, events } = await played({
          ...SMALL,
          'recommender.trainTimeout': patience(fault, 0.3)['recommender.timeout'] ?? 120,
        });
        expect(
          saidIn(events).map(({ agent, answer }) => [
            agent,
            fault.test((JSON.parse(answer) as { readonly fault: string }).fault),
          ]),
        ).toEqual([1, 2].map(() => [null, true]));
        expect(new Set(remote.asked.map(({ body }) => body.previous))).toEqual(new Set([null]));
        expect(rankings(events)).toEqual(rankings(popular));
        await expectLawful(store, report);
      }
    },
  );

  test('is not there at all, and comes in the second round', async () => {
    const { url } = remote;
    await remote.stop();
    const port = Number(new URL(url).port);
    expect(port).toBeGreaterThan(0);
    const store = memoryStore();
    const report = await runOf(store, over(url, SMALL));
    const events = await eventsOf(store, report.run);
    expect(new Set(saidIn(events).map(({ answer }) => answer))).toEqual(
      new Set(['{"fault":"no connection (ECONNREFUSED)"}']),
    );
    expect(rankings(events)).toEqual(rankings(popular));
    remote = await serve((asked, honest) => (asked.body.round === 1 ? { status: 503, body: {} } : honest()));
    const late = await played();
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => body.previous === null)).toEqual([
      true,
      true,
      false,
    ]);
    expect(
      new Set(
        saidIn(late.events)
          .filter(({ agent }) => agent !== null)
          .map(({ round }) => round),
      ),
    ).toEqual(new Set([2, 3]));
    await expectLawful(late.store, late.report);
  });

  test('forgets its models is told everything at the next training', async () => {
    let isOver = false;
    remote.manner = (asked, honest) => {
      if (asked.path === '/recommend' && asked.body.round === 2 && !isOver) {
        isOver = true;
        remote.forget();
      }
      return honest();
    };
    const { store, report, events } = await played();
    expect(
      remote.asked.filter(({ path }) => path === '/train').map(({ body }) => [body.round, body.previous === null]),
    ).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [3, true],
    ]);
    expect(saidIn(events).find(({ agent, round }) => agent === null && round === 3)?.answer).toBe(
      '{"answer":{"unknown":true}}',
    );
    const trained = events.filter(({ type, round }) => type === 'RecommenderTrained' && round === 3);
    expect(trained[0]?.causes.filter(({ role }) => role === 'answered-by')).toHaveLength(2);
    const faults = saidIn(events).filter(({ answer }) => answer === '{"fault":"the model is not known"}');
    expect(faults.length).toBeGreaterThan(0);
    expect(new Set(faults.map(({ round }) => round))).toEqual(new Set([2]));
    await expectLawful(store, report);
  });

  test('gives too few: the fallback adds the others below, and the record says how many', async () => {
    remote.manner = only('/recommend', (_, honest) =>
      withScores({ body: { films: filmsOf(honest()).toReversed().slice(0, 2) } }, () => -7),
    );
    const { store, report, events } = await played();
    for (const { data } of slatesIn(events)) {
      expect(data.films).toHaveLength(5);
      expect(data.scores).toEqual([-7, -7, -7, -7, -7]);
    }
    for (const { agent, answer } of saidIn(events))
      if (agent !== null) expect(JSON.parse(answer)).toMatchObject({ missing: 3, answer: { scores: [-7, -7] } });
    await expectLawful(store, report);
  });

  test('gives none: the fallback’s slate, with its scores', async () => {
    remote.manner = only('/recommend', () => ({ body: { films: [] } }));
    const { store, report, events } = await played(SMALL);
    expect(rankings(events)).toEqual(rankings(popular));
    await expectLawful(store, report);
  });

  test('fails now and then is asked again; what it is to blame for is not asked again when that is final', async () => {
    const tries = new Map<string, number>();
    remote.manner = (asked, honest) => {
      const key = JSON.stringify(asked.body);
      tries.set(key, (tries.get(key) ?? 0) + 1);
      return tries.get(key) === 1 ? { status: 502, body: {} } : honest();
    };
    const { report } = await played({ rounds: 1, agents: 3, 'recommender.retries': 1 });
    remote.manner = (_, honest) => honest();
    expect((await played({ rounds: 1, agents: 3, 'recommender.retries': 1 })).report.outsideCalls).toBe(
      report.outsideCalls,
    );
    expect(new Set(tries.values())).toEqual(new Set([2]));
    remote.asked.length = 0;
    remote.manner = () => ({ status: 401, body: {} });
    await played({ rounds: 1, agents: 3, 'recommender.retries': 3 });
    expect(remote.asked).toHaveLength(1);
  });
});

describe('without a fallback', () => {
  const NONE: Settings = { 'recommender.fallback': 'none' };

  test('the run is the same as long as nothing fails, but for its parameters', async () => {
    const [with_, without] = [await played(), await played(NONE)];
    expect(rankings(without.events)).toEqual(rankings(with_.events));
    await expectLawful(without.store, without.report);
  });

  test('agents that are shown the same have not diverged, whatever was said outside', async () => {
    const { store, report, events } = await played();
    const other = await played(NONE, {}, store);
    // Other requests, so other answers on record.
    expect(saidIn(other.events)).not.toEqual(saidIn(events));
    const comparison = await compareRuns(store, report.run, other.report.run);
    expect(comparison.firstDivergence).not.toBeNull();
    expect(comparison.firstDivergedAgent).toBeNull();
    expect(comparison.divergedAgents.map(({ agents, ever }) => [agents, ever])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  const stops = [
    ...WRONGS,
    [
      'gives too few',
      (_: unknown, honest: () => Said) => ({ body: { films: filmsOf(honest()).slice(1) } }),
      /^4 films, though 5 may be shown$/,
    ] as const,
  ];

  test.each(stops.map(([name, wrong, fault]) => [name, wrong as Manner, fault] as const))(
    'a server that %s ends the run, which can be resumed to the digest it would have had',
    async (_, wrong, fault) => {
      // Long enough for an honest answer, also on a busy machine.
      const settings = { ...NONE, ...SMALL, ...patience(fault, 2) };
      const { report: clean } = await played(settings);
      let turn = 0;
      const others = remote.asked.length;
      remote.manner = (asked, honest, response) =>
        ++turn > others / 2 && asked.path === '/recommend' ? wrong(asked, honest, response) : honest();
      const store = memoryStore();
      const failing = played(settings, {}, store);
      await expect(failing).rejects.toMatchObject({
        code: 'REMOTE_UNAVAILABLE',
        message: expect.stringContaining(`the recommender at ${remote.url} gave no usable answer to POST /recommend`),
      });
      const message = String(await failing.catch((error: unknown) => error));
      expect(/: ([^;]*);/.exec(message.slice(message.indexOf('POST')))?.[1]).toMatch(fault);
      expect(message).not.toContain('hunter2');
      const { run, status } = await onlyRun(store);
      expect(status).toBe('failed');
      expect((await eventsOf(store, run)).at(-1)?.type).toBe('RoundClosed');
      expect((await journalOf(store, run)).filter(({ answer }) => answer.includes('"fault"'))).toEqual([]);
      expect(await verify(store, run)).toMatchObject({ ok: true });
      remote.manner = (_asked, honest) => honest();
      const report = await resume(store, run);
      expect(report).toMatchObject({ status: 'finished', digest: clean.digest });
      await expectLawful(store, report);
    },
  );
});

describe('reasons', () => {
  const EXPLAINED: Settings = { explanations: 'on' };

  test('come with the slate, and are told to the agents as true sentences', async () => {
    const { store, report, events } = await played(EXPLAINED);
    const watched = new Map<number, Set<number>>();
    let named = 0;
    for (const { type, agent, data } of events) {
      if (type === 'AgentJoined') watched.set(agent as number, new Set(data.history.films));
      if (type === 'FilmWatched') watched.get(agent as number)?.add(data.film);
      if (type !== 'SlateExplained') continue;
      for (const { text, films } of data.explanations) {
        expect(text).toMatch(films.length > 0 ? /^Goes with .*, which you watched\.$/ : /^Next on the list\.$/);
        for (const film of films) expect(watched.get(agent as number)).toContain(film);
        named += films.length;
      }
    }
    expect(named).toBeGreaterThan(10);
    await expectLawful(store, report);
  });

  test('of films that the fallback adds are the fallback’s', async () => {
    remote.manner = only('/recommend', (_, honest) => ({ body: { films: filmsOf(honest()).slice(0, 3) } }));
    const { store, report, events } = await played(EXPLAINED);
    const texts = events.flatMap(({ type, data }) =>
      type === 'SlateExplained' ? [data.explanations.map(({ text }) => text)] : [],
    );
    expect(texts.length).toBeGreaterThan(5);
    for (const list of texts) {
      expect(list.slice(0, 3)).toEqual(list.slice(0, 3).map(() => 'Next on the list.'));
      for (const text of list.slice(3))
        expect(text).toMatch(/^Watched (\d+ times|once) so far\.$|^Next on the list\.$/);
    }
    await expectLawful(store, report);
  });

  test('are not asked for where nobody wants them, or the server cannot give them', async () => {
    await played({ 'recommender.explain': false });
    remote.manner = only('/train', (_, honest) => ({ body: { ...(honest().body as object), explains: false } }));
    await played();
    const slates = remote.asked.filter(({ path }) => path === '/recommend');
    expect(slates.length).toBeGreaterThan(10);
    expect(slates.filter(({ body }) => body.explain)).toEqual([]);
  });

  test('that come unasked are left aside, true or not', async () => {
    remote.manner = only('/recommend', (_, honest) => ({
      body: { ...(honest().body as object), because: filmsOf(honest()).map((film) => [{ film, weight: 1 }]) },
    }));
    const { store, report, events } = await played({ ...EXPLAINED, 'recommender.explain': false });
    const said = saidIn(events).filter(({ agent }) => agent !== null);
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter(({ answer }) => /because|fault/.test(answer))).toEqual([]);
    await expectLawful(store, report);
  });

  test('why works on the stored run without the server', async () => {
    const { store, report, events } = await played(EXPLAINED);
    await remote.stop();
    const ports = await recordPorts(store, report.run);
    for (const { position } of slatesIn(events).slice(-3)) {
      const told = await why(store, report.run, { position }, { depth: 3, width: 10, ports, butFor: false });
      expect(told.causes.map(({ role }) => role)).toEqual(expect.arrayContaining(['ranked-by']));
    }
  });
});

describe('secrets', () => {
  /** All that a run leaves behind: the bytes of the store and everything beside it. */
  const bytesOf = (path: string): string =>
    readdirSync(folder)
      .filter((name) => join(folder, name).startsWith(path))
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');

  test('the token goes to the server alone: not into log, journal, models or errors, even when sent back', async () => {
    process.env['RASHOMON_REMOTE_TOKEN'] = TOKEN;
    const path = newPath();
    const store = openSqliteStore(path);
    let turn = 0;
    remote.manner = (asked, honest) => {
      const said = honest();
      const echoes: readonly Said[] = [
        { body: { ...(said.body as object), token: asked.headers.authorization } },
        { status: 500, headers: { 'x-token': TOKEN }, body: TOKEN },
        { body: `{"films":["${TOKEN}"]}` },
        { body: `${TOKEN} is no JSON` },
      ];
      if (asked.path === '/train' && asked.body.round === 2)
        return { body: { model: `model-${TOKEN}`, explains: true } };
      return asked.path === '/train' ? said : (echoes[turn++ % echoes.length] as Said);
    };
    const { report, events } = await played({}, {}, store);
    expect(new Set(remote.asked.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(saidIn(events).find(({ agent, round }) => agent === null && round === 2)?.answer).toBe(
      '{"fault":"an answer that repeats the bearer token"}',
    );
    const failing = played({ 'recommender.fallback': 'none' }, {}, store);
    await expect(failing).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
    const { message, stack } = (await failing.catch((error: unknown) => error)) as Error;
    expect(`${message}${stack}`).not.toContain('hunter2');
    await expectLawful(store, report);
    await store.close();
    expect(bytesOf(path)).toContain('SQLite format');
    expect(bytesOf(path)).not.toContain('hunter2');
  });

  test.each([
    'http://user:hunter2@127.0.0.1/',
    'https://hunter2@example.org',
    'http://127.0.0.1/?key=hunter2',
    'http://127.0.0.1/#hunter2',
    'ftp://hunter2@127.0.0.1',
    'user:hunter2@host',
    'http://user:hun/ter2@host',
  ])('the address %s is refused, and what may be secret in it is not shown', async (url) => {
    const errors: unknown[] = [];
    for (const act of [async () => runOf(memoryStore(), over(url)), async () => createRecommender('remote', { url })]) {
      await act().catch((error: unknown) => errors.push(error));
    }
    expect(errors.map((error) => (error as { readonly code?: string }).code)).toEqual([
      'INVALID_CONFIG',
      'INVALID_PARAMETERS',
    ]);
    for (const error of errors) {
      expect(String(error)).toContain('an http or https address without user, password, query and fragment');
      expect(`${String(error)}${JSON.stringify((error as { readonly faults: unknown }).faults)}`).not.toMatch(
        /hunter2|ter2/,
      );
    }
  });

  test('a redirect takes no token anywhere', async () => {
    process.env['RASHOMON_REMOTE_TOKEN'] = TOKEN;
    const elsewhere = await serve();
    remote.manner = () => ({ status: 308, headers: { location: `${elsewhere.url}/train` }, body: {} });
    const { events } = await played();
    expect(saidIn(events).map(({ answer }) => answer)).toEqual(
      [1, 2, 3].map(() => '{"fault":"HTTP 308: redirects are not followed"}'),
    );
    expect(elsewhere.asked).toEqual([]);
  });
});

describe('parameters', () => {
  test('have defaults but for the address; what is wrong is told at once', () => {
    expect(createRecommender('remote', { url: 'http://127.0.0.1:8808/' }).parameters).toEqual({
      url: 'http://127.0.0.1:8808',
      timeout: 10,
      trainTimeout: 120,
      retries: 2,
      fallback: 'popular',
      explain: true,
    });
    for (const wrong of [
      {},
      { url: 7 },
      { url: '' },
      { url: 'http://a', timeout: 0 },
      { url: 'http://a', retries: -1 },
      { url: 'http://a', fallback: 'remote' },
      { url: 'http://a', token: 'x' },
    ]) {
      expect(() => createRecommender('remote', wrong)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETERS' }));
    }
  });

  test('a model with a fallback is not loaded where there is none, nor the other way about', async () => {
    const catalogue = loadSampleCatalogue();
    const [with_, without] = [
      createRecommender('remote', { url: remote.url }),
      createRecommender('remote', { url: remote.url, fallback: 'none' }),
    ];
    const request = {
      round: 1,
      catalogue,
      interactions: asInteractions({ users: [1], films: [1] }),
      count: 1,
      audience: NOBODY_KNOWN,
      previous: null,
      luck: new LuckOf(1, NOBODY, 1),
    };
    const bytes = await Promise.all(
      [with_, without].map(async (recommender) => (await recommender.train(request)).toBytes()),
    );
    expect(() => without.load(bytes[0] as Uint8Array, catalogue)).toThrow('model with a fallback');
    expect(() => with_.load(bytes[1] as Uint8Array, catalogue)).toThrow('model without a fallback');
    expect(() => without.load(Uint8Array.from([...(bytes[1] as Uint8Array), 0]), catalogue)).toThrow(MalformedBytes);
    expect(without.load(bytes[1] as Uint8Array, catalogue).digest).toBe((await without.train(request)).digest);
  });

  test('offline evaluation asks for whole rankings, without reasons', async () => {
    const path = join(folder, 'table.csv');
    const rows = Array.from({ length: 60 }, (_, entry) => `${entry % 6},${(entry * 7) % 23}`);
    writeFileSync(path, ['user,film', ...new Set(rows)].join('\n'));
    const { split } = loadSplit(path, { protocol: 'random', seed: 1, share: 0.3, valid: 0 });
    const model = await fitTo(createRecommender('remote', { url: remote.url }), split, 1);
    const ranked = await rankUsers(model, split, { seed: 1 });
    const own = await rankUsers(await fitTo(createRecommender('popular'), split, 1), split, { seed: 1 });
    expect(ranked).toEqual(own);
    expect(ranked.length).toBeGreaterThan(3);
  });
});

/** `python3`, or null where there is none. */
const python = ((): string | null => {
  try {
    return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
})();

/** Tests that need a python3; where there is none it is said. */
function withPython(name: string, body: (python: string) => void): void {
  if (python !== null) {
    // oxlint-disable-next-line jest/valid-title -- the caller's
    describe(name, () => {
      body(python);
    });
    return;
  }
  process.stderr.write(`skipped: "${name}", as there is no python3\n`);
  // oxlint-disable-next-line jest/no-disabled-tests, jest/valid-title -- there is nothing to test with
  test['skip'](name, () => undefined);
}

withPython('the example server', (program) => {
  const script = fileURLToPath(new URL('../../../examples/remote-recommender/server.py', import.meta.url));
  const writer = fileURLToPath(new URL('./fixtures/run-writer.mjs', import.meta.url));
  const listening = 'listening on ';

  test('serves a run, the same at any concurrency, replayed without it, branched, killed and resumed', async () => {
    process.env['RASHOMON_REMOTE_TOKEN'] = TOKEN;
    const server = startProgram(program, [script, '--port', '0', '--token-from', 'RASHOMON_REMOTE_TOKEN']);
    await server.said(listening);
    const url = (server.lines[0] ?? '').slice(listening.length);
    const settings = over(url, { rounds: 5, explanations: 'on' });
    const store = memoryStore();
    const report = await runOf(store, settings, { concurrency: 1 });
    const events = await eventsOf(store, report.run);
    expect(saidIn(events).filter(({ answer }) => answer.includes('"fault"'))).toEqual([]);
    expect(
      events.some(
        ({ type, data }) => type === 'SlateExplained' && data.explanations.some(({ films }) => films.length > 0),
      ),
    ).toBe(true);
    expect((await runOf(memoryStore(), settings, { concurrency: 8 })).digest).toBe(report.digest);

    const path = newPath();
    const child = startNode(writer, path, JSON.stringify({ do: 'simulate', settings }));
    await child.said('round 2');
    await child.kill();
    const file = openSqliteStore(path);
    const { run } = await onlyRun(file);
    expect(await resume(file, run)).toMatchObject({ status: 'finished', digest: report.digest });

    const change = [{ key: 'agent.2.persona.interests', value: ['Drama'] }];
    const child2 = await branch(store, report.run, 2, change);
    expect(child2.digest).not.toBe(report.digest);
    await server.kill();
    for (const each of [report, child2]) await expectLawful(store, each);
    await expectLawful(file, { run });
    expect(await branch(store, report.run, 2, [])).toMatchObject({ digest: report.digest, outsideCalls: 0 });
    expect(await branch(store, report.run, 2, change)).toMatchObject({ digest: child2.digest, outsideCalls: 0 });
    await file.close();
  });

  test('asks for the token, and says what is wrong with a message', async () => {
    const server = startProgram(program, [script, '--port', '0', '--token-from', 'SECRET'], { SECRET: TOKEN });
    await server.said(listening);
    const url = (server.lines[0] ?? '').slice(listening.length);
    const status = async (path: string, body: string, token = TOKEN): Promise<number> =>
      (await fetch(`${url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status('/train', '{}', 'wrong')).toBe(401);
    expect(await status('/teach', '{}')).toBe(404);
    expect(await status('/train', '{}')).toBe(400);
    expect(await status('/train', 'no JSON')).toBe(400);
    expect(await status('/train', '{"protocol":"rashomon.remote/2"}')).toBe(400);
    expect(await (await fetch(url)).json()).toMatchObject({ protocol: 'rashomon.remote/1' });
    await server.kill();
  });
});
