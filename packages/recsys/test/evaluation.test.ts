/** Offline evaluation: metrics by hand, intervals, and the protocols on small folders, sound and faulty. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { FilmCatalogue } from '@rashomon/kernel';
import { createRecommender, evaluate, InvalidData, loadSplit, measure, type RankedUser, type Split, UnknownProtocol } from '@rashomon/recsys';
import { filmWithId } from '@rashomon/recsys/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = mkdtempSync(join(tmpdir(), 'rashomon-evaluation-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
function folder(files: { readonly [name: string]: string }): string {
  const path = join(root, String(folders++));
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

type Pairs = readonly (readonly [user: number, film: number])[];

const watches = (pairs: Pairs): Split['train'] => ({ users: pairs.map(([user]) => user), films: pairs.map(([, film]) => film) });
const pairsOf = ({ users, films }: Split['train']): Pairs => Array.from(users, (user, entry) => [user, films[entry] as number]);

const OPTIONS = { seed: 1, share: 0.5 };
const split = (files: { readonly [name: string]: string }, protocol?: string, options = OPTIONS): ReturnType<typeof loadSplit> => loadSplit(folder(files), { ...options, protocol });

/** Faults as "file:line value". */
function faultsOf(files: { readonly [name: string]: string }, protocol: string): readonly string[] {
  try {
    split(files, protocol);
    return [];
  } catch (error) {
    if (error instanceof InvalidData) return error.faults.map(({ file, line, value }) => `${file.startsWith(root) ? 'folder' : file}:${line} ${value}`);
    throw error;
  }
}

describe('metrics', () => {
  const films = Array.from({ length: 20 }, (_, id) => id);
  const world: Split = {
    catalogue: new FilmCatalogue(films.map(filmWithId)),
    train: watches([[1, 0], [1, 1], [2, 0], [2, 1], [3, 0], [3, 2], [4, 3]]),
    test: watches([]),
  };
  const means = (ranked: readonly RankedUser[]): { readonly [metric: string]: number } =>
    Object.fromEntries(Object.entries(measure(ranked, world, 1)).map(([name, { mean }]) => [name, mean]));

  test('of one list by hand', () => {
    const one = means([{ user: 1, top: films.toReversed(), hits: [2, 15], relevant: 3 }]);
    expect(one['ndcg@10']).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3) + 0.5), 12);
    expect(one['recall@20']).toBeCloseTo(2 / 3, 12);
    expect(one['precision@10']).toBeCloseTo(0.1, 12);
    expect(one['hit@10']).toBe(1);
    expect(one['mrr']).toBe(0.5);
    expect(one['map']).toBeCloseTo((1 / 2 + 2 / 15) / 3, 12);
    expect(one['coverage@10']).toBe(0.5);
    // Ten of twenty films once: Σ (2k - 21) over k = 11 … 20, by 20 · 10.
    expect(one['gini@10']).toBeCloseTo(0.5, 12);
    // Nobody watched any of them: 1 of 7 watches + 20 films, and no two alike.
    expect(one['novelty@10']).toBeCloseTo(Math.log2(27), 12);
    expect(one['diversity@10']).toBe(1);
  });

  test('films watched by the same users are alike, and watched ones less of a surprise', () => {
    const pair = means([{ user: 9, top: [0, 1], hits: [], relevant: 1 }]);
    expect(pair['diversity@10']).toBeCloseTo(1 - 2 / Math.sqrt(3 * 2), 12);
    expect(pair['novelty@10']).toBeCloseTo((Math.log2(27 / 4) + Math.log2(27 / 3)) / 2, 12);
    for (const name of ['ndcg@10', 'recall@20', 'precision@10', 'hit@10', 'mrr', 'map']) expect(pair[name]).toBe(0);
  });

  test('no list has no figures, and no NaN', () => {
    expect(Object.values(means([{ user: 9, top: [], hits: [], relevant: 1 }])).every((value) => value === 0)).toBe(true);
    expect(means([{ user: 9, top: [4], hits: [], relevant: 1 }])['diversity@10']).toBe(0);
  });

  test('a perfect ranking has 1', () => {
    const perfect = means([{ user: 9, top: films, hits: [1, 2, 3], relevant: 3 }]);
    for (const name of ['ndcg@10', 'recall@20', 'hit@10', 'mrr', 'map']) expect(perfect[name]).toBe(1);
  });

  test('intervals hold the mean, shrink with users and are the same for the same seed', () => {
    const crowd = (size: number): RankedUser[] => Array.from({ length: size }, (_, user) => ({ user, top: [user % 20], hits: user % 3 === 0 ? [1] : [], relevant: 1 }));
    const [few, many] = [measure(crowd(30), world, 1), measure(crowd(480), world, 1)];
    for (const accuracy of [few, many]) for (const { mean, low, high } of Object.values(accuracy)) expect(low <= mean && mean <= high && low >= 0).toBe(true);
    const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high - low;
    expect(width(few['mrr'] as never) / width(many['mrr'] as never)).toBeGreaterThan(3);
    // One mean of 30 draws with p = 1/3: 1.96 standard errors to either side.
    expect(Math.abs(width(few['mrr'] as never) - 2 * 1.96 * Math.sqrt(2 / 9 / 30))).toBeLessThan(0.05);
    expect(measure(crowd(30), world, 1)).toEqual(few);
    expect(measure(crowd(30), world, 2)).not.toEqual(few);
  });
});

