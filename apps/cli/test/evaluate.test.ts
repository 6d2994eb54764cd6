/** `rashomon evaluate` as scripts and people meet it: the document, the table, messages and exit codes. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { configParts } from '@rashomon/replay';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../src/exit-codes.ts';
import { accuracyChart, type ChartBar } from '../src/output/accuracy-chart.ts';
import { call, type CallOptions, type Called } from './call.ts';

const root = mkdtempSync(join(tmpdir(), 'rashomon-evaluate-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FILMS = 12;
const rows = (users: readonly number[], films: (user: number) => readonly number[]): string =>
  users.flatMap((user) => films(user).map((film) => `${user}\t${film}\t4\t${100 + film}\n`)).join('');
const USERS = [1, 2, 3, 4, 5, 6];

const items = Array.from(
  { length: FILMS },
  (_, index) => `${index + 1}|Film ${index + 1} (1990)||||${Array.from({ length: 19 }, () => 0).join('|')}\n`,
).join('');

/** Six users who watched six films each and go on to two; nobody watched film 12. */
mkdirSync(join(root, 'data'));
for (const [name, text] of Object.entries({
  'u.item': items,
  'ua.base': rows(USERS, (user) => [0, 1, 2, 3, 4, 5].map((step) => ((user + step) % 11) + 1)),
  'ua.test': rows(USERS, (user) => [6, 7].map((step) => ((user + step) % 11) + 1)),
  'u1.base': '1\t1\t4\t100\n',
  'u1.test': '1\t1\t4\t100\n',
})) {
  writeFileSync(join(root, 'data', name), text);
}

/** Five folds: in each, every user is tested on another film. */
mkdirSync(join(root, 'folds'));
writeFileSync(join(root, 'folds', 'u.item'), items);
for (const fold of [1, 2, 3, 4, 5]) {
  writeFileSync(
    join(root, 'folds', `u${fold}.base`),
    rows(USERS, (user) => [1, 2, 3, 4, 5].filter((other) => other !== fold).map((other) => user + other)),
  );
  writeFileSync(
    join(root, 'folds', `u${fold}.test`),
    rows(USERS, (user) => [user + fold]),
  );
}

const watches = ['Ann', 'Bo', 'Cy'].flatMap((user) =>
  ['Heat', 'Alien', 'Solaris', 'M'].map((film, place) => `${user},${film},2001-02-0${place + 1}\n`),
);
/** Names for ids, times for ratings, and a row that comes twice. */
const table = `user,film,time\n${watches.join('')}Bo,M,2001-02-09\n`;
writeFileSync(join(root, 'table.csv'), table);
writeFileSync(join(root, 'broken.csv'), 'user,film,rating\nAnn,Heat,NaN\n');
writeFileSync(join(root, 'empty.csv'), '');
writeFileSync(join(root, 'alone.csv'), 'Ann,Heat\n');
writeFileSync(join(root, 'ending.txt'), 'Ann,Heat\n');
mkdirSync(join(root, 'tables'));
writeFileSync(join(root, 'tables', 'interactions.csv'), table);

const at = (words: string, options: Partial<CallOptions> = {}): Promise<Called> =>
  call(words.split(' '), { cwd: root, ...options });

type Figures = { readonly [metric: string]: { readonly mean: number; readonly low: number; readonly high: number } };
interface Document {
  readonly results: readonly {
    readonly recommender: string;
    readonly parameters: object;
    readonly metrics: Figures;
    readonly fitSeconds: number;
    readonly rankSeconds: number;
  }[];
}

const METRICS = [
  'ndcg@10',
  'ndcg@20',
  'recall@10',
  'recall@20',
  'precision@10',
  'precision@20',
  'hit@10',
  'hit@20',
  'mrr',
  'map',
  'novelty@10',
  'diversity@10',
  'coverage@10',
  'gini@10',
];

