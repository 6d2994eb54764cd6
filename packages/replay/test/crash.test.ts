/**
 * L7 on whole runs: killed, interrupted, failed, out of space, cut in the middle of a round; what was acknowledged is
 * there, and going on ends in the same digest.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { choiceMind } from '@rashomon/agents';
import { LuckOf, type Mind, memoryStore, openSqliteStore, RunLog, type Store } from '@rashomon/kernel';
import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listRuns, type RunReport, type Setting, stateAt, verify } from '@rashomon/replay';
import { eventsOf, type Settings, smallSettings } from '@rashomon/replay/testing';
import { type Child, killAll, startNode } from './child-process.ts';
import { engineWith, mindCalled } from './outside-minds.ts';
import { scriptedSettings } from './scripted-settings.ts';
import { cutAfter, forge, storeAround } from './store-around.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-crash-'));
const writer = fileURLToPath(new URL('./fixtures/run-writer.mjs', import.meta.url));
let files = 0;
const newPath = (): string => join(folder, `${files++}.rashomon`);
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

/** Printed with every failure: the instants of the kills hang on it, and on the machine. */
const { TEST_SEED: commit = String(Date.now() % 1_000_000) } = process.env;
const seed = Number.parseInt(commit.slice(0, 7), 16);
const draw = (kill: number, below: number): number => new LuckOf(seed, kill, 0).for('training').below(below, 0);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const SETTINGS: Settings = {
  agents: 40,
  rounds: 10,
  seed: 5,
  recommender: 'item-knn',
  'recommender.trainEvery': 2,
  'visit.watches': 2,
};
const CHANGES: readonly Setting[] = [
  { key: 'recommender', value: 'random' },
  { key: 'slate.size', value: 6 },
  { key: 'item.remove', value: 3 },
];
const FORK = 4;

let moody: Mind = choiceMind();
const { branch, replay, resume, runOf } = engineWith(mindCalled('moody', () => moody));

const start = (path: string, what: object): Child => startNode(writer, path, JSON.stringify(what));
const idIn = ({ lines }: Child): string | undefined =>
  lines.find((line) => line.startsWith('run '))?.slice('run '.length);
/** The last round it was told of; -1 when it was told of none. */
const acknowledged = ({ lines }: Child): number =>
  Math.max(-1, ...lines.filter((line) => line.startsWith('round ')).map((line) => Number(line.slice('round '.length))));

async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return 'none';
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

/** What must hold of a run after a crash: whole, with all that was acknowledged. */
async function expectWhole(store: Store, run: string, told: number): Promise<void> {
  expect({ seed, report: await verify(store, run) }).toMatchObject({ seed, report: { ok: true, fault: null } });
  const rounds = (await store.runs.find(run))?.progress.rounds ?? -1;
  expect({ seed, rounds, kept: rounds >= told }).toEqual({ seed, rounds, kept: true });
}

/**
 * Goes on to the end of an uninterrupted run; or there was nothing to go on from, and nothing had been acknowledged.
 */
async function expectResumable(store: Store, run: string, told: number, expected: string): Promise<void> {
  if (((await store.runs.find(run))?.progress.rounds ?? -1) < 0) {
    expect({ seed, told, code: await codeOf(() => resume(store, run)) }).toEqual({
      seed,
      told: -1,
      code: 'NOTHING_TO_RESUME',
    });
    return;
  }
  const report = await resume(store, run);
  expect({ seed, digest: report.digest, status: report.status }).toEqual({
    seed,
    digest: expected,
    status: 'finished',
  });
}

const unfinished = async (store: Store): Promise<string[]> =>
  (await listRuns(store)).runs.filter(({ status }) => status !== 'finished').map(({ run }) => run);

