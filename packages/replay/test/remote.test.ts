/** A recommender behind HTTP: what it is told, what it answers is recorded before it is used, and nothing that it does breaks a round. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventData, type LogEvent, memoryStore, openSqliteStore, RunLog, type Store, type StoredAnswer } from '@rashomon/kernel';
import { createRecommender } from '@rashomon/recsys';
import { recommenderContract } from '@rashomon/recsys/testing';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { branch, createRecommender as created, fitTo, listRuns, loadSplit, rankUsers, recordPorts, replay, resume, type RunReport, verify, why } from '@rashomon/replay';
import { causeFaults, eventsOf, messageFaults, runOf, type Settings, slateFaults } from '@rashomon/replay/testing';
import { killAll, startNode, startProgram } from './child-process.ts';
import { type Manner, type RemoteServer, type Said, startRemote } from './remote-server.ts';
import { cutAfter, forge, storeAround } from './store-around.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-remote-'));
const TOKEN = 'hunter2-is-no-token';
let files = 0;
const newPath = (): string => join(folder, `${files++}.rashomon`);

let remote: RemoteServer;
beforeEach(async () => {
  remote = await startRemote();
});
afterEach(async () => {
  delete process.env['RASHOMON_REMOTE_TOKEN'];
  await remote.stop();
});
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

const WORLD: Settings = { agents: 8, rounds: 3, seed: 3, 'slate.size': 5, 'visit.watches': 2 };
const over = (url: string, more: Settings = {}): Settings => ({ ...WORLD, recommender: 'remote', 'recommender.url': url, 'recommender.retries': 0, ...more });

/** A run over the server of the test. */
async function played(more: Settings = {}, options: Parameters<typeof runOf>[2] = {}, store: Store = memoryStore()): Promise<{ readonly store: Store; readonly report: RunReport; readonly events: readonly LogEvent[] }> {
  const report = await runOf(store, over(remote.url, more), options);
  return { store, report, events: await eventsOf(store, report.run) };
}

type Served = Extract<LogEvent, { readonly type: 'SlateServed' }>;
const slatesIn = (events: readonly LogEvent[]): Served[] => events.filter((event): event is Served => event.type === 'SlateServed');
const saidIn = (events: readonly LogEvent[]): (EventData<'RecommenderAnswered'> & { readonly round: number; readonly agent: number | null })[] =>
  events.flatMap(({ type, data, round, agent }) => (type === 'RecommenderAnswered' ? [{ ...data, round, agent }] : []));
/** Rankings alone: what is shown to whom, and in which order. */
const rankings = (events: readonly LogEvent[]): unknown => slatesIn(events).map(({ round, agent, data: { films, scores } }) => ({ round, agent, films, scores }));

async function expectLawful(store: Store, { run }: { readonly run: string }): Promise<void> {
  await remote.stop();
  const events = await eventsOf(store, run);
  expect([...slateFaults(events), ...messageFaults(events), ...causeFaults(events)]).toEqual([]);
  expect(await verify(store, run)).toMatchObject({ ok: true });
  const deaf = storeAround(store, { answers: () => Promise.reject(new TypeError('the journal was read')), putAnswer: () => Promise.reject(new TypeError('written in a replay')) });
  expect(await replay(deaf, run)).toMatchObject({ divergence: null, outsideCalls: 0, matched: events.length });
}

async function onlyRun(store: Store): Promise<{ readonly run: string; readonly status: string }> {
  const { runs } = await listRuns(store);
  expect(runs).toHaveLength(1);
  return runs[0] as (typeof runs)[number];
}

async function journalOf(store: Store, root: string): Promise<StoredAnswer[]> {
  const answers: StoredAnswer[] = [];
  for (let round = 0; round <= 10; round++) answers.push(...(await store.answers(root, round)));
  return answers;
}