const ITEMS = `${[1, 2, 3, 4, 5].map((id) => `${id}|Film ${id} (1990)|01-Jan-1990|||${Array.from({ length: 19 }, () => 0).join('|')}`).join('\n')}\n`;
const USERS = '1|20|M|writer|1\n2|30|F|writer|2\n';
const rows = (pairs: Pairs): string => pairs.map(([user, film], entry) => `${user}\t${film}\t3\t${100 + entry}\n`).join('');

describe('official splits', () => {
  const files = { 'u.item': ITEMS, 'ua.base': rows([[1, 1], [1, 2], [2, 2], [2, 2]]), 'ua.test': rows([[1, 3], [2, 4], [2, 4], [2, 2]]) };

  test('all films are ranked, a repeated row counts once, and what is in the train part is not to be found', () => {
    const { protocol, split: found } = split(files);
    expect(protocol).toBe('ua');
    expect(found.catalogue.size).toBe(5);
    expect(pairsOf(found.train)).toEqual([[1, 1], [1, 2], [2, 2]]);
    expect(pairsOf(found.test)).toEqual([[1, 3], [2, 4]]);
  });

  test('faults are told with file and line, all at once', () => {
    expect(faultsOf({ 'u.item': ITEMS, 'ua.base': files['ua.base'] }, 'u1')).toEqual(['u1.base:0 missing', 'u1.test:0 missing']);
    expect(faultsOf({ ...files, 'ua.base': '1\t1\t3\t9\n1\t77\t3\t9\nx\t1\t3\t9\n1\t1\n' }, 'ua')).toEqual(['ua.base:4 1\t1', 'ua.base:2 77', 'ua.base:3 x']);
    expect(faultsOf({ ...files, 'ua.test': '' }, 'ua')).toEqual(['ua.test:0 ']);
    expect(faultsOf({ ...files, 'ua.test': rows([[1, 1]]) }, 'ua')).toEqual(['folder:0 an empty test part']);
  });

  test('unknown protocols and folders', () => {
    expect(() => split(files, 'u9')).toThrow(UnknownProtocol);
    expect(() => loadSplit(join(root, 'nowhere'), { ...OPTIONS })).toThrow(InvalidData);
  });
});

describe('ncf', () => {
  const files = {
    'interactions.tsv': '1\t70\n1\t50\n2\t70\n2\t60\n3\t40\n',
    'ncf-protocol/x.test.rating': '0\t1\t5\t9\n1\t2\t3\t9\n',
    'ncf-protocol/x.test.negative': '(0,1)\t2\t3\n(1,2)\t1\t3\t3\n',
  };

  test('films have the numbers of their first appearance; the watches to find are left out of the train part', () => {
    const { protocol, split: found } = split(files);
    expect(protocol).toBe('ncf');
    expect(found.catalogue.films.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    expect(pairsOf(found.train)).toEqual([[0, 0], [1, 0], [2, 3]]);
    expect(pairsOf(found.test)).toEqual([[0, 1], [1, 2]]);
    expect([...(found.candidates ?? [])]).toEqual([[0, [1, 2, 3]], [1, [2, 1, 3, 3]]]);
    const { 'interactions.tsv': watched, ...others } = files;
    const rated = watched.replaceAll('\t', '::').replaceAll('\n', '::5::9\n');
    expect(split({ ...others, 'ratings.dat': rated }).split).toEqual(found);
  });

  test('only the candidates are ranked', async () => {
    const { users, metrics } = await evaluate(createRecommender('popular'), split(files).split, 1);
    expect(users).toBe(2);
    // User 0: film 3 was watched, 1 and 2 by nobody: rank 2. User 1: 3, which is listed twice, then 1, then 2: rank 4.
    expect(metrics['mrr']?.mean).toBeCloseTo((1 / 2 + 1 / 4) / 2, 12);
    expect(metrics['hit@10']?.mean).toBe(1);
  });

  test('a film among its own negatives ranks below its double', async () => {
    const own = { ...files, 'ncf-protocol/x.test.negative': '(0,1)\t1\t3\n(1,2)\t1\t0\n' };
    const { metrics } = await evaluate(createRecommender('popular'), split(own).split, 1);
    // User 0: 3, then 1 twice. User 1: 0 and then 1, 2: rank 3.
    expect(metrics['mrr']?.mean).toBeCloseTo((1 / 3 + 1 / 3) / 2, 12);
  });

  test('faults', () => {
    expect(faultsOf({ 'interactions.tsv': files['interactions.tsv'] }, 'ncf')).toEqual(['ncf-protocol/ml-1m.test.rating:0 missing', 'ncf-protocol/ml-1m.test.negative:0 missing']);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.negative': '(0,1)\t2\n(1,1)\t3\n' }, 'ncf')).toEqual(['ncf-protocol/x.test.negative:2 (1,1)']);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.negative': '(0,1)\t2\n' }, 'ncf')).toEqual(['ncf-protocol/x.test.negative:2 ']);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.negative': '(0,1)\t9\n(1,2)\t3\n' }, 'ncf')).toEqual(['ncf-protocol/x.test.negative:1 9']);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.rating': '0\t1\t5\t9\n0\t2\t3\t9\n' }, 'ncf')).toContain('ncf-protocol/x.test.rating:2 0');
  });
});

