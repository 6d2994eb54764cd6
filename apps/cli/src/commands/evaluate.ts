/** `rashomon evaluate`: how well recommenders find what real users went on to watch. */
import type { Command } from 'commander';
import type { Accuracy, ConfigFault, loadSplit } from '@rashomon/replay';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { acting, type Caller, describeCommand, repeated } from '../action.ts';
import type { Json } from '../config/settings.ts';
import { count } from '../output/numbers.ts';
import { tableLines } from '../output/table.ts';
import { pathIn, type Session } from '../session.ts';
import { UsageError, wholeNumber } from '../usage-error.ts';

interface Options {
  readonly data: string;
  readonly recommender: readonly string[];
  readonly protocol?: string;
  readonly seed: string;
  readonly share: string;
  readonly set?: readonly string[];
}

type Parameters = { readonly [name: string]: Json };

/** One recommender, measured. */
interface Result {
  readonly recommender: string;
  readonly parameters: Parameters;
  readonly metrics: Accuracy;
  /** Training, with what a model makes for its first answer. */
  readonly fitSeconds: number;
  readonly rankSeconds: number;
}

export function evaluateCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'evaluate',
    about: 'offline accuracy of recommenders on real data',
    examples: [
      ['evaluate --data ml-100k --recommender popular item-knn ease', "MovieLens 100K's own split ua"],
      ['evaluate --data ml-100k --protocol u1 --recommender ials --json', 'another of its splits; for scripts'],
      ['evaluate --data ml-1m --protocol ncf --recommender ease --set ease.regularization=1000', 'leave one out, with a parameter'],
      ['evaluate --data ml-latest-small --protocol time --share 0.1 --recommender ials', "the last tenth of each user's films"],
    ],
  })
    .requiredOption('--data <dir>', 'real data: a folder, also looked for in $RASHOMON_DATA')
    .requiredOption('--recommender <name...>', 'which recommenders')
    .option('--protocol <name>', 'u1 to u5, ua, ub, ncf, fixed, random or time (default: the one that the folder is made for)')
    .option('--seed <n>', 'luck of models, splits and intervals', '1')
    .option('--share <part>', "how much of each user's films is to be found, for random and time", '0.2')
    .option('--set <key=value>', 'a parameter, e.g. ease.regularization=1000, or recommender.factors=32 for all that have it', repeated)
    .action(acting<Options>(caller, evaluate));
}

async function evaluate(session: Session, options: Options): Promise<undefined> {
  const { output, json, signal } = session;
  const replay = await import('@rashomon/replay');
  const seed = seedOf(options.seed);
  const share = shareOf(options.share);
  const protocol = await protocolOf(options.protocol);
  const recommenders = await recommendersOf(options);
  const loaded = replay.loadSplit(locate(options.data, session), { protocol, seed, share });
  const results: Result[] = [];
  let users = 0;
  for (const [name, parameters] of recommenders) {
    output.say(`${name} …`);
    await breathe(signal);
    const { ranked, ...result } = await measured(name, parameters, { ...loaded, seed, signal });
    users = ranked;
    results.push(result);
  }
  const items = loaded.split.catalogue.size;
  const drawn = loaded.protocol === 'random' || loaded.protocol === 'time' ? { share } : {};
  if (json) await output.json({ schema: 'rashomon.evaluation/1', data: options.data, protocol: loaded.protocol, seed, ...drawn, users, items, results });
  else await output.lines([`${options.data}, protocol ${loaded.protocol}: ${count(users)} users, ${count(items)} films`, '', ...tableOf(session, results)]);
  return undefined;
}

/** Lets signals come through between long stretches of work. */
async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

type Loaded = ReturnType<typeof loadSplit>;

async function measured(
  name: string,
  parameters: Parameters,
  { split, seed, signal }: Loaded & { readonly seed: number; readonly signal: AbortSignal },
): Promise<Result & { readonly ranked: number }> {
  const { createRecommender, fitTo, measure, rankUsers } = await import('@rashomon/replay');
  const recommender = createRecommender(name, parameters);
  const start = performance.now();
  const model = await fitTo(recommender, split, seed);
  const fitted = performance.now();
  const ranked = await rankUsers(model, split, { seed, pause: () => breathe(signal) });
  const done = performance.now();
  return {
    recommender: name,
    parameters: recommender.parameters,
    metrics: measure(ranked, split, seed),
    fitSeconds: (fitted - start) / 1000,
    rankSeconds: (done - fitted) / 1000,
    ranked: ranked.length,
  };
}