describe('the document', () => {
  const words =
    'evaluate --data data --recommender popular ease --recommender bpr-mf ' +
    '--set ease.regularization=3 --set recommender.factors=8 --json';

  test('has what the contract says, for each recommender in the order in which they were named', async () => {
    const { code, out } = await at(words);
    expect(code).toBe(EXIT.ok);
    const document = JSON.parse(out) as Document;
    expect(document).toMatchObject({
      schema: 'rashomon.evaluation/1',
      data: 'data',
      protocol: 'ua',
      users: 6,
      items: FILMS,
    });
    expect(document.results.map(({ recommender, parameters }) => [recommender, parameters])).toEqual([
      ['popular', {}],
      ['ease', { regularization: 3 }],
      ['bpr-mf', { factors: 8, epochs: 80, learningRate: 0.02, regularization: 0.02, refreshEpochs: 4, clip: 1e20 }],
    ]);
    for (const { metrics, fitSeconds, rankSeconds } of document.results) {
      expect(Object.keys(metrics)).toEqual(METRICS);
      for (const { mean, low, high } of Object.values(metrics)) expect(low <= mean && mean <= high).toBe(true);
      expect([fitSeconds, rankSeconds].every((seconds) => seconds >= 0)).toBe(true);
    }
  });

  test('has the same figures each time, and others for another seed', async () => {
    const figures = async (more = ''): Promise<readonly Figures[]> =>
      (JSON.parse((await at(`${words}${more}`)).out) as Document).results.map(({ metrics }) => metrics);
    expect(await figures()).toEqual(await figures());
    expect(await figures(' --seed 2')).not.toEqual(await figures());
  });
});

test('the table has a row for each metric, and the seconds; data is also looked for in RASHOMON_DATA', async () => {
  const { code, out, err } = await at('evaluate --data data --recommender random popular', {
    cwd: tmpdir(),
    env: { RASHOMON_DATA: root },
  });
  expect(code).toBe(EXIT.ok);
  const figure = String.raw`0\.\d{4} ±0\.\d{4}`;
  expect(out).toMatch(
    new RegExp(`^data, protocol ua: 6 users, 12 films\n\nMETRIC +RANDOM +POPULAR\nndcg@10 +${figure} +${figure}\n`),
  );
  for (const name of METRICS) expect(out).toContain(`\n${name} `);
  expect(out).toMatch(/\nfit +\d+\.\d\d s +\d+\.\d\d s\nrank +\d+\.\d\d s +\d+\.\d\d s\n/);
  expect(err).toBe('random …\npopular …\n');
  expect((await at('evaluate --data data --recommender popular --quiet')).err).toBe('');
});

