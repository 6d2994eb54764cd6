/**
 * Golden runs: what this engine makes of fixed settings, as digests, and stores that earlier engines wrote, which must
 * go on replaying. `UPDATE_GOLDEN=1 npm run -s jest -- golden` accepts new digests, with a line in the CHANGELOG. `npm
 * run nodes` plays the same runs under other versions of Node (law L1).
 */
import { describe, expect, test } from '@jest/globals';
import { memoryStore, openSqliteStore } from '@rashomon/kernel';
import { recommenders } from '@rashomon/recsys';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { branch, ENGINE_VERSION, listRuns, replay, type RunReport, type Setting } from '@rashomon/replay';
import { resolveSettings, runOf, type Settings } from '@rashomon/replay/testing';

interface GoldenRun {
  readonly name: string;
  readonly settings: Settings;
  readonly branch?: { readonly round: number; readonly rounds: number; readonly changes: readonly Setting[] };
}

interface Golden {
  readonly engine: string;
  readonly runs: { readonly [name: string]: { readonly events: number; readonly digest: string } };
}

const file = (name: string): URL => new URL(`./golden/${name}`, import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(file(name), 'utf8'));
const runs = readJson('runs.json') as readonly GoldenRun[];
const updating = process.env['UPDATE_GOLDEN'] === '1';
const golden = updating ? null : (readJson('digests.json') as Golden);

async function play({
  settings,
  branch: fork,
}: GoldenRun): Promise<{ readonly report: RunReport; readonly matched: number }> {
  const store = memoryStore();
  let report = await runOf(store, settings);
  if (fork !== undefined) report = await branch(store, report.run, fork.round, fork.changes, { rounds: fork.rounds });
  const { matched, divergence } = await replay(store, report.run);
  expect(divergence).toBeNull();
  return { report, matched };
}

describe('golden runs', () => {
  const seen: { [name: string]: { readonly events: number; readonly digest: string } } = {};

  test.each(runs.map((run) => [run.name, run] as const))('L1 %s', async (name, run) => {
    const { report, matched } = await play(run);
    expect(matched).toBe(report.events);
    const { events, digest } = report;
    seen[name] = { events, digest };
    if (golden !== null)
      expect({ engine: ENGINE_VERSION, events, digest }).toEqual({ engine: golden.engine, ...golden.runs[name] });
  });

  test('there is one for each recommender in the process and each way to be active, and none is left over', () => {
    const configs = runs.map(({ settings }) => resolveSettings(settings).config);
    expect(new Set(configs.map(({ recommender }) => recommender.name))).toEqual(
      new Set(recommenders.filter(({ outside }) => !outside).map(({ name }) => name)),
    );
    expect(new Set(configs.map(({ activity }) => activity.method))).toEqual(
      new Set(['constant', 'pareto', 'marginal']),
    );
    if (golden === null)
      writeFileSync(
        file('digests.json'),
        `${JSON.stringify({ engine: ENGINE_VERSION, runs: seen } satisfies Golden, null, 2)}\n`,
      );
    else expect(Object.keys(golden.runs)).toEqual(runs.map(({ name }) => name));
  });
});

describe('stores of earlier engines', () => {
  test.each([
    ['runs-0.1.0.db.gz', ['ials-0.1', 'knn-0.1', 'popular-0.1']],
    ['runs-0.2.0.db.gz', ['bandit-0.2', 'changed-0.2', 'ials-0.2', 'popular-0.2', 'scripted-0.2', 'served-0.2']],
  ])('L1, L2 every run of %s replays exactly', async (name, named) => {
    const folder = mkdtempSync(join(tmpdir(), 'golden-'));
    try {
      writeFileSync(join(folder, 'runs.db'), gunzipSync(readFileSync(file(name))));
      const store = openSqliteStore(join(folder, 'runs.db'));
      const { runs: stored } = await listRuns(store);
      expect(new Set(stored.map(({ name: called }) => called))).toEqual(new Set(named));
      for (const { run, events, digest } of stored)
        expect(await replay(store, run)).toMatchObject({
          events,
          matched: events,
          digest,
          outsideCalls: 0,
          divergence: null,
        });
      await store.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