describe('killed', () => {
  let whole: RunReport;
  let branched: RunReport;
  /** Milliseconds a process takes to its first event, and from there to its end. */
  let starting = 0;
  let running = 0;

  beforeAll(async () => {
    const store = memoryStore();
    whole = await runOf(store, SETTINGS);
    branched = await branch(store, whole.run, FORK, CHANGES);
    const began = performance.now();
    const child = start(newPath(), { do: 'simulate', settings: SETTINGS });
    await child.said('run ');
    starting = performance.now() - began;
    const complaints = await child.ended;
    running = performance.now() - began - starting;
    if (complaints !== '' || acknowledged(child) !== 10)
      throw new Error(`the process to be killed does not run: ${complaints}`);
  });

  test('L7 at any instant: whole, nothing acknowledged is missing, and resuming ends in the same digest', async () => {
    const path = newPath();
    for (let kill = 0; kill < 12; kill++) {
      const child = start(path, { do: 'simulate', settings: SETTINGS });
      // The first two die before or about their first event, the others spread from there to the end.
      if (kill >= 2) await child.said('run ');
      await wait(kill < 2 ? draw(kill, starting) : ((kill - 2 + draw(kill, 100) / 100) / 10) * running);
      expect({ seed, kill, complaints: await child.kill() }).toEqual({ seed, kill, complaints: '' });

      const store = openSqliteStore(path);
      const [run] = await unfinished(store);
      const told = acknowledged(child);
      if (run === undefined)
        expect({ seed, kill, said: child.lines.at(0) === undefined || child.lines.includes(`round 10`) }).toEqual({
          seed,
          kill,
          said: true,
        });
      else {
        await expectWhole(store, run, told);
        await expectResumable(store, run, told, whole.digest);
        // A run that never began is not left to be taken for the next one.
        if ((await unfinished(store)).length > 0) await store.runs.setStatus(run, 'finished');
      }
      await store.close();
    }
    const store = openSqliteStore(path);
    for (const { run, rounds } of (await listRuns(store)).runs)
      if (rounds > 0) expect((await verify(store, run)).digest).toBe(whole.digest);
    await store.close();
  });

  test('L7 the same run again and again, while it is being resumed', async () => {
    const path = newPath();
    const first = start(path, { do: 'simulate', settings: SETTINGS });
    await first.said('round 1');
    await first.kill();
    const run = idIn(first) as string;
    let told = acknowledged(first);
    for (let kill = 0; kill < 6; kill++) {
      const child = start(path, { do: 'resume', run });
      await child.said('run ');
      await wait(draw(100 + kill, running / 3));
      expect({ seed, kill, complaints: await child.kill() }).toEqual({ seed, kill, complaints: '' });
      told = Math.max(told, acknowledged(child));
      const store = openSqliteStore(path);
      await expectWhole(store, run, told);
      await store.close();
      if (told === 10) break;
    }
    const store = openSqliteStore(path);
    await expectResumable(store, run, told, whole.digest);
    expect(await replay(store, run)).toMatchObject({ divergence: null });
    await store.close();
  });

  test('L7 during a branch: the parent is untouched, the branch goes on to the same digest', async () => {
    const path = newPath();
    const before = openSqliteStore(path);
    const parent = await runOf(before, SETTINGS);
    await before.close();
    for (let kill = 0; kill < 4; kill++) {
      const child = start(path, { do: 'branch', run: parent.run, round: FORK, changes: CHANGES });
      if (kill > 0) await child.said('run ');
      await wait(kill === 0 ? draw(200, starting) : ((kill - draw(200 + kill, 100) / 100) / 3) * running * 0.6);
      expect({ seed, kill, complaints: await child.kill() }).toEqual({ seed, kill, complaints: '' });
      const store = openSqliteStore(path);
      for (const run of await unfinished(store)) {
        await expectWhole(store, run, acknowledged(child));
        await expectResumable(store, run, acknowledged(child), branched.digest);
      }
      expect(await verify(store, parent.run)).toMatchObject({ ok: true, digest: whole.digest });
      await store.close();
    }
  });

  test('L7 no answer that was kept is asked for again', async () => {
    const settings = { ...scriptedSettings({ outside: true, delay: 4 }), rounds: 6 };
    const reference = await runOf(memoryStore(), settings);
    for (let kill = 0; kill < 3; kill++) {
      const path = newPath();
      const child = start(path, { do: 'simulate', settings });
      await child.said('answer ');
      await wait(draw(300 + kill, 120));
      expect({ seed, kill, complaints: await child.kill() }).toEqual({ seed, kill, complaints: '' });
      const store = openSqliteStore(path);
      const [run] = await unfinished(store);
      if (run === undefined) continue;
      await expectWhole(store, run, acknowledged(child));
      const kept: string[] = [];
      for (let round = 0; round <= 6; round++)
        for (const answer of await store.answers.of(run, round))
          kept.push(`answer ${answer.round}/${answer.agent}/${answer.step}/${answer.attempt}`);
      expect(kept).toEqual(expect.arrayContaining(child.lines.filter((line) => line.startsWith('answer '))));
      const report = await resume(store, run);
      expect({ seed, digest: report.digest, calls: report.outsideCalls + kept.length }).toEqual({
        seed,
        digest: reference.digest,
        calls: reference.outsideCalls,
      });
      await store.close();
    }
  });
});