describe('the contract of a recommender', () => {
  let honest: RemoteServer;
  beforeAll(async () => {
    honest = await startRemote();
  });
  afterAll(() => honest.stop());

  test.each(recommenderContract('remote', () => createRecommender('remote', { url: honest.url, retries: 0 }), { runs: 8 }).map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('what the server is told', () => {
  test('first everything, with the films but not their quality; then what is new; all slates with what they may not hold', async () => {
    const { report, events } = await played();
    const [first, ...later] = remote.asked.filter(({ path }) => path === '/train').map(({ body }) => body);
    expect(first).toMatchObject({ protocol: 'rashomon.remote/1', round: 1, previous: null, first: 0 });
    expect(first?.films?.length).toBeGreaterThan(100);
    for (const film of first?.films ?? []) expect(Object.keys(film)).toEqual(['genres', 'id', 'title', 'year']);
    let known = first?.rows.length ?? 0;
    const answers = saidIn(events).filter(({ agent }) => agent === null);
    for (const [index, body] of later.entries()) {
      const { answer } = JSON.parse(answers[index]?.answer ?? '') as { readonly answer: { readonly model: string } };
      expect({ previous: body.previous, first: body.first, films: body.films }).toEqual({ previous: answer.model, first: known, films: undefined });
      known += body.rows.length;
    }
    const trained = events.flatMap(({ type, data }) => (type === 'RecommenderTrained' ? [data] : []));
    expect(trained.at(-1)?.interactions).toBe(known);
    const watched = events.filter(({ type, round }) => type === 'FilmWatched' && round < 3);
    expect(later.flatMap(({ rows }) => rows.map(([agent, film, , round]) => [agent, film, round]))).toEqual(watched.map(({ agent, round, data }) => [agent, (data as { readonly film: number }).film, round]));
    const slates = remote.asked.filter(({ path }) => path === '/recommend');
    expect(slates).toHaveLength(slatesIn(events).length);
    expect(report.outsideCalls).toBe(remote.asked.length);
    for (const { body } of slates) expect(body).toMatchObject({ protocol: 'rashomon.remote/1', count: 5, explain: true });
    expect(slates.some(({ body }) => body.excluded.length > 0)).toBe(true);
  });

  test('everything again after a training from scratch, and when the films were changed', async () => {
    const { store, report } = await played({ 'recommender.retrainEvery': 2 });
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => body.previous === null)).toEqual([true, false, true]);
    remote.asked.length = 0;
    await branch(store, report.run, 2, [{ key: 'item.remove', value: slatesIn(await eventsOf(store, report.run))[0]?.data.films[0] as number }]);
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => [body.previous, body.first])).toEqual([[null, 0]]);
  });

  test('films keep the order of the answer where it has no scores, and are sorted by score and id where it has', async () => {
    remote.manner = (asked, honest) => {
      const said = honest();
      if (asked.path === '/train') return said;
      const { films } = said.body as { readonly films: readonly number[] };
      return { body: asked.body.agent === 0 ? { films: films.toReversed() } : { films, scores: films.map((film) => (film % 2 === 0 ? 0.1 : -3)) } };
    };
    const { store, report, events } = await played();
    const answers = new Map(saidIn(events).map((each) => [each.request, each.answer]));
    for (const { agent, causes, data } of slatesIn(events)) {
      const from = events[causes.find(({ role }) => role === 'answered-by')?.position ?? -1] as LogEvent;
      const { answer } = JSON.parse(answers.get((from.data as { readonly request: string }).request) as string) as { readonly answer: { readonly films: readonly number[] } };
      const even = answer.films.filter((film) => film % 2 === 0).toSorted((a, b) => a - b);
      const odd = answer.films.filter((film) => film % 2 === 1).toSorted((a, b) => a - b);
      if (agent === 0) expect(data).toMatchObject({ films: answer.films, scores: [5, 4, 3, 2, 1] });
      else expect(data).toMatchObject({ films: [...even, ...odd], scores: [...even.map(() => Math.fround(0.1)), ...odd.map(() => -3)] });
    }
    await expectLawful(store, report);
  });
});

