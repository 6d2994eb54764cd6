/** Offline evaluation: metrics by hand, intervals, and the protocols on small folders, sound and faulty. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { FilmCatalogue } from '@rashomon/kernel';
import {
  createRecommender,
  evaluate,
  fitTo,
  InvalidData,
  loadSplit,
  measure,
  metricNames,
  type RankedUser,
  rankUsers,
  type Split,
  UnknownProtocol,
} from '@rashomon/recsys';
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

const watches = (pairs: Pairs): Split['train'] => ({
  users: pairs.map(([user]) => user),
  films: pairs.map(([, film]) => film),
});
const pairsOf = ({ users, films }: Split['train']): Pairs =>
  Array.from(users, (user, entry) => [user, films[entry] as number]);

const OPTIONS = { seed: 1, share: 0.5 };
const split = (
  files: { readonly [name: string]: string },
  protocol?: string,
  options: { readonly seed: number; readonly share: number; readonly valid?: number } = OPTIONS,
): ReturnType<typeof loadSplit> => loadSplit(folder(files), { ...options, protocol });

/** Faults as "file:line value". */
function faultsOf(files: { readonly [name: string]: string }, protocol: string): readonly string[] {
  try {
    split(files, protocol);
    return [];
  } catch (error) {
    if (error instanceof InvalidData)
      return error.faults.map(({ file, line, value }) => `${file.startsWith(root) ? 'folder' : file}:${line} ${value}`);
    throw error;
  }
}