describe('another process writes the run', () => {
  test('a second writer is refused, readers read what is closed, and its death frees the run', async () => {
    const path = newPath();
    const settings = { ...scriptedSettings({ outside: true, delay: 30 }), rounds: 400 };
    const child = start(path, { do: 'simulate', settings });
    await child.said('round 2');
    const run = idIn(child) as string;
    const store = openSqliteStore(path);
    expect(await codeOf(() => resume(store, run))).toBe('RUN_BUSY');
    expect((await store.runs.find(run))?.progress.status).toBe('running');
    expect((await listRuns(store)).runs.map(({ status }) => status)).toEqual(['running']);
    for (let look = 0; look < 5; look++) {
      expect(await verify(store, run)).toMatchObject({ ok: true });
      expect((await stateAt(store, run, 2)).system?.round).toBe(2);
      expect((await eventsOf(store, run)).at(-1)?.type).toBe('RoundClosed');
    }
    // Another run of the same file may be written meanwhile.
    const other = await runOf(store, { agents: 5, rounds: 2 });
    expect(other.status).toBe('finished');
    const child2 = await branch(store, run, 1, [{ key: 'mind', value: 'choice' }], { rounds: 2 });
    expect(child2).toMatchObject({ status: 'finished', rounds: 3 });
    expect(child.lines).not.toContain('done');
    expect(await child.kill()).toBe('');
    expect((await listRuns(store)).runs.find((listed) => listed.run === run)?.status).toBe('stopped');
    // Each round takes a while: two more will do.
    await store.runs.setStatus(run, 'interrupted', ((await store.runs.find(run))?.progress.rounds ?? 0) + 2);
    expect((await resume(store, run)).status).toBe('finished');
    expect(await replay(store, run)).toMatchObject({ divergence: null });
    await store.close();
  });
});

