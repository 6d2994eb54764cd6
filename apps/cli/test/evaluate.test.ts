/** `rashomon evaluate` as scripts and people meet it: the document, the table, messages and exit codes. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../src/exit-codes.ts';
import { call, type CallOptions, type Called } from './call.ts';

const root = mkdtempSync(join(tmpdir(), 'rashomon-evaluate-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FILMS = 12;
const rows = (users: readonly number[], films: (user: number) => readonly number[]): string =>
  users.flatMap((user) => films(user).map((film) => `${user}\t${film}\t4\t${100 + film}\n`)).join('');
const USERS = [1, 2, 3, 4, 5, 6];

/** Six users who watched six films each and go on to two; nobody watched film 12. */
mkdirSync(join(root, 'data'));
for (const [name, text] of Object.entries({
  'u.item': Array.from({ length: FILMS }, (_, index) => `${index + 1}|Film ${index + 1} (1990)||||${Array.from({ length: 19 }, () => 0).join('|')}\n`).join(''),
  'ua.base': rows(USERS, (user) => [0, 1, 2, 3, 4, 5].map((step) => ((user + step) % 11) + 1)),
  'ua.test': rows(USERS, (user) => [6, 7].map((step) => ((user + step) % 11) + 1)),
  'u1.base': '1\t1\t4\t100\n',
  'u1.test': '1\t1\t4\t100\n',
})) {
  writeFileSync(join(root, 'data', name), text);
}

const at = (words: string, options: Partial<CallOptions> = {}): Promise<Called> => call(words.split(' '), { cwd: root, ...options });

type Figures = { readonly [metric: string]: { readonly mean: number; readonly low: number; readonly high: number } };
interface Document {
  readonly results: readonly { readonly recommender: string; readonly parameters: object; readonly metrics: Figures; readonly fitSeconds: number; readonly rankSeconds: number }[];
}

const METRICS = ['ndcg@10', 'recall@20', 'precision@10', 'hit@10', 'mrr', 'map', 'novelty@10', 'diversity@10', 'coverage@10', 'gini@10'];

describe('the document', () => {
  const words = 'evaluate --data data --recommender popular ease --recommender bpr-mf --set ease.regularization=3 --set recommender.factors=8 --json';

  test('has what the contract says, for each recommender in the order in which they were named', async () => {
    const { code, out } = await at(words);
    expect(code).toBe(EXIT.ok);
    const document = JSON.parse(out) as Document;
    expect(document).toMatchObject({ schema: 'rashomon.evaluation/1', data: 'data', protocol: 'ua', users: 6, items: FILMS });
    expect(document.results.map(({ recommender, parameters }) => [recommender, parameters])).toEqual([
      ['popular', {}],
      ['ease', { regularization: 3 }],
      ['bpr-mf', { factors: 8, epochs: 80, learningRate: 0.02, regularization: 0.02, refreshEpochs: 4 }],
    ]);
    for (const { metrics, fitSeconds, rankSeconds } of document.results) {
      expect(Object.keys(metrics)).toEqual(METRICS);
      for (const { mean, low, high } of Object.values(metrics)) expect(low <= mean && mean <= high).toBe(true);
      expect([fitSeconds, rankSeconds].every((seconds) => seconds >= 0)).toBe(true);
    }
  });

  test('has the same figures each time, and others for another seed', async () => {
    const figures = async (more = ''): Promise<readonly Figures[]> => (JSON.parse((await at(`${words}${more}`)).out) as Document).results.map(({ metrics }) => metrics);
    expect(await figures()).toEqual(await figures());
    expect(await figures(' --seed 2')).not.toEqual(await figures());
  });
});

test('the table has a row for each metric, and the seconds; data is also looked for in RASHOMON_DATA', async () => {
  const { code, out, err } = await at('evaluate --data data --recommender random popular', { cwd: tmpdir(), env: { RASHOMON_DATA: root } });
  expect(code).toBe(EXIT.ok);
  expect(out).toMatch(/^data, protocol ua: 6 users, 12 films\n\nMETRIC +RANDOM +POPULAR\nndcg@10 +0\.\d{4} ±0\.\d{4} +0\.\d{4} ±0\.\d{4}\n/);
  for (const name of METRICS) expect(out).toContain(`\n${name} `);
  expect(out).toMatch(/\nfit +\d+\.\d\d s +\d+\.\d\d s\nrank +\d+\.\d\d s +\d+\.\d\d s\n/);
  expect(err).toBe('random …\npopular …\n');
  expect((await at('evaluate --data data --recommender popular --quiet')).err).toBe('');
});

describe('what is wrong is told', () => {
  test.each([
    ['--data data', EXIT.usage, "required option '--recommender <name...>' not specified"],
    ['--recommender ease', EXIT.usage, "required option '--data <dir>' not specified"],
    ['--data data --recommender ease --protocol tim', EXIT.usage, '(did you mean "time"?)'],
    ['--data data --recommender ease --share 1.5', EXIT.usage, '--share "1.5": expected a number between 0 and 1'],
    ['--data data --recommender ease --seed -1', EXIT.usage, '--seed "-1": expected a whole number'],
    ['--data data --recommender ease --seed 4294967296', EXIT.usage, 'at most 4294967295'],
    ['--data data --recommender ease --set ease', EXIT.usage, 'expected key=value'],
    ['--data data --recommender easy popular', EXIT.invalid, 'recommender: "easy" (--recommender): expected one of random, popular'],
    ['--data data --recommender easy popular', EXIT.invalid, '(did you mean "ease"?)'],
    ['--data data --recommender ease --set ease.regularisation=1', EXIT.invalid, '(did you mean "ease.regularization"?)'],
    ['--data data --recommender ease --set ials.factors=8', EXIT.invalid, 'ials.factors: 8 (--set): expected one of ease.regularization'],
    ['--data data --recommender popular --set recommender.factors=8', EXIT.invalid, 'no parameter: these recommenders have none'],
    ['--data data --recommender ease --set ease.regularization=0', EXIT.invalid, 'regularization: 0, expected'],
    ['--data data --recommender ease --protocol u2', EXIT.invalid, 'u2.base: "missing"'],
    ['--data data --recommender ease --protocol ncf', EXIT.invalid, 'ncf-protocol/ml-1m.test.rating: "missing"'],
    ['--data data --recommender ease --protocol fixed', EXIT.invalid, 'train.txt: "missing"'],
    ['--data data --recommender ease --protocol u1', EXIT.invalid, 'an empty test part'],
    ['--data nowhere --recommender ease', EXIT.invalid, 'ENOENT'],
  ])('%s', async (words, code, message) => {
    const called = await at(`evaluate ${words}`);
    expect(called.err).toContain(message);
    expect([called.code, called.out]).toEqual([code, '']);
  });

  test('an interruption ends it with 130', async () => {
    const { code, out } = await at('evaluate --data data --recommender ease', { signal: AbortSignal.abort() });
    expect([code, out]).toEqual([EXIT.interrupted, '']);
  });
});