describe('metrics', () => {
  const films = Array.from({ length: 20 }, (_, id) => id);
  const world: Split = {
    catalogue: new FilmCatalogue(films.map(filmWithId)),
    train: watches([
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
      [3, 0],
      [3, 2],
      [4, 3],
    ]),
    test: watches([]),
  };
  const figures = (
    ranked: readonly RankedUser[],
    options: { readonly seed: number; readonly at?: readonly number[] } = { seed: 1 },
  ): ReturnType<typeof measure> => measure([{ split: world, ranked }], options);
  const means = (ranked: readonly RankedUser[], at: readonly number[] = []): { readonly [metric: string]: number } =>
    Object.fromEntries(Object.entries(figures(ranked, { seed: 1, at })).map(([name, { mean }]) => [name, mean]));

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
    expect(Object.values(means([{ user: 9, top: [], hits: [], relevant: 1 }])).every((value) => value === 0)).toBe(
      true,
    );
    expect(means([{ user: 9, top: [4], hits: [], relevant: 1 }])['diversity@10']).toBe(0);
  });

  test('a perfect ranking has 1', () => {
    const perfect = means([{ user: 9, top: films, hits: [1, 2, 3], relevant: 3 }]);
    for (const name of ['ndcg@10', 'recall@20', 'hit@10', 'mrr', 'map']) expect(perfect[name]).toBe(1);
  });

  test('intervals hold the mean, shrink with users and are the same for the same seed', () => {
    const crowd = (size: number): RankedUser[] =>
      Array.from({ length: size }, (_, user) => ({
        user,
        top: [user % 20],
        hits: user % 3 === 0 ? [1] : [],
        relevant: 1,
      }));
    const [few, many] = [figures(crowd(30)), figures(crowd(480))];
    for (const accuracy of [few, many])
      for (const { mean, low, high } of Object.values(accuracy))
        expect(low <= mean && mean <= high && low >= 0).toBe(true);
    const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high - low;
    expect(width(few['mrr'] as never) / width(many['mrr'] as never)).toBeGreaterThan(3);
    // One mean of 30 draws with p = 1/3: 1.96 standard errors to either side.
    expect(Math.abs(width(few['mrr'] as never) - 2 * 1.96 * Math.sqrt(2 / 9 / 30))).toBeLessThan(0.05);
    expect(figures(crowd(30))).toEqual(few);
    expect(figures(crowd(30), { seed: 2 })).not.toEqual(few);
  });

  test('10 and 20 are always among the cut-offs, others are asked for', () => {
    const lists = [{ user: 1, top: films, hits: [2, 15, 40], relevant: 4 }];
    const more = means(lists, [50, 5, 10]);
    expect(Object.keys(more)).toEqual(metricNames([5, 50]));
    expect(['recall@5', 'recall@10', 'recall@20', 'recall@50'].map((name) => more[name])).toEqual([
      1 / 4,
      1 / 4,
      2 / 4,
      3 / 4,
    ]);
    expect(['precision@5', 'precision@20', 'hit@5', 'hit@50'].map((name) => more[name])).toEqual([1 / 5, 2 / 20, 1, 1]);
    expect(more['ndcg@5']).toBe(more['ndcg@10']);
    expect(more['ndcg@20']).toBeCloseTo(
      (1 / Math.log2(3) + 1 / 4) / (1 + 1 / Math.log2(3) + 1 / 2 + 1 / Math.log2(5)),
      12,
    );
    expect(Object.keys(means(lists))).toEqual(Object.keys(more).filter((name) => !/@(5|50)$/.test(name)));
  });

  test('folds are one pool: a user counts as often as it was ranked, and is drawn as a whole', () => {
    const one = (user: number, hits: readonly number[]): RankedUser => ({ user, top: [user], hits, relevant: 1 });
    const folds = [
      { split: world, ranked: [one(1, [1]), one(2, [])] },
      { split: { ...world, train: watches([[1, 5]]) }, ranked: [one(1, [1])] },
    ];
    const { mrr, 'coverage@10': coverage, 'novelty@10': novelty } = measure(folds, { seed: 1 });
    expect(mrr?.mean).toBeCloseTo(2 / 3, 12);
    // Both users drawn, or one of them twice: were rankings drawn for themselves, ten of them would hardly ever all be
    // hits.
    const often = measure(
      Array.from({ length: 5 }, () => ({ split: world, ranked: [one(1, [1]), one(2, [])] })),
      { seed: 1 },
    );
    expect(often['mrr']).toEqual({ mean: 0.5, low: 0, high: 1 });
    expect(coverage?.mean).toBe(2 / 20);
    // Each list is as new as the watches its own model saw: films 1 and 2 of 7 watches, film 1 of one.
    expect(novelty?.mean).toBeCloseTo((Math.log2(27 / 3) + Math.log2(27 / 2) + Math.log2(21)) / 3, 12);
  });
});

const NO_GENRES = Array.from({ length: 19 }, () => 0).join('|');
const ITEMS = `${[1, 2, 3, 4, 5].map((id) => `${id}|Film ${id} (1990)|01-Jan-1990|||${NO_GENRES}`).join('\n')}\n`;
const USERS = '1|20|M|writer|1\n2|30|F|writer|2\n';
const rows = (pairs: Pairs): string =>
  pairs.map(([user, film], entry) => `${user}\t${film}\t3\t${100 + entry}\n`).join('');
/** user, film, time. */
const timed = (triples: readonly (readonly [number, number, number])[]): string =>
  triples.map(([user, film, time]) => `${user}\t${film}\t3\t${time}\n`).join('');

