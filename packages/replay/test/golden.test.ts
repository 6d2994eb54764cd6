/**
 * Golden runs: what this engine makes of fixed settings, as digests, and stores that earlier engines wrote, which must
 * go on replaying. `UPDATE_GOLDEN=1 npm run -s jest -- golden` accepts new digests, with a line in the CHANGELOG. `npm
 * run nodes` plays the same runs under other versions of Node (law L1).
 */
import { describe, expect, test } from '@jest/globals';
import { memoryStore, openSqliteStore, type Store } from '@rashomon/kernel';
import { recommenders } from '@rashomon/recsys';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  branch,
  ENGINE_VERSION,
  listRuns,
  replay,
  type RunReport,
  type Setting,
  verify,
  why,
  type WhyReport,
} from '@rashomon/replay';
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

/** What an earlier engine said of one event of its store. */
interface EarlierAnswer {
  readonly position: number;
  readonly summary: string;
  readonly influences: readonly (readonly [role: string, position: number, influence: number | null])[];
  readonly butFor: WhyReport['butFor'];
}

/** A copy of the store that an earlier engine wrote; what is done to it is lost. */
async function withStoreOf<T>(name: string, work: (store: Store) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  writeFileSync(join(folder, 'runs.db'), gunzipSync(readFileSync(file(name))));
  const store = openSqliteStore(join(folder, 'runs.db'));
  try {
    return await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

describe('L13 stores of earlier engines', () => {
  const ofRecommenders =
    'random popular item-knn ease ials bpr-mf lightgcn multvae sasrec linucb thompson content social';
  const stores = [
    ['runs-0.1.0.db.gz', '0.1', 'ials knn popular'],
    ['runs-0.2.0.db.gz', '0.2', `${ofRecommenders} branch mixed branch-of-branch`],
    ['more-runs-0.2.0.db.gz', '0.2', 'popular served ials scripted changed bandit'],
    // Its factors grew past the bound that bpr-mf has had since.
    ['wild-runs-0.2.0.db.gz', '0.2', 'wild'],
  ] as const;

  test.each(stores)('L1 L2 every run of %s is intact and replays exactly', (name, engine, names) =>
    withStoreOf(name, async (store) => {
      const { runs: stored } = await listRuns(store);
      const expected = names.split(' ').map((run) => `${run}-${engine}`);
      expect(stored).toHaveLength(expected.length);
      expect(new Set(stored.map((run) => run.name))).toEqual(new Set(expected));
      for (const { run, name: called, events, digest } of stored) {
        expect(await verify(store, run)).toMatchObject({ ok: true, events, digest });
        const report = await replay(store, run);
        const exact = { events, matched: events, digest, outsideCalls: 0, divergence: null };
        expect({ called, ...report }).toMatchObject({ called, ...exact });
      }
    }),
  );

  test.each(stores)('L3 a branch of any run of %s without intervention goes on as it did', (name, _engine, _names) =>
    withStoreOf(name, async (store) => {
      const { runs: stored } = await listRuns(store);
      for (const { run, name: called, rounds, digest, forkRound } of stored) {
        for (const round of new Set([0, forkRound ?? 0, rounds - 1])) {
          const again = await branch(store, run, round, []);
          expect({ called, round, digest: again.digest }).toEqual({ called, round, digest });
        }
      }
    }),
  );

  test('L8 L13 why says of the runs of 0.2.0 what it said then', () =>
    withStoreOf('runs-0.2.0.db.gz', async (store) => {
      const said = readJson('why-0.2.0.json') as { readonly [name: string]: readonly EarlierAnswer[] };
      const { runs: stored } = await listRuns(store);
      for (const { run, name } of stored) {
        for (const { position, ...then } of said[name ?? ''] ?? []) {
          const { summary, causes, butFor } = await why(store, run, { position }, { butFor: true, depth: 2 });
          const influences = causes.map(({ role, event, influence }) => [role, event.position, influence]);
          expect({ name, position, summary, influences, butFor }).toEqual({ name, position, ...then });
        }
      }
    }));
});