describe('stopped from inside', () => {
  test('an abort between rounds or before the first marks the run interrupted, and it can be resumed', async () => {
    const settings = { ...SETTINGS, agents: 12, rounds: 6 };
    const whole = await runOf(memoryStore(), settings);
    for (const at of [0, 1, 3, 5]) {
      const store = memoryStore();
      const stop = new AbortController();
      if (at === 0) stop.abort();
      expect(
        await codeOf(() =>
          runOf(store, settings, {
            signal: stop.signal,
            onRound: ({ round }) => (round === at ? stop.abort() : undefined),
          }),
        ),
      ).toBe('INTERRUPTED');
      const [{ run, status, rounds } = { run: '', status: '', rounds: -1 }] = (await listRuns(store)).runs;
      expect({ status, rounds }).toEqual({ status: 'interrupted', rounds: at });
      await expectWhole(store, run, at);
      expect(await replay(store, run)).toMatchObject({ divergence: null });
      await expectResumable(store, run, at, whole.digest);
    }
  });

  test('an abort in the last round finds the run finished', async () => {
    const stop = new AbortController();
    const report = await runOf(
      memoryStore(),
      { agents: 4, rounds: 2 },
      { signal: stop.signal, onRound: ({ round }) => (round === 2 ? stop.abort() : undefined) },
    );
    expect(report.status).toBe('finished');
  });

  test('L7 a mind throws: the run fails with that error, nothing of the round is kept, it can be resumed', async () => {
    let patience = Infinity;
    const real = choiceMind();
    moody = {
      name: 'moody',
      decide(question) {
        patience -= 1;
        if (patience < 0) throw new TypeError('enough');
        return real.decide(question);
      },
    };
    const settings = { agents: 10, rounds: 4, mind: 'moody' };
    const whole = await runOf(memoryStore(), settings);
    for (const questions of [0, 1, 15, 60, 80]) {
      const store = memoryStore();
      patience = questions;
      await expect(runOf(store, settings)).rejects.toThrow(new TypeError('enough'));
      patience = Infinity;
      const [{ run, status } = { run: '', status: '' }] = (await listRuns(store)).runs;
      expect(status).toBe('failed');
      expect((await eventsOf(store, run)).at(-1)?.type).toBe('RoundClosed');
      expect(await replay(store, run)).toMatchObject({ divergence: null });
      await expectResumable(store, run, 0, whole.digest);
    }
  });

  test('L7 a mind that throws while the run is resumed or branched', async () => {
    let broken = false;
    const real = choiceMind();
    moody = {
      name: 'moody',
      decide(question) {
        if (broken && question.world.round === 3) throw new TypeError('enough');
        return real.decide(question);
      },
    };
    const settings = { agents: 10, rounds: 4, mind: 'moody' };
    const store = memoryStore();
    const whole = await runOf(store, settings);
    broken = true;
    await expect(branch(store, whole.run, 1, [])).rejects.toThrow('enough');
    const [run = ''] = await unfinished(store);
    await expect(resume(store, run)).rejects.toThrow('enough');
    expect((await store.runs.find(run))?.progress).toMatchObject({ status: 'failed', rounds: 2 });
    broken = false;
    await expectResumable(store, run, 2, whole.digest);
  });

  test('what fails at the very end, after the last event, leaves a run that is resumed as it is', async () => {
    const store = memoryStore();
    const stumbling = storeAround(store, {
      snapshots: { put: () => Promise.reject(new TypeError('no snapshots today')) },
    });
    await expect(runOf(stumbling, { agents: 3, rounds: 1 })).rejects.toThrow('no snapshots today');
    const whole = await runOf(memoryStore(), { agents: 3, rounds: 1 });
    const [{ run } = { run: '' }] = (await listRuns(store)).runs;
    expect(await resume(store, run)).toMatchObject({ digest: whole.digest, events: whole.events, status: 'finished' });
  });
});

describe('a full disk', () => {
  test('L7 stops a run with STORE_FULL wherever it fills; with room again it goes on to the same digest', async () => {
    const path = newPath();
    const roomy = openSqliteStore(path);
    const whole = await runOf(roomy, SETTINGS);
    const empty = newPath();
    await openSqliteStore(empty).close();
    await roomy.close();
    const pagesOf = (file: string): number => Math.ceil(statSync(file).size / 4096);
    const [least, most] = [pagesOf(empty), pagesOf(path)];
    const outcomes = new Set<string>();
    for (const share of [0.02, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95]) {
      const full = newPath();
      const narrow = openSqliteStore(full, { maxPages: Math.floor(least + (most - least) * share) });
      let told = -1;
      expect({
        share,
        code: await codeOf(() => runOf(narrow, SETTINGS, { onRound: ({ round }) => (told = round) })),
      }).toEqual({ share, code: 'STORE_FULL' });
      await narrow.close();
      const store = openSqliteStore(full);
      for (const { run, status } of (await listRuns(store)).runs) {
        outcomes.add(status);
        await expectWhole(store, run, told);
        await expectResumable(store, run, told, whole.digest);
      }
      await store.close();
    }
    expect([...outcomes].filter((status) => status === 'finished')).toEqual([]);
    expect(outcomes.size).toBeGreaterThan(0);
  });
});

