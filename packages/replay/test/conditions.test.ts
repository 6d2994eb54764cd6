/** The log holds its own conditions: under later defaults and with later parameters a run is what it was (law L13). */
import { afterAll, describe, expect, test } from '@jest/globals';
import { choiceMind, choiceParametersSchema } from '@rashomon/agents';
import { type Json, memoryStore, openSqliteStore, type RunConfig, RunLog, type Store } from '@rashomon/kernel';
import { recommenders } from '@rashomon/recsys';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import {
  branch,
  builtIns,
  conditionsOf,
  defineMind,
  ENGINE_VERSION,
  listRuns,
  ownRecommender,
  type Registry,
  registryWith,
  replay,
  settledSection,
  storedConditions,
  why,
} from '@rashomon/replay';
import { eventsOf, runOf, smallSettings } from '@rashomon/replay/testing';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-conditions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The choice model of a later engine: a default was changed, and there is a parameter more. */
const laterChoice = defineMind({
  name: 'choice',
  about: '',
  parameters: z.strictObject({
    ...choiceParametersSchema.shape,
    tasteWeight: z.number().default(1.2),
    heardWeight: z.number().default(0),
    whim: z.number().default(3),
  }),
  before: { whim: 0 },
  create: ({ whim, ...own }) => choiceMind({ ...own, watchBase: own.watchBase + whim }),
});

/** Recommenders of a later engine: each number has another default, and there is a parameter more. */
const laterRecommenders = recommenders.map((known) => {
  const shape = (known.parameters as z.ZodObject).shape as { readonly [name: string]: z.ZodType };
  const members = Object.entries(shape).map(([name, member]) => {
    const { data } = member.safeParse(undefined);
    return [name, typeof data === 'number' && name !== 'factors' ? z.number().default(data / 2) : member] as const;
  });
  return {
    ...known,
    parameters: z.strictObject({ ...Object.fromEntries(members), boost: z.number().default(2) }),
    before: { ...known.before, boost: 1 },
    create({ boost, ...own }: { readonly [name: string]: Json }, outside: Parameters<typeof known.create>[1]) {
      if (boost !== 1) throw new Error(`boost ${JSON.stringify(boost)}`);
      const made = known.create(own, outside);
      return { ...made, parameters: { ...made.parameters, boost } };
    },
  };
});

const later: Registry = {
  ...builtIns,
  minds: [laterChoice, ...builtIns.minds.slice(1)],
  recommenders: laterRecommenders,
};

function goldenStore(name: string): Store {
  const path = join(folder, `${name}.db`);
  writeFileSync(path, gunzipSync(readFileSync(new URL(`./golden/${name}.db.gz`, import.meta.url))));
  return openSqliteStore(path);
}

/** A run of today, and a branch in which a recommender and a mind were named anew. */
async function storeOfToday(): Promise<Store> {
  const store = memoryStore();
  const { run } = await runOf(store, { agents: 10, rounds: 4, recommender: 'item-knn', 'visit.watches': 2 });
  const changes = [
    { key: 'recommender', value: 'social' },
    { key: 'mind', value: 'choice' },
    { key: 'mind.rankWeight', value: 0.5 },
  ];
  await branch(store, run, 2, changes, { rounds: 2 });
  return store;
}

const stores: readonly (readonly [string, () => Store | Promise<Store>])[] = [
  ['0.1.0', () => goldenStore('runs-0.1.0')],
  ['0.2.0', () => goldenStore('more-runs-0.2.0')],
  [ENGINE_VERSION, storeOfToday],
];

describe('L13 under later defaults and with later parameters', () => {
  test.each(stores)('runs of %s replay, and go on in an empty branch, as they were', async (_version, open) => {
    const store = await open();
    for (const { run, events, digest, rounds, forkRound } of (await listRuns(store)).runs) {
      expect(await replay(store, run, { registry: later })).toMatchObject({
        events,
        matched: events,
        divergence: null,
      });
      const fork = Math.max(2, (forkRound ?? 0) + 1);
      const same = await branch(store, run, Math.min(fork, rounds - 1), [], { registry: later });
      expect({ run, digest: same.digest }).toEqual({ run, digest });
    }
    await store.close();
  });

  test('the later defaults are real: a run of that engine is another, and holds its own', async () => {
    const store = memoryStore();
    const settings = { agents: 10, rounds: 3, recommender: 'popular' };
    const now = await runOf(store, settings);
    const choice = { ...later, recommenders: builtIns.recommenders };
    const then = await runOf(store, settings, { registry: choice });
    expect(then.digest).not.toBe(now.digest);
    const [started] = await eventsOf(store, then.run);
    expect(started?.data).toMatchObject({ config: { mind: { name: 'choice', tasteWeight: 1.2, whim: 3 } } });
    expect(await replay(store, then.run, { registry: choice })).toMatchObject({ divergence: null });
  });

  test('why asks the conditions of the log', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 10, rounds: 4, recommender: 'item-knn' });
    const watch = (await eventsOf(store, run)).findLast(({ type }) => type === 'FilmWatched');
    const position = watch?.position ?? 0;
    const plain = await why(store, run, { position }, { butFor: true });
    expect(await why(store, run, { position }, { butFor: true, registry: later })).toEqual(plain);
  });
});