describe('fixed', () => {
  const files = { 'train.txt': '0 1 2\n1 2\n2\n', 'valid.txt': '0 7\n', 'test.txt': '0 3\n1 1 1\n\n' };

  test('a line a user; films of the validation part may be shown and teach nothing', () => {
    const { protocol, split: found } = split(files);
    expect(protocol).toBe('fixed');
    expect(found.catalogue.films.map(({ id }) => id)).toEqual([1, 2, 3, 7]);
    expect(pairsOf(found.train)).toEqual([[0, 1], [0, 2], [1, 2]]);
    expect(pairsOf(found.test)).toEqual([[0, 3], [1, 1]]);
    const deeper = Object.fromEntries(Object.entries(files).map(([name, text]) => [`inside/${name}`, text]));
    expect(split(deeper, 'fixed').split.test).toEqual(found.test);
  });

  test('faults', () => {
    expect(faultsOf({ 'train.txt': files['train.txt'] }, 'fixed')).toEqual(['test.txt:0 missing']);
    expect(faultsOf({ ...files, 'test.txt': '0 3\n1 x 4\n' }, 'fixed')).toEqual(['test.txt:2 x']);
    expect(faultsOf({ ...files, 'test.txt': '' }, 'fixed')).toEqual(['folder:0 an empty test part']);
    expect(faultsOf({ ...files, 'train.txt': '0\n' }, 'fixed')).toEqual(['folder:0 an empty train part']);
  });
});

describe('random and time', () => {
  const rated: Pairs = [[1, 5], [1, 4], [1, 3], [1, 2], [2, 1], [1, 5]];
  const files = { 'u.item': ITEMS, 'u.user': USERS, 'u.data': rows(rated) };

  test('time: the last share of each user; who has one film only teaches; a film rated twice is rated first', () => {
    const { split: found } = split(files, 'time');
    expect(pairsOf(found.train)).toEqual([[1, 5], [1, 4], [2, 1]]);
    expect(pairsOf(found.test)).toEqual([[1, 3], [1, 2]]);
    expect(found.catalogue.size).toBe(5);
    expect(pairsOf(split(files, 'time', { seed: 1, share: 0.99 }).split.test)).toEqual([[1, 4], [1, 3], [1, 2]]);
  });

  test('random: keyed by seed, user and film, whatever the order of the rows', () => {
    const sorted = (options = OPTIONS, data = files): string[] => pairsOf(split(data, 'random', options).split.test).map(String).toSorted();
    expect(sorted()).toHaveLength(2);
    expect(sorted(OPTIONS, { ...files, 'u.data': rows(rated.toReversed()) })).toEqual(sorted());
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => sorted({ seed, share: 0.5 }).join())).size).toBeGreaterThan(1);
    expect(split(files).protocol).toBe('random');
  });

  test('no times, nothing to find', () => {
    expect(faultsOf({ ...files, 'u.data': '1\t1\t3\t0\n1\t2\t3\t0\n' }, 'time')).toEqual(['folder:0 ratings without times']);
    expect(faultsOf({ ...files, 'u.data': rows([[1, 1], [2, 1]]) }, 'random')).toEqual(['folder:0 an empty test part']);
  });
});

describe('every recommender', () => {
  const files = { 'u.item': ITEMS, 'ua.base': rows([[1, 1], [1, 2], [2, 2], [3, 1]]), 'ua.test': rows([[1, 3], [2, 1], [9, 2]]) };

  test.each(['random', 'popular', 'item-knn', 'ease', 'ials', 'bpr-mf'])('%s: the same figures each time, with a stranger and films that nobody watched', async (name) => {
    const { split: found } = split(files);
    const once = await evaluate(createRecommender(name), found, 1);
    expect(once.users).toBe(3);
    expect(await evaluate(createRecommender(name), found, 1)).toEqual(once);
    for (const { mean, low, high } of Object.values(once.metrics)) expect([mean, low, high].every(Number.isFinite)).toBe(true);
  });

  test('one user alone has an interval of no width', async () => {
    const { split: found } = split({ ...files, 'ua.base': rows([[1, 1], [1, 2]]), 'ua.test': rows([[1, 3]]) });
    const { users, metrics } = await evaluate(createRecommender('ease'), found, 1);
    expect(users).toBe(1);
    for (const { mean, low, high } of Object.values(metrics)) expect([low, high]).toEqual([mean, mean]);
  });
});