describe('what it answers is recorded', () => {
  test('in the journal as in the log, before it is used; slates and trainings name it as their cause', async () => {
    const inside = memoryStore();
    const kept = new Set<string>();
    const watching = storeAround(inside, {
      async putAnswer(root, answer) {
        await inside.putAnswer(root, answer);
        kept.add(answer.request);
      },
      async append(id, revision, batch, progress) {
        for (const event of batch.events) if (event.type === 'RecommenderAnswered') expect(kept.has(event.data.request)).toBe(true);
        await inside.append(id, revision, batch, progress);
      },
    });
    const { report, events } = await played({}, {}, watching);
    const logged = saidIn(events).map(({ request, answer }) => ({ request, answer }));
    const journal = (await journalOf(inside, report.run)).map(({ request, answer }) => ({ request, answer }));
    const inOrder = (list: readonly { readonly request: string }[]): unknown => list.toSorted((a, b) => (a.request < b.request ? -1 : 1));
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
      fc.asyncProperty(fc.constantFrom(1, 2, 8), fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 12 }), async (concurrency, delays) => {
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
      }),
      { numRuns: 6 },
    );
  });

  test('L2 an answer that was changed in the log shows as what it leads to; a request that is not on record ends the replay', async () => {
    const { store, report, events } = await played();
    const slate = slatesIn(events)[3] as Served;
    const from = slate.causes.find(({ role }) => role === 'answered-by')?.position;
    const swapped = JSON.stringify({ answer: { films: slate.data.films.toReversed() } });
    const forged = forge(store, (event) => (event.position === from && event.type === 'RecommenderAnswered' ? { ...event, data: { ...event.data, answer: swapped } } : event));
    expect((await replay(forged, report.run)).divergence).toMatchObject({ position: from, replayed: { type: 'RecommenderAnswered' } });
    const renamed = forge(store, (event) => (event.type === 'RecommenderAnswered' && event.agent !== null ? { ...event, data: { ...event.data, request: 'f'.repeat(64) } } : event));
    await expect(replay(renamed, report.run)).rejects.toMatchObject({ code: 'UNRECORDED_REQUEST' });
  });

  test('L3 a branch that changes nothing asks nothing; another asks where it differs, and its sister not even there', async () => {
    const { store, report } = await played();
    const { asked } = remote;
    asked.length = 0;
    for (let round = 0; round <= report.rounds; round++) expect(await branch(store, report.run, round, [])).toMatchObject({ digest: report.digest, outsideCalls: 0 });
    expect(asked).toHaveLength(0);
    const change = [{ key: 'slate.size', value: 6 }];
    const child = await branch(store, report.run, 2, change);
    expect(child.outsideCalls).toBeGreaterThan(0);
    expect(child.outsideCalls).toBe(asked.length);
    expect(await branch(store, report.run, 2, change)).toMatchObject({ digest: child.digest, outsideCalls: 0 });
    await expectLawful(store, child);
    await expectLawful(store, report);
  });

  test('what else is done to slates keeps the answers: a random share, exploration, re-ranking, filters, explanations', async () => {
    for (const more of [{ 'slate.random': 2 }, { 'slate.explore': 0.5, explanations: 'on' }, { 'slate.rerank': 'mmr', 'slate.candidates': 20 }, { 'slate.yearMin': 1990, explanations: 'on' }] as Settings[]) {
      remote = await startRemote();
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
    const { store, report, events } = await played({ rounds: 8, 'slate.yearMin': 2018, 'slate.random': 1, 'visit.watches': 5, 'visit.pages': 8 });
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
        await expect(played({}, { signal: stop.signal, concurrency }, store)).rejects.toMatchObject({ code: 'INTERRUPTED' });
        const { run, status } = await onlyRun(store);
        expect(status).toBe('interrupted');
        remote.manner = (_, honest) => honest();
        const kept = (await journalOf(store, run)).length;
        expect(await resume(store, run, { concurrency })).toMatchObject({ digest: clean.digest, outsideCalls: calls - kept });
      }),
      { numRuns: 8 },
    );
  });

  test('between any two appends, and before a model was kept: it is trained again from the log, without the server', async () => {
    const { report: clean, events } = await played();
    const cuts = events.flatMap(({ type, position }) => (type === 'RoundClosed' && position + 1 < clean.events ? [position + 1] : []));
    for (const cut of [...cuts, ...cuts.slice(1).map((position) => position - 7)]) {
      const inside = memoryStore();
      const poor = storeAround(inside, { putArtefact: (digest, bytes) => (bytes.length < 20_000 ? Promise.resolve() : inside.putArtefact(digest, bytes)) });
      await expect(played({}, {}, cutAfter(poor, cut))).rejects.toMatchObject({ code: 'POWER_CUT' });
      const { run } = await onlyRun(inside);
      expect(await resume(inside, run)).toMatchObject({ digest: clean.digest });
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
    await expect(played({ 'recommender.timeout': 300 }, { signal: stop.signal }, store)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    while (closed < remote.asked.length - 1) await new Promise((resolve) => setTimeout(resolve, 5));
    remote.manner = (_, honest) => honest();
    const { run } = await onlyRun(store);
    expect(await resume(store, run)).toMatchObject({ status: 'finished' });
    const journal = await journalOf(store, run);
    expect(journal.filter(({ answer }) => answer.includes('"fault"'))).toEqual([]);
  });
});