describe('official splits', () => {
  const files = {
    'u.item': ITEMS,
    'ua.base': rows([
      [1, 1],
      [1, 2],
      [2, 2],
      [2, 2],
    ]),
    'ua.test': rows([
      [1, 3],
      [2, 4],
      [2, 4],
      [2, 2],
    ]),
  };

  test('all films are ranked, a repeated row counts once, and what is in the train part is not to be found', () => {
    const { protocol, split: found } = split(files);
    expect(protocol).toBe('ua');
    expect(found.catalogue.size).toBe(5);
    expect(pairsOf(found.train)).toEqual([
      [1, 1],
      [1, 2],
      [2, 2],
    ]);
    expect(pairsOf(found.test)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    // One in the train part, two in the test part, one of them known from the train part.
    expect(split(files).repeated).toBe(3);
  });

  test('the train part is in order of time, rows of one time as they came; a repeated pair is at its first row', () => {
    const base = timed([
      [1, 3, 30],
      [1, 1, 10],
      [1, 3, 5],
      [2, 2, 20],
      [1, 5, 20],
      [1, 2, 20],
    ]);
    expect(pairsOf(split({ ...files, 'ua.base': base }).split.train)).toEqual([
      [1, 1],
      [2, 2],
      [1, 5],
      [1, 2],
      [1, 3],
    ]);
    expect(pairsOf(split({ ...files, 'ua.base': base.replaceAll(/\d+\n/g, '0\n') }).split.train)).toEqual([
      [1, 3],
      [1, 1],
      [2, 2],
      [1, 5],
      [1, 2],
    ]);
  });

  test('no recommender of pairs minds the order', async () => {
    const [early, late] = [
      split({
        ...files,
        'ua.base': timed([
          [1, 1, 1],
          [1, 2, 2],
          [2, 2, 3],
        ]),
      }),
      split({
        ...files,
        'ua.base': timed([
          [1, 1, 3],
          [1, 2, 2],
          [2, 2, 1],
        ]),
      }),
    ];
    expect(pairsOf(late.split.train)).toEqual(pairsOf(early.split.train).toReversed());
    for (const name of ['random', 'popular', 'item-knn', 'ease', 'ials', 'bpr-mf']) {
      expect(await evaluate(createRecommender(name), late.split, 1)).toEqual(
        await evaluate(createRecommender(name), early.split, 1),
      );
    }
  });

  test('u1-u5: the five folds over one catalogue, measured together', async () => {
    const folds = [1, 2, 3, 4, 5].flatMap((fold) => [
      [
        `u${fold}.base`,
        rows([
          [1, fold],
          [2, (fold % 5) + 1],
        ]),
      ],
      [
        `u${fold}.test`,
        rows(
          fold < 3
            ? [
                [1, ((fold + 1) % 5) + 1],
                [2, fold],
              ]
            : [[1, ((fold + 1) % 5) + 1]],
        ),
      ],
    ]);
    const five: { readonly [name: string]: string } = { 'u.item': ITEMS, ...Object.fromEntries(folds) };
    const loaded = split(five, 'u1-u5');
    expect([loaded.protocol, loaded.folds.length, loaded.repeated]).toEqual(['u1-u5', 5, 0]);
    expect(loaded.split).toBe(loaded.folds[0]);
    const { users, metrics } = await evaluate(createRecommender('popular'), loaded.folds, 1);
    expect(users).toBe(2);
    let [sum, lists] = [0, 0];
    for (const fold of loaded.folds) {
      const alone = await evaluate(createRecommender('popular'), fold, 1);
      sum += (alone.metrics['mrr']?.mean ?? NaN) * alone.users;
      lists += alone.users;
    }
    expect(lists).toBe(7);
    expect(metrics['mrr']?.mean).toBeCloseTo(sum / 7, 12);
    const { 'u3.test': _, ...four } = five;
    expect(faultsOf(four, 'u1-u5')).toEqual(['u3.test:0 missing']);
    expect(split(five).protocol).toBe('u1');
  });

  test('faults are told with file and line, all at once', () => {
    expect(faultsOf({ 'u.item': ITEMS, 'ua.base': files['ua.base'] }, 'u1')).toEqual([
      'u1.base:0 missing',
      'u1.test:0 missing',
    ]);
    expect(faultsOf({ ...files, 'ua.base': '1\t1\t3\t9\n1\t77\t3\t9\nx\t1\t3\t9\n1\t1\n' }, 'ua')).toEqual([
      'ua.base:4 1\t1',
      'ua.base:2 77',
      'ua.base:3 x',
    ]);
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
    expect(pairsOf(found.train)).toEqual([
      [0, 0],
      [1, 0],
      [2, 3],
    ]);
    expect(pairsOf(found.test)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect([...(found.candidates ?? [])]).toEqual([
      [0, [1, 2, 3]],
      [1, [2, 1, 3, 3]],
    ]);
    const { 'interactions.tsv': watched, ...others } = files;
    const rated = watched.replaceAll('\t', '::').replaceAll('\n', '::5::9\n');
    expect(split({ ...others, 'ratings.dat': rated }).split).toEqual(found);
    // Times put the train part in their order, and leave the numbers alone.
    expect(
      pairsOf(split({ ...others, 'ratings.dat': rated.replace('1::70::5::9', '1::70::5::99') }).split.train),
    ).toEqual([
      [1, 0],
      [2, 3],
      [0, 0],
    ]);
    expect(faultsOf({ ...others, 'ratings.dat': rated.replace('::9', '::-9') }, 'ncf')).toContain('ratings.dat:1 -9');
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
    expect(faultsOf({ 'interactions.tsv': files['interactions.tsv'] }, 'ncf')).toEqual([
      'ncf-protocol/ml-1m.test.rating:0 missing',
      'ncf-protocol/ml-1m.test.negative:0 missing',
    ]);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.negative': '(0,1)\t2\n(1,1)\t3\n' }, 'ncf')).toEqual([
      'ncf-protocol/x.test.negative:2 (1,1)',
    ]);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.negative': '(0,1)\t2\n' }, 'ncf')).toEqual([
      'ncf-protocol/x.test.negative:2 ',
    ]);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.negative': '(0,1)\t9\n(1,2)\t3\n' }, 'ncf')).toEqual([
      'ncf-protocol/x.test.negative:1 9',
    ]);
    expect(faultsOf({ ...files, 'ncf-protocol/x.test.rating': '0\t1\t5\t9\n0\t2\t3\t9\n' }, 'ncf')).toContain(
      'ncf-protocol/x.test.rating:2 0',
    );
  });
});