describe('cut in the middle of a round', () => {
  test('L7 after any event: verified and replayed as far as it goes, prefix compared, resumed to the same digest', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), fc.nat({ max: 9999 }), async (settings, share) => {
        const whole = await runOf(memoryStore(), settings);
        const events = Math.floor((share / 10_000) * whole.events);
        const store = memoryStore();
        expect(await codeOf(() => runOf(cutAfter(store, events), settings))).toBe('POWER_CUT');
        const [{ run } = { run: '' }] = (await listRuns(store)).runs;
        expect((await RunLog.open(store, run)).length).toBe(events);
        await expectWhole(store, run, -1);
        const { rounds } = (await RunLog.open(store, run)).record.progress;
        if (rounds < 0) expect(await codeOf(() => replay(store, run))).toBe('NOTHING_TO_REPLAY');
        else expect(await replay(store, run)).toMatchObject({ divergence: null, matched: events });
        await expectResumable(store, run, -1, whole.digest);
      }),
      { numRuns: 25 },
    ));

  test('L7 a stored prefix that is not what comes out again stops the resumption, and nothing is written', async () => {
    const settings = { agents: 6, rounds: 3, seed: 3 };
    const store = memoryStore();
    const whole = await runOf(memoryStore(), settings);
    await codeOf(() => runOf(cutAfter(store, whole.events - 12), settings));
    const [{ run } = { run: '' }] = (await listRuns(store)).runs;
    const last = (await eventsOf(store, run)).at(-1);
    expect(last?.round).toBe(3);
    const forged = forge(store, (event) =>
      event.round === 3 && event.type === 'PlaceChosen'
        ? { ...event, data: { ...event.data, fatigue: event.data.fatigue + 0.125 } }
        : event,
    );
    await expect(resume(forged, run)).rejects.toMatchObject({
      code: 'DIVERGED',
      divergence: { recorded: { round: 3, type: 'PlaceChosen' } },
    });
    expect((await RunLog.open(store, run)).length).toBe(whole.events - 12);
    expect((await store.runs.find(run))?.progress.status).toBe('failed');
    await expectResumable(store, run, 2, whole.digest);
  });

  test('L7 a round of several batches, killed between them', async () => {
    const rules = [{ pages: Array.from({ length: 40 }, () => 'next') }];
    const settings = {
      agents: 750,
      rounds: 1,
      'slate.size': 1,
      'visit.pages': 41,
      'social.degree': 0,
      mind: 'scripted',
      'mind.script': { rules },
    };
    const whole = await runOf(memoryStore(), settings);
    expect(whole.events).toBeGreaterThan(60_000);
    const store = memoryStore();
    // Round 0 and the first batch of round 1.
    let left = 2;
    const cut = storeAround(store, {
      log: { append: (...args) => (left-- > 0 ? store.log.append(...args) : Promise.reject(new TypeError('gone'))) },
    });
    await expect(runOf(cut, settings)).rejects.toThrow('gone');
    const [{ run, events } = { run: '', events: 0 }] = (await listRuns(store)).runs;
    expect(events).toBeGreaterThan(50_000);
    expect(events).toBeLessThan(whole.events);
    await expectWhole(store, run, 0);
    await expectResumable(store, run, 0, whole.digest);
  });
});