/** What a server may do wrong when it is asked for a slate, and how that is recorded. */
const WRONGS: readonly (readonly [string, Manner, RegExp])[] = [
  ['is out of order', () => ({ status: 500, body: 'Traceback: the password is hunter2' }), /^HTTP 500$/],
  ['refuses', () => ({ status: 403, body: {} }), /^HTTP 403$/],
  ['sends elsewhere', () => ({ status: 307, headers: { location: 'http://127.0.0.1:9/elsewhere' }, body: {} }), /^HTTP 307: redirects are not followed$/],
  ['hangs up', (_, __, response) => (response.destroy(), 'silence'), /^no connection/],
  ['stops in the middle', (_, __, response) => (response.writeHead(200, { 'content-length': '1000' }), response.write('{"films":['), setImmediate(() => response.destroy()), 'silence'), /^no connection/],
  ['is silent', () => 'silence', /^no answer within 0\.05 s$/],
  ['drips', (_, __, response) => (response.writeHead(200), response.write('{"films":'), 'silence'), /^no answer within 0\.05 s$/],
  ['sends no JSON', () => ({ body: '<html>It works!</html>' }), /^an answer that is no JSON$/],
  ['sends nothing', () => ({ body: '' }), /^an answer that is no JSON$/],
  ['sends NaN', (_, honest) => ({ body: JSON.stringify(honest().body).replace(/"scores":\[\d+/, '"scores":[NaN') }), /^an answer that is no JSON$/],
  ['sends a list', () => ({ body: [1, 2, 3] }), /^the answer: .*expected object/],
  ['sends null', () => ({ body: 'null' }), /^the answer: .*expected object/],
  ['sends deep nothing', () => ({ body: '['.repeat(4000) }), /^an answer that is no JSON$/],
  ['sends too much', () => ({ body: JSON.stringify({ films: [], padding: 'x'.repeat(1_000_000) }) }), /^an answer of more than \d+ bytes$/],
  ['forgets the films', () => ({ body: { scores: [1] } }), /^films: /],
  ['sends titles', () => ({ body: { films: ['Alien', 'Aliens'] } }), /^films\.0: .*expected number/],
  ['sends halves', () => ({ body: { films: [1.5] } }), /^films\.0: /],
  ['sends negative ids', () => ({ body: { films: [-1] } }), /^films\.0: /],
  ['sends huge ids', () => ({ body: '{"films":[1e300]}' }), /^films\.0: /],
  ['sends infinite scores', () => ({ body: '{"films":[1],"scores":[1e999]}' }), /^scores\.0: |^film 1 /],
  ['sends scores that are too large', (_, honest) => withScores(honest(), () => 1e300), /^the score of film \d+ is too large$/],
  ['sends words for scores', (_, honest) => withScores(honest(), () => 'much'), /^scores\.0: .*expected number/],
  ['sends null for scores', (_, honest) => withScores(honest(), () => null), /^scores\.0: .*expected number/],
  ['sends one score', (_, honest) => ({ body: { films: filmsOf(honest()), scores: [1] } }), /^1 scores for 5 films$/],
  ['invents films', (_, honest) => ({ body: { films: [...filmsOf(honest()).slice(1), 987654] } }), /^film 987654 is not in the catalogue$/],
  ['repeats films', (_, honest) => ({ body: { films: [...filmsOf(honest()).slice(1), filmsOf(honest())[1]] } }), /^film \d+ is there twice$/],
  ['shows what is excluded', ({ body: { excluded } }, honest) => ({ body: { films: [excluded[0] ?? 987654, ...filmsOf(honest()).slice(1)] } }), /^film \d+ is (excluded|not in the catalogue)$/],
  ['shows too many', (_, honest) => ({ body: { films: [...filmsOf(honest()), 1, 2, 3, 4, 5, 6] } }), /^11 films, at most 5 were asked for$/],
  ['gives reasons for some', (_, honest) => ({ body: { films: filmsOf(honest()), because: [[]] } }), /^reasons for 1 of 5 films$/],
  ['gives untrue reasons', (_, honest) => ({ body: { films: filmsOf(honest()), because: filmsOf(honest()).map((film) => [{ film, weight: 1 }]) } }), /^film \d+ is there because of film \d+, which the agent has not watched$/],
  ['gives reasons twice', (_, honest) => twiceReasoned(honest()), /^film \d+ has one reason twice$|^film \d+ is there because/],
  ['reaches for the prototypes', () => ({ body: '{"__proto__":{"films":[1]},"constructor":{"prototype":{"polluted":true}}}' }), /^films: /],
  ['does not know the model', () => ({ body: { unknown: true } }), /^the model is not known$/],
  ['has lost the model', () => ({ status: 410, body: {} }), /^the model is not known$/],
];

const filmsOf = ({ body }: Said): readonly number[] => (body as { readonly films: readonly number[] }).films;
const withScores = (said: Said, score: () => unknown): Said => ({ body: { films: filmsOf(said), scores: filmsOf(said).map(score) } });
const twiceReasoned = (said: Said): Said => ({ body: { films: filmsOf(said), because: filmsOf(said).map(() => [{ film: 1, weight: 1 }, { film: 1, weight: 2 }]) } });
/** An honest trainer with a wrong manner of recommending, or the other way about. */
const only = (path: string, wrong: Manner): Manner => (asked, honest, response) => (asked.path === path ? wrong(asked, honest, response) : honest());

describe('a server that', () => {
  let popular: readonly LogEvent[];
  beforeAll(async () => {
    const store = memoryStore();
    popular = await eventsOf(store, (await runOf(store, { ...WORLD, recommender: 'popular' })).run);
  });

  test.each(WRONGS)('%s: every slate is the fallback’s, the fault is on record, and the replay is equal', async (_, wrong, fault) => {
    remote.manner = only('/recommend', wrong);
    const { store, report, events } = await played({ 'recommender.timeout': 0.05 });
    expect(report.status).toBe('finished');
    const said = saidIn(events).filter(({ agent }) => agent !== null).map(({ answer }) => JSON.parse(answer) as { readonly fault: string });
    expect(said).toHaveLength(slatesIn(events).length);
    for (const { fault: told } of said) expect(told).toMatch(fault);
    expect(rankings(events)).toEqual(rankings(popular));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await expectLawful(store, report);
  });

  test('fails at trainings: the rounds are the fallback’s alone, the fault is on record, and the next training sends everything', async () => {
    const wrongs = [...WRONGS.slice(0, 9), ['names no model', () => ({ body: { model: '' } }), /^model: /], ['names it strangely', () => ({ body: '{"model":"\\ud800 "}' }), /^model: /], ['names it at length', () => ({ body: { model: 'm'.repeat(300) } }), /^model: /], ['knows nothing', () => ({ body: { unknown: true } }), /^model: /]] as const;
    for (const [, wrong, fault] of wrongs) {
      remote = await startRemote(only('/train', (wrong as Manner)));
      const { store, report, events } = await played({ 'recommender.trainTimeout': 0.05 });
      expect(saidIn(events).map(({ agent, answer }) => [agent, fault.test((JSON.parse(answer) as { readonly fault: string }).fault)])).toEqual([1, 2, 3].map(() => [null, true]));
      expect(remote.asked.map(({ body }) => body.previous)).toEqual([null, null, null]);
      expect(rankings(events)).toEqual(rankings(popular));
      await expectLawful(store, report);
    }
  });

  test('is not there at all, and comes in the second round', async () => {
    const { url } = remote;
    await remote.stop();
    const port = Number(new URL(url).port);
    expect(port).toBeGreaterThan(0);
    const store = memoryStore();
    const report = await runOf(store, over(url));
    const events = await eventsOf(store, report.run);
    expect(new Set(saidIn(events).map(({ answer }) => answer))).toEqual(new Set(['{"fault":"no connection (ECONNREFUSED)"}']));
    expect(rankings(events)).toEqual(rankings(popular));
    remote = await startRemote((asked, honest) => (asked.body.round === 1 ? { status: 503, body: {} } : honest()));
    const late = await played();
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => body.previous === null)).toEqual([true, true, false]);
    expect(new Set(saidIn(late.events).filter(({ agent }) => agent !== null).map(({ round }) => round))).toEqual(new Set([2, 3]));
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
    expect(remote.asked.filter(({ path }) => path === '/train').map(({ body }) => [body.round, body.previous === null])).toEqual([[1, true], [2, false], [3, false], [3, true]]);
    expect(saidIn(events).find(({ agent, round }) => agent === null && round === 3)?.answer).toBe('{"answer":{"unknown":true}}');
    const trained = events.filter(({ type, round }) => type === 'RecommenderTrained' && round === 3);
    expect(trained[0]?.causes.filter(({ role }) => role === 'answered-by')).toHaveLength(2);
    const faults = saidIn(events).filter(({ answer }) => answer === '{"fault":"the model is not known"}');
    expect(faults.length).toBeGreaterThan(0);
    expect(new Set(faults.map(({ round }) => round))).toEqual(new Set([2]));
    await expectLawful(store, report);
  });

  test('gives too few: the fallback adds the others below, and the record says how many', async () => {
    remote.manner = only('/recommend', (_, honest) => withScores({ body: { films: filmsOf(honest()).toReversed().slice(0, 2) } }, () => -7));
    const { store, report, events } = await played();
    for (const { data } of slatesIn(events)) {
      expect(data.films).toHaveLength(5);
      expect(data.scores).toEqual([-7, -7, -7, -7, -7]);
    }
    for (const { agent, answer } of saidIn(events)) if (agent !== null) expect(JSON.parse(answer)).toMatchObject({ missing: 3, answer: { scores: [-7, -7] } });
    await expectLawful(store, report);
  });

  test('gives none: the fallback’s slate, with its scores', async () => {
    remote.manner = only('/recommend', () => ({ body: { films: [] } }));
    const { store, report, events } = await played();
    expect(rankings(events)).toEqual(rankings(popular));
    await expectLawful(store, report);
  });

  test('fails now and then is asked again; what it is itself to blame for is not asked again when that is final', async () => {
    const tries = new Map<string, number>();
    remote.manner = (asked, honest) => {
      const key = JSON.stringify(asked.body);
      tries.set(key, (tries.get(key) ?? 0) + 1);
      return tries.get(key) === 1 ? { status: 502, body: {} } : honest();
    };
    const { report } = await played({ rounds: 1, agents: 3, 'recommender.retries': 1 });
    remote.manner = (_, honest) => honest();
    expect((await played({ rounds: 1, agents: 3, 'recommender.retries': 1 })).report.outsideCalls).toBe(report.outsideCalls);
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

  const stops = [...WRONGS, ['gives too few', (_: unknown, honest: () => Said) => ({ body: { films: filmsOf(honest()).slice(1) } }), /^4 films, though 5 may be shown$/] as const];

  test.each(stops.map(([name, wrong, fault]) => [name, wrong as Manner, fault] as const))('a server that %s ends the run, which can be resumed to the digest it would have had', async (_, wrong, fault) => {
    const { report: clean } = await played(NONE);
    let turn = 0;
    const others = remote.asked.length;
    remote.manner = (asked, honest, response) => (++turn > others / 2 && asked.path === '/recommend' ? wrong(asked, honest, response) : honest());
    const store = memoryStore();
    const failing = played({ ...NONE, 'recommender.timeout': 0.05 }, {}, store);
    await expect(failing).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE', message: expect.stringContaining(`the recommender at ${remote.url} gave no usable answer to POST /recommend`) });
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
    expect(report.status).toBe('finished');
    expect(rankings(await eventsOf(store, run))).toEqual(rankings(await eventsOf(clean.store ?? store, run)));
    await expectLawful(store, report);
  });
});