describe('fixed', () => {
  const files = { 'train.txt': '0 1 2\n1 2\n2\n', 'valid.txt': '0 7\n', 'test.txt': '0 3\n1 1 1\n\n' };

  test('a line a user; films of the validation part may be shown and teach nothing', () => {
    const { protocol, split: found } = split(files);
    expect(protocol).toBe('fixed');
    expect(found.catalogue.films.map(({ id }) => id)).toEqual([1, 2, 3, 7]);
    expect(pairsOf(found.train)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(pairsOf(found.test)).toEqual([
      [0, 3],
      [1, 1],
    ]);
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
  const rated: Pairs = [
    [1, 5],
    [1, 4],
    [1, 3],
    [1, 2],
    [2, 1],
    [1, 5],
  ];
  const files = { 'u.item': ITEMS, 'u.user': USERS, 'u.data': rows(rated) };

  test('time: the last share of each user; who has one film only teaches; a film rated twice is rated first', () => {
    const { split: found } = split(files, 'time');
    expect(pairsOf(found.train)).toEqual([
      [1, 5],
      [1, 4],
      [2, 1],
    ]);
    expect(pairsOf(found.test)).toEqual([
      [1, 3],
      [1, 2],
    ]);
    expect(found.catalogue.size).toBe(5);
    expect(pairsOf(split(files, 'time', { seed: 1, share: 0.99 }).split.test)).toEqual([
      [1, 4],
      [1, 3],
      [1, 2],
    ]);
  });

  test('random: keyed by seed, user and film, whatever the order of the rows', () => {
    const sorted = (options = OPTIONS, data = files): string[] =>
      pairsOf(split(data, 'random', options).split.test)
        .map(String)
        .toSorted();
    expect(sorted()).toHaveLength(2);
    expect(sorted(OPTIONS, { ...files, 'u.data': rows(rated.toReversed()) })).toEqual(sorted());
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => sorted({ seed, share: 0.5 }).join())).size).toBeGreaterThan(1);
    expect(split(files).protocol).toBe('random');
  });

  test('a validation part is neither learnt from nor to be found, nor ranked', async () => {
    const many: Pairs = [1, 2].flatMap((user) => [1, 2, 3, 4, 5].map((film) => [user, film] as const));
    for (const protocol of ['random', 'time']) {
      const { split: found } = split({ ...files, 'u.data': rows(many) }, protocol, { seed: 1, share: 0.2, valid: 0.4 });
      const { masked = watches([]) } = found;
      expect([found.train, masked, found.test].map((part) => pairsOf(part).length)).toEqual([4, 4, 2]);
      expect([found.train, masked, found.test].flatMap((part) => pairsOf(part).map(String)).toSorted()).toEqual(
        many.map(String).toSorted(),
      );
      const ranked = await rankUsers(await fitTo(createRecommender('popular'), found, 1), found, { seed: 1 });
      // Of five films two were learnt from and two are masked: the one to find is all that is left.
      expect(ranked.map(({ top, hits }) => [top, hits])).toEqual(pairsOf(found.test).map(([, film]) => [[film], [1]]));
    }
    expect(
      pairsOf(
        split({ ...files, 'u.data': rows(many) }, 'time', { seed: 1, share: 0.2, valid: 0.4 }).split.masked ??
          watches([]),
      ),
    ).toEqual([
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
    ]);
    expect(
      split({ ...files, 'u.data': rows(many) }, 'random', { seed: 1, share: 0.2, valid: 0 }).split,
    ).not.toHaveProperty('masked');
  });

  test('with a validation part the same films are to be found, and one film at least teaches', () => {
    const data = {
      ...files,
      'u.data': rows([
        [1, 5],
        [1, 4],
        [1, 3],
        [1, 2],
        [2, 1],
        [2, 2],
      ]),
    };
    const [without, with_] = [split(data, 'random'), split(data, 'random', { ...OPTIONS, valid: 0.49 })];
    expect(pairsOf(with_.split.test).map(String).toSorted()).toEqual(
      pairsOf(without.split.test).map(String).toSorted(),
    );
    expect(new Set(pairsOf(with_.split.train).map(([user]) => user))).toEqual(new Set([1, 2]));
  });

  test('random: the train part is in order of time; a film rated twice in different parts counts once', () => {
    const { split: found, repeated } = split(
      {
        ...files,
        'u.data': timed([
          [1, 1, 50],
          [1, 2, 40],
          [1, 3, 30],
          [1, 4, 20],
          [1, 1, 10],
        ]),
      },
      'random',
      { seed: 3, share: 0.25 },
    );
    const train = pairsOf(found.train).map(([, film]) => film);
    expect(train).toEqual(train.toSorted((a, b) => b - a));
    expect([train.length, pairsOf(found.test).length, repeated]).toEqual([3, 1, 1]);
  });

  test('random, of lists of watches: all parts together', () => {
    const lists = { 'train.txt': '0 1 2\n1 2 3\n', 'valid.txt': '0 7\n', 'test.txt': '0 3\n1 1 1\n' };
    const { split: found, repeated } = split(lists, 'random', { seed: 1, share: 0.25, valid: 0.25 });
    expect(found.catalogue.films.map(({ id }) => id)).toEqual([1, 2, 3, 7]);
    expect([found.train, found.masked ?? watches([]), found.test].map((part) => pairsOf(part).length)).toEqual([
      3, 2, 2,
    ]);
    expect(repeated).toBe(1);
  });

  test('no times, nothing to find', () => {
    expect(faultsOf({ ...files, 'u.data': '1\t1\t3\t0\n1\t2\t3\t0\n' }, 'time')).toEqual([
      'folder:0 ratings without times',
    ]);
    expect(
      faultsOf(
        {
          ...files,
          'u.data': rows([
            [1, 1],
            [2, 1],
          ]),
        },
        'random',
      ),
    ).toEqual(['folder:0 an empty test part']);
  });
});