const SEED_MAX = 0xffffffff;

function seedOf(text: string): number {
  const seed = wholeNumber(text, '--seed');
  if (seed > SEED_MAX) throw new UsageError(`--seed ${text}: expected a whole number of at most ${SEED_MAX}`);
  return seed;
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share > 0 && share < 1) return share;
  throw new UsageError(`--share ${JSON.stringify(text)}: expected a number between 0 and 1, e.g. 0.2`);
}

/** @throws UsageError for a name that no protocol has */
async function protocolOf(name: string | undefined): Promise<string | undefined> {
  const { didYouMean, protocols } = await import('@rashomon/replay');
  const names = protocols.map((known) => known.name);
  if (name === undefined || names.includes(name)) return name;
  throw new UsageError(`--protocol ${JSON.stringify(name)}: expected ${oneOf(names, didYouMean(name, names))}`);
}

/** @throws InvalidConfig with every fault of the names and parameters; InvalidParameters */
async function recommendersOf({ recommender, set = [] }: Options): Promise<ReadonlyMap<string, Parameters>> {
  const { configParts, createRecommender, didYouMean, InvalidConfig } = await import('@rashomon/replay');
  const { parseSetting } = await import('../config/settings.ts');
  const known = new Map(configParts().flatMap(({ section, name, keys }) => (section === 'recommender' ? [[name, keys.map(({ key }) => key)]] : [])));
  const faults: ConfigFault[] = [];
  const chosen = new Map<string, { [name: string]: Json }>();
  for (const name of recommender) {
    if (known.has(name)) chosen.set(name, {});
    else faults.push({ key: 'recommender', value: name, expected: oneOf([...known.keys()], didYouMean(name, [...known.keys()])), source: '--recommender' });
  }
  for (const { key, value } of set.map(parseSetting)) {
    const [owner = '', ...rest] = key.split('.');
    const parameter = rest.join('.');
    // `recommender.x` is for all that have an x, `ease.x` for ease.
    const fits = ([name]: [string, unknown]): boolean => (owner === 'recommender' || owner === name) && (known.get(name) ?? []).includes(`recommender.${parameter}`);
    const owners = [...chosen].filter(fits);
    for (const [, parameters] of owners) parameters[parameter] = value;
    const keys = [...chosen.keys()].flatMap((name) => (known.get(name) ?? []).map((one) => one.replace('recommender', name)));
    if (owners.length === 0) faults.push({ key, value, expected: oneOf(keys, didYouMean(key, keys)), source: '--set' });
  }
  if (faults.length > 0) throw new InvalidConfig(faults);
  for (const [name, parameters] of chosen) createRecommender(name, parameters);
  return chosen;
}

function oneOf(known: readonly string[], meant: string | undefined): string {
  const names = known.length === 0 ? 'no parameter: these recommenders have none' : `one of ${known.join(', ')}`;
  return `${names}${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}

/** A folder as seen from here, failing that inside RASHOMON_DATA. */
function locate(data: string, session: Session): string {
  const { RASHOMON_DATA: shelf } = session.env;
  const near = isAbsolute(data) ? data : pathIn(session, data);
  if (isAbsolute(data) || shelf === undefined || existsSync(near)) return near;
  const there = join(shelf, data);
  return existsSync(there) ? there : near;
}

/** A row for each metric, a column for each recommender. */
function tableOf({ output }: Session, results: readonly Result[]): string[] {
  const { dim } = output.colours;
  const names = Object.keys(results[0]?.metrics ?? {});
  const rows = names.map((name) => [
    name,
    ...results.map(({ metrics }) => {
      const { mean = 0, low = 0, high = 0 } = metrics[name] ?? {};
      return `${mean.toFixed(4)} ${dim(`±${((high - low) / 2).toFixed(4)}`)}`;
    }),
  ]);
  const seconds = (label: string, of: (result: Result) => number): string[] => [label, ...results.map((result) => `${of(result).toFixed(2)} s`)];
  const heading = ['METRIC', ...results.map(({ recommender }) => recommender.toUpperCase())].map(dim);
  const table = [heading, ...rows, seconds('fit', ({ fitSeconds }) => fitSeconds), seconds('rank', ({ rankSeconds }) => rankSeconds)];
  return [...tableLines(table, `l${'r'.repeat(results.length)}`), '', dim('± half of the 95 % interval over users (bootstrap); --json has both ends')];
}