describe('L13 a log is read strictly', () => {
  const configOf = async (store: Store, run: string): Promise<RunConfig> => {
    const started = await (await RunLog.open(store, run)).event(0);
    if (started.type !== 'RunStarted') throw new Error('a log begins with RunStarted');
    return started.data.config as RunConfig;
  };
  const origin = { run: 'r1', engine: ENGINE_VERSION };

  test('what a run logs are its conditions, and each key of them is needed and known', async () => {
    await fc.assert(
      fc.asyncProperty(smallSettings(), fc.nat(), async (settings, pick) => {
        const store = memoryStore();
        const config = await configOf(store, (await runOf(store, { ...settings, rounds: 1 })).run);
        expect(conditionsOf(config, origin)).toEqual(config);
        const paths = pathsOf(config).filter((path) => path.at(-1) !== 'name' && path[0] !== 'agents');
        const path = paths[pick % paths.length] as readonly string[];
        const key = path.join('.');
        expect(faultsOf(() => conditionsOf(without(config, path), origin))).toEqual(['UNSOUND_CONDITIONS', 'r1', key]);
        const [first = ''] = path;
        const odd =
          path.length === 1 ? { ...config, odd: 1 } : { ...config, [first]: { ...sectionIn(config, first), odd: 1 } };
        const named = path.length === 1 ? 'odd' : `${first}.odd`;
        expect(faultsOf(() => conditionsOf(odd, origin))).toEqual(['UNSOUND_CONDITIONS', 'r1', named]);
      }),
      { numRuns: 25 },
    );
  });

  test('a later parameter that does not say what it was before is a fault with run, key and expectation', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 4, rounds: 1 });
    const mute = { ...laterChoice, before: {} };
    const registry = { ...builtIns, minds: [mute] };
    await expect(replay(store, run, { registry })).rejects.toMatchObject({
      code: 'UNSOUND_CONDITIONS',
      message:
        `the conditions in the log of run ${run}: mind.whim: nothing, ` +
        'expected a value: a log holds all its conditions',
    });
  });

  test('a run of somebody else’s recommender says what is missing, and how to bring it', async () => {
    const popular = recommenders.find(({ name }) => name === 'popular');
    const mine = ownRecommender({ name: 'mine', create: (_own, outside) => popular!.create({}, outside) });
    const store = memoryStore();
    const { run } = await runOf(
      store,
      { agents: 4, rounds: 1, recommender: 'mine' },
      { registry: registryWith({ recommenders: [mine] }) },
    );
    const error = { code: 'PART_MISSING', message: expect.stringMatching(/recommender "mine".*--plugin FILE/) };
    await expect(replay(store, run)).rejects.toMatchObject(error);
    expect(() => registryWith({ recommenders: [mine, mine] })).toThrow(
      /recommender "mine": expected a name that no other/,
    );
  });
});

describe('naming a recommender or a mind settles its whole section', () => {
  test('by name, or by an object with some of its parameters', () => {
    const ials = {
      name: 'ials',
      factors: 64,
      epochs: 12,
      unobserved: 0.3,
      regularization: 0.012,
      steps: 3,
      refreshEvery: 10,
    };
    expect(settledSection('recommender', 'ials')).toEqual(ials);
    expect(settledSection('recommender', { name: 'ials', factors: 8, trainEvery: 3 })).toEqual({
      ...ials,
      factors: 8,
      trainEvery: 3,
    });
    expect(settledSection('mind', 'choice')).toEqual({ name: 'choice', ...choiceParametersSchema.parse({}) });
  });

  test('and so an intervention is logged', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 4, rounds: 2, 'recommender.trainEvery': 2 });
    const forked = await branch(store, run, 1, [{ key: 'recommender', value: 'item-knn' }]);
    expect(forked.recommender).toBe('item-knn');
    const applied = (await eventsOf(store, forked.run)).find(({ type }) => type === 'InterventionApplied');
    expect(applied?.data).toEqual({ key: 'recommender', value: { name: 'item-knn', neighbours: 200 } });
  });

  test('with the parameters given beside it, or as an object; nothing of the one before stays', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 4, rounds: 2, recommender: 'item-knn', 'recommender.neighbours': 7 });
    const changes = [
      { key: 'mind', value: 'scripted' },
      { key: 'mind.script', value: { rules: [{ pages: [{ watch: { rank: 1 } }] }] } },
      { key: 'recommender', value: { name: 'ials', factors: 4 } },
    ];
    const forked = await branch(store, run, 1, changes);
    expect(forked).toMatchObject({ recommender: 'ials', mind: 'scripted' });
    expect(await storedConditions(store, forked.run)).toMatchObject({
      mind: { name: 'scripted', outside: false, delay: 0, script: { rules: [{ agents: 'all', rounds: 'all' }] } },
      recommender: { name: 'ials', factors: 4, epochs: 12, trainEvery: 1, retrainEvery: 0 },
    });
    expect(await replay(store, forked.run)).toMatchObject({ divergence: null });
  });
});

function sectionIn(config: RunConfig, key: string): { readonly [name: string]: Json } {
  return config[key] as { readonly [name: string]: Json };
}

/** Of all values but those within lists. */
function pathsOf(holder: { readonly [key: string]: Json }): (readonly string[])[] {
  return Object.entries(holder).flatMap(([key, value]): (readonly string[])[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? pathsOf(value as { readonly [key: string]: Json }).map((path) => [key, ...path])
      : [[key]],
  );
}

function without(config: RunConfig, [first = '', second]: readonly string[]): RunConfig {
  const { [first]: section, ...rest } = config;
  if (second === undefined) return rest as unknown as RunConfig;
  const { [second]: _gone, ...kept } = section as { readonly [name: string]: Json };
  return { ...rest, [first]: kept } as unknown as RunConfig;
}

function faultsOf(read: () => unknown): readonly unknown[] {
  try {
    read();
  } catch (error) {
    const { code, run, faults } = error as { code: string; run: string; faults: readonly { key: string }[] };
    return [code, run, ...faults.map(({ key }) => key)];
  }
  return [];
}