describe('the parts and the figures that are asked for', () => {
  const documentOf = async (words: string): Promise<Document & { readonly [field: string]: unknown }> => {
    const { code, out, err } = await at(`evaluate ${words} --json`);
    expect([code, out === '' ? err : '']).toEqual([EXIT.ok, '']);
    return JSON.parse(out) as Document & { readonly [field: string]: unknown };
  };

  test('the figures of a recommender do not depend on which others are asked about, nor on their order', async () => {
    const metricsOf = async (names: string): Promise<{ readonly [name: string]: Figures }> =>
      Object.fromEntries(
        (await documentOf(`--data data --recommender ${names}`)).results.map(({ recommender, metrics }) => [
          recommender,
          metrics,
        ]),
      );
    const [forwards, backwards] = [await metricsOf('popular ials random'), await metricsOf('random ials popular')];
    expect(backwards).toEqual(forwards);
    expect(await metricsOf('ials')).toEqual({ ials: forwards['ials'] });
  });

  test('--at adds cut-offs', async () => {
    const { results } = await documentOf('--data data --recommender popular --at 5 20 --at 50');
    expect(Object.keys(results[0]?.metrics ?? {})).toEqual(
      ['ndcg', 'recall', 'precision', 'hit']
        .flatMap((name) => [5, 10, 20, 50].map((cutoff) => `${name}@${cutoff}`))
        .concat(METRICS.slice(8)),
    );
  });

  test('--share and --valid draw the parts and stand in the document; other protocols come with theirs', async () => {
    const drawn = await documentOf('--data table.csv --recommender popular --share 0.25 --valid 0.25');
    expect(drawn).toMatchObject({ protocol: 'random', share: 0.25, valid: 0.25, users: 3, items: 4, repeated: 1 });
    const { err, out } = await at('evaluate --data data --recommender popular --valid 0.1 --json');
    expect(err).toContain('warning: --share and --valid are for random and time: protocol ua comes with its parts');
    expect(JSON.parse(out)).not.toHaveProperty('valid');
  });

  test('a table of interactions is data too, by itself or in a folder; what is repeated in it is told', async () => {
    const { code, out, err } = await at('evaluate --data table.csv --recommender popular --protocol time');
    expect([code, out.split('\n')[0]]).toEqual([EXIT.ok, 'table.csv, protocol time: 3 users, 4 films']);
    expect(err).toContain('warning: 1 row repeats a pair of user and film: each pair counts once, at its first row\n');
    expect(
      (await at('evaluate --data tables --recommender popular --protocol time --quiet')).out.split('\n').slice(1, 13),
    ).toEqual(out.split('\n').slice(1, 13));
  });

  test('a run takes the same table: its users are the agents, and its films have their names', async () => {
    const { code, out } = await at('run --data table.csv --rounds 2 --set slate.size=2 --store memory: --json --quiet');
    expect([code, JSON.parse(out)]).toEqual([EXIT.ok, expect.objectContaining({ agents: 3, rounds: 2 })]);
  });

  test('u1-u5: five splits, one evaluation', async () => {
    const { protocol, users, repeated } = await documentOf(
      '--data folds --protocol u1-u5 --recommender popular item-knn',
    );
    expect([protocol, users, repeated]).toEqual(['u1-u5', 6, 0]);
  });

  test('all: every recommender that needs nothing but watches, each once', async () => {
    const { results } = await documentOf(
      '--data table.csv --recommender all popular --share 0.5 --set recommender.factors=4',
    );
    const names = results.map(({ recommender }) => recommender);
    const known = configParts().filter(({ section }) => section === 'recommender');
    expect(names).toEqual(known.map(({ name }) => name).filter((name) => name !== 'remote' && name !== 'llm-rerank'));
    expect(names).toContain('bpr-mf');
  });
});

