/**
 * L13 a run outlives its engine, tried with an engine of tomorrow: its catalogue has a version more of two types of
 * events and an edition more. Stores of earlier editions must fold, verify, replay, resume, branch and answer as ever.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type * as kernelModule from '../packages/kernel/src/index.ts';
import type { Store } from '../packages/kernel/src/index.ts';
import type * as replayModule from '../packages/replay/src/index.ts';

type Kernel = typeof kernelModule;
type Replay = typeof replayModule;

const kernelFile = (name: string): string => fileURLToPath(new URL(`../packages/kernel/src/${name}`, import.meta.url));

/** Loads the packages with the changed catalogue in the place of today's. */
async function engineOfTomorrow(): Promise<{ readonly kernel: Kernel; readonly replay: Replay }> {
  const { record, text, uint } = await import('../packages/kernel/src/encoding/field.ts');
  const { defineEvent } = await import('../packages/kernel/src/events/definition.ts');
  const { decisionEvents } = await import('../packages/kernel/src/events/decision-events.ts');
  const { roundEvents } = await import('../packages/kernel/src/events/round-events.ts');
  const { FilmWatched } = decisionEvents;
  const { RoundOpened } = roundEvents;
  const watched = defineEvent({
    ...FilmWatched,
    version: 3,
    data: { mood: text, ...FilmWatched.data.shape },
    older: [
      ...FilmWatched.older,
      {
        version: 2,
        data: FilmWatched.data,
        up: (data: object) => ({ mood: 'none', ...data }),
        down: ({ mood: _mood, ...data }: { readonly mood: string }) => data,
      },
    ],
  });
  const opened = defineEvent({
    ...RoundOpened,
    version: 2,
    data: { clock: uint, day: uint },
    older: [
      {
        version: 1,
        data: record({ clock: uint }),
        up: ({ clock }: { readonly clock: number }) => ({ clock, day: Math.floor(clock / 1440) }),
        down: ({ clock }: { readonly clock: number }) => ({ clock }),
      },
    ],
  });
  jest.unstable_mockModule(kernelFile('events/decision-events.ts'), () => ({
    decisionEvents: { ...decisionEvents, FilmWatched: watched },
  }));
  jest.unstable_mockModule(kernelFile('events/round-events.ts'), () => ({
    roundEvents: { ...roundEvents, RoundOpened: opened },
  }));
  const today = await import('../packages/kernel/src/events/editions.ts');
  const { number, versions } = today.LATEST_EDITION;
  const next = { number: number + 1, versions: { ...versions, FilmWatched: 3, RoundOpened: 2 }, weighsCauses: true };
  jest.unstable_mockModule(kernelFile('events/editions.ts'), () => ({
    ...today,
    EDITIONS: [...today.EDITIONS, next],
    LATEST_EDITION: next,
    editionOf: (wanted: number) => (wanted === next.number ? next : today.editionOf(wanted)),
  }));
  return {
    kernel: await import('../packages/kernel/src/index.ts'),
    replay: await import('../packages/replay/src/index.ts'),
  };
}

describe('L13 an engine with later versions of events', () => {
  const folder = mkdtempSync(join(tmpdir(), 'later-'));
  let kernel: Kernel;
  let replay: Replay;
  let store: Store;
  let runs: Awaited<ReturnType<Replay['listRuns']>>['runs'];

  beforeAll(async () => {
    ({ kernel, replay } = await engineOfTomorrow());
    const stored = readFileSync(new URL('../packages/replay/test/golden/runs-0.2.0.db.gz', import.meta.url));
    writeFileSync(join(folder, 'runs.db'), gunzipSync(stored));
    store = kernel.openSqliteStore(join(folder, 'runs.db'));
    ({ runs } = await replay.listRuns(store));
  });

  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  test('reads every event in its present version', async () => {
    const [{ run }] = runs as [(typeof runs)[number]];
    const events = await (await kernel.RunLog.open(store, run)).collect({ types: ['FilmWatched', 'RoundOpened'] });
    expect(events.length).toBeGreaterThan(10);
    for (const { type, version, data } of events) {
      expect([type, version]).toEqual(type === 'FilmWatched' ? ['FilmWatched', 3] : ['RoundOpened', 2]);
      expect(data).toHaveProperty(type === 'FilmWatched' ? 'mood' : 'day');
    }
  });

  test('verifies and replays all runs of an earlier edition to the byte', async () => {
    for (const { run, name, events, digest } of runs) {
      expect({ name, ...(await replay.verify(store, run)) }).toMatchObject({ name, ok: true, digest });
      expect({ name, ...(await replay.replay(store, run)) }).toMatchObject({ name, matched: events, divergence: null });
    }
  });

  test('goes on with them in their edition: branched and resumed to the same digest', async () => {
    for (const { run, name, rounds, digest } of runs.filter(({ parent }) => parent === null).slice(0, 4)) {
      const stop = new AbortController();
      const options = {
        signal: stop.signal,
        onRound: ({ round }: { readonly round: number }) => round === 3 && stop.abort(),
      };
      await expect(replay.branch(store, run, 1, [], { ...options, name: `again ${name}` })).rejects.toThrow(
        /interrupted/,
      );
      const halted = (await replay.listRuns(store)).runs.find((known) => known.name === `again ${name}`);
      expect((await replay.resume(store, halted?.run ?? '')).digest).toBe(digest);
      expect((await replay.branch(store, run, rounds - 1, [])).digest).toBe(digest);
    }
  });

  test('says why as before', async () => {
    const said = JSON.parse(
      readFileSync(new URL('../packages/replay/test/golden/why-0.2.0.json', import.meta.url), 'utf8'),
    ) as { readonly [name: string]: readonly { readonly position: number; readonly summary: string }[] };
    for (const { run, name } of runs.slice(0, 5)) {
      for (const { position, summary } of said[name ?? ''] ?? []) {
        expect((await replay.why(store, run, { position }, { butFor: true, depth: 2 })).summary).toBe(summary);
      }
    }
  });
});