describe('a table of interactions', () => {
  const table = (text: string, name = 'mine.tsv'): string => join(folder({ [name]: text }), name);

  test('in a file: every item is known, and counts though nobody watched it in the train part', async () => {
    const path = table(
      'ann\tHeat\t1\nann\tAlien\t2\nbob\tHeat\t3\nbob\tSolaris\t4\n'.replaceAll(/\t(\d)\n/g, '\t5\t$1\n'),
    );
    expect(loadSplit(path, OPTIONS).protocol).toBe('random');
    const { split: found } = loadSplit(path, { ...OPTIONS, protocol: 'time' });
    expect(found.catalogue.films.map(({ id, title }) => [id, title])).toEqual([
      [1, 'Alien'],
      [2, 'Heat'],
      [3, 'Solaris'],
    ]);
    expect([pairsOf(found.train), pairsOf(found.test)]).toEqual([
      [
        [1, 2],
        [2, 2],
      ],
      [
        [1, 1],
        [2, 3],
      ],
    ]);
    for (const name of ['popular', 'item-knn', 'ease']) {
      const { users, metrics } = await evaluate(createRecommender(name), found, 1);
      expect(users).toBe(2);
      // Nobody watched Alien or Solaris: they stand there by id.
      expect(metrics['mrr']?.mean).toBe((1 / 1 + 1 / 2) / 2);
    }
  });

  test('more factors than films, one user only', async () => {
    const { split: found } = loadSplit(table('u,a\nu,b\nu,c\n', 'mine.csv'), OPTIONS);
    for (const name of ['ials', 'bpr-mf']) {
      const { users, metrics } = await evaluate(createRecommender(name, { factors: 64 }), found, 1);
      expect([users, metrics['recall@10']]).toEqual([1, { mean: 1, low: 1, high: 1 }]);
    }
  });

  test('one film only: nothing is left to find; no times: nothing to go by; official files are another thing', () => {
    const faults = (text: string, protocol: string): string => {
      try {
        return loadSplit(table(text), { ...OPTIONS, protocol }).protocol;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(faults('a\tx\nb\tx\n', 'random')).toMatch(/"an empty test part", expected at least one film to find/);
    expect(faults('a\tx\nb\tx\n', 'time')).toMatch(/"ratings without times", expected the time of each rating/);
    expect(faults('a\tx\nb\tx\n', 'ua')).toMatch(/u.item: "missing"/);
  });
});

describe('every recommender', () => {
  const files = {
    'u.item': ITEMS,
    'ua.base': rows([
      [1, 1],
      [1, 2],
      [2, 2],
      [3, 1],
    ]),
    'ua.test': rows([
      [1, 3],
      [2, 1],
      [9, 2],
    ]),
  };

  test.each(['random', 'popular', 'item-knn', 'ease', 'ials', 'bpr-mf'])(
    '%s: the same figures each time, with a stranger and films that nobody watched',
    async (name) => {
      const { split: found } = split(files);
      const once = await evaluate(createRecommender(name), found, 1);
      expect(once.users).toBe(3);
      expect(await evaluate(createRecommender(name), found, 1)).toEqual(once);
      for (const { mean, low, high } of Object.values(once.metrics))
        expect([mean, low, high].every(Number.isFinite)).toBe(true);
    },
  );

  test('one user alone has an interval of no width', async () => {
    const { split: found } = split({
      ...files,
      'ua.base': rows([
        [1, 1],
        [1, 2],
      ]),
      'ua.test': rows([[1, 3]]),
    });
    const { users, metrics } = await evaluate(createRecommender('ease'), found, 1);
    expect(users).toBe(1);
    for (const { mean, low, high } of Object.values(metrics)) expect([low, high]).toEqual([mean, mean]);
  });
});