describe('the chart', () => {
  const bar = (label: string, mean: number, low: number, high: number): ChartBar => ({ label, mean, low, high });
  const small = {
    title: 'Accuracy',
    subtitle: 'data',
    panels: [{ metric: 'ndcg@10', bars: [bar('popular', 0.1331, 0.125, 0.1413), bar('ease', 0.3163, 0.3051, 0.3276)] }],
  };

  test('has a bar, an interval and figures for each recommender, in a panel for each metric', async () => {
    const { code, err } = await at(
      'evaluate --data data --recommender popular ease --chart chart.svg --chart-metric mrr novelty@10 recall@5 --at 5',
    );
    expect([code, err]).toEqual([EXIT.ok, expect.stringContaining(`chart: ${join(root, 'chart.svg')}\n`)]);
    const svg = readFileSync(join(root, 'chart.svg'), 'utf8');
    expect(unbalanced(svg)).toEqual([]);
    expect(textsOf(svg, 'metric')).toEqual(['mrr', 'novelty@10', 'recall@5']);
    expect([svg.match(/<rect class="bar"/g)?.length, svg.match(/<path class="interval"/g)?.length]).toEqual([6, 6]);
    expect(svg).toContain('data, protocol ua: 6 users, 12 films; 95 % intervals over users');
    expect(readdirSync(root).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('shows ndcg@10 and recall@20 by default, and takes the place of an earlier one', async () => {
    writeFileSync(join(root, 'again.svg'), 'old');
    expect((await at('evaluate --data data --recommender popular --chart again.svg --quiet')).code).toBe(EXIT.ok);
    expect(textsOf(readFileSync(join(root, 'again.svg'), 'utf8'), 'metric')).toEqual(['ndcg@10', 'recall@20']);
  });

  test('bars and intervals are drawn to scale, from 0', () => {
    const svg = accuracyChart(small);
    expect(textsOf(svg, 'tick')).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4']);
    const left = Number(/<line class="axis" x1="([\d.]+)"/.exec(svg)?.[1]);
    const end = Number([...svg.matchAll(/<line class="grid" x1="([\d.]+)"/g)].at(-1)?.[1]);
    const widths = [...svg.matchAll(/<rect class="bar"[^>]* width="([\d.]+)"/g)].map(
      ([, width]) => Number(width) / (end - left),
    );
    expect(widths.map((width) => Math.round(width * 1000) / 1000)).toEqual([0.333, 0.791]);
    const [from, to] = (/class="interval" d="M([\d.]+) .*H([\d.]+)/.exec(svg)?.slice(1) ?? []).map(
      (x) => (Number(x) - left) / (end - left),
    );
    expect([from, to].map((place) => Math.round((place ?? 0) * 1000) / 1000)).toEqual([0.313, 0.353]);
    expect(svg).toContain('0.1331  (0.1250 to 0.1413)');
    expect(accuracyChart(small)).toBe(svg);
  });

  test.each([
    [0, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [0.0004, ['0.0000', '0.0001', '0.0002', '0.0003', '0.0004']],
    [0.26, ['0.0', '0.1', '0.2', '0.3']],
    [1, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [9.9, ['0', '2', '4', '6', '8', '10']],
    [13, ['0', '5', '10', '15']],
    [420, ['0', '100', '200', '300', '400', '500']],
  ])('an axis for values up to %d', (most, ticks) => {
    expect(
      textsOf(accuracyChart({ ...small, panels: [{ metric: 'x', bars: [bar('y', most, most, most)] }] }), 'tick'),
    ).toEqual(ticks);
  });

  test('is XML whatever the names, needs no script, and obeys dark and light', () => {
    const svg = accuracyChart({
      title: 'a < b & "c"',
      subtitle: "\u0000it's\ud800 ]]>",
      panels: [{ metric: '<script>alert(1)</script>', bars: [bar('x'.repeat(60), 1, 1, 1), bar('&amp;', 0, 0, 0)] }],
    });
    expect(unbalanced(svg)).toEqual([]);
    expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(svg).toContain('\ufffdit&apos;s\ufffd ]]&gt;');
    expect(svg).toContain(`${'x'.repeat(23)}…`);
    expect(svg).not.toMatch(/<script|javascript:|href=|NaN|Infinity|undefined/);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).toMatch(
      new RegExp(
        '^<svg xmlns="http://www.w3.org/2000/svg" [^>]*role="img" ' +
          'aria-labelledby="chart-title chart-description">\n<title id="chart-title">',
      ),
    );
  });

  test('that cannot be written is refused before anything is done', async () => {
    const refused = async (words: string): Promise<string> => {
      const { code, out, err } = await at(`evaluate --data nowhere --recommender popular ${words}`);
      expect([code, out]).toEqual([EXIT.usage, '']);
      return err;
    };
    expect(await refused('--chart no/such/chart.svg')).toContain('expected a file in a folder that exists');
    expect(await refused('--chart chart.png')).toContain('expected the name of a file that ends in .svg');
    mkdirSync(join(root, 'folder.svg'));
    expect(await refused('--chart folder.svg')).toContain(
      'expected the name of a file; there is something else of that name',
    );
    expect(await refused('--chart x.svg --chart-metric ndgc@10')).toContain('(did you mean "ndcg@10"?)');
    expect(await refused('--chart-metric mrr')).toContain('expected both');
  });
});

/** The texts of a class, entities as they stand. */
function textsOf(svg: string, kind: string): readonly string[] {
  return [...svg.matchAll(new RegExp(`<text [^>]*class="${kind}"[^>]*>([^<]*)</text>`, 'g'))].map(
    ([, words]) => words ?? '',
  );
}

/**
 * What keeps a document from being well-formed XML: tags that do not pair, stray letters, characters that XML has not.
 */
function unbalanced(svg: string): readonly string[] {
  const [open, wrong]: [string[], string[]] = [[], []];
  // oxlint-disable-next-line no-control-regex -- they are what is to be found
  wrong.push(...(svg.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|&(?!(amp|lt|gt|quot|apos);)/g) ?? []));
  const rest = svg.replaceAll(
    /<(\/?)([a-z]+)((?: [a-z][a-z0-9:-]*="[^"<]*")*)(\/?)>/gi,
    (_tag, closes: string, name: string, _attributes, empty: string) => {
      if (closes === '/' && open.pop() !== name) wrong.push(`</${name}>`);
      if (closes === '' && empty === '') open.push(name);
      return '';
    },
  );
  return [...wrong, ...open, ...(rest.match(/[<>]/g) ?? [])];
}

describe('what is wrong is told', () => {
  test.each([
    ['--data data', EXIT.usage, "required option '--recommender <name...>' not specified"],
    ['--recommender ease', EXIT.usage, "required option '--data <path>' not specified"],
    ['--data data --recommender ease --protocol tim', EXIT.usage, '(did you mean "time"?)'],
    ['--data data --recommender ease --share 1.5', EXIT.usage, '--share "1.5": expected a number between 0 and 1'],
    ['--data data --recommender ease --valid 1', EXIT.usage, '--valid "1": expected a number from 0 to below 1'],
    [
      '--data data --recommender ease --valid 0.5 --share 0.5',
      EXIT.usage,
      '--share 0.5 and --valid 0.5: expected a sum below 1',
    ],
    ['--data data --recommender ease --at 0', EXIT.usage, '--at "0": expected a whole number of at least 1'],
    ['--data data --recommender ease --at ten', EXIT.usage, '--at "ten": expected a whole number'],
    [
      '--data data --recommender all --set recommender.factor=8',
      EXIT.invalid,
      'recommender.factor: 8 (--set): expected one of',
    ],
    ['--data broken.csv --recommender ease', EXIT.invalid, 'broken.csv:2: "NaN", expected a number'],
    ['--data empty.csv --recommender ease', EXIT.invalid, 'empty.csv: "", expected at least one row'],
    ['--data alone.csv --recommender ease', EXIT.invalid, 'an empty test part'],
    [
      '--data ending.txt --recommender ease',
      EXIT.invalid,
      'expected a table of interactions in a file that ends in .csv or .tsv',
    ],
    ['--data data --recommender ease --seed -1', EXIT.usage, '--seed "-1": expected a whole number'],
    ['--data data --recommender ease --seed 4294967296', EXIT.usage, 'at most 4294967295'],
    ['--data data --recommender ease --set ease', EXIT.usage, 'expected key=value'],
    [
      '--data data --recommender easy popular',
      EXIT.invalid,
      'recommender: "easy" (--recommender): expected one of random, popular',
    ],
    ['--data data --recommender easy popular', EXIT.invalid, '(did you mean "ease"?)'],
    [
      '--data data --recommender ease --set ease.regularisation=1',
      EXIT.invalid,
      '(did you mean "ease.regularization"?)',
    ],
    [
      '--data data --recommender ease --set ials.factors=8',
      EXIT.invalid,
      'ials.factors: 8 (--set): expected one of ease.regularization',
    ],
    [
      '--data data --recommender popular --set recommender.factors=8',
      EXIT.invalid,
      'no parameter: these recommenders have none',
    ],
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
