/** `rashomon evaluate`: how well recommenders find what real users went on to watch. */
import type { Command } from 'commander';
import type { loadSplit, RankedFold, Registry } from '@rashomon/replay';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { acting, type Caller, describeCommand, repeated } from '../action.ts';
import { chosenRecommenders, type Parameters } from '../evaluate/chosen-recommenders.ts';
import { type EvaluateOptions, type EvaluatePlan, planOf } from '../evaluate/evaluate-options.ts';
import { accuracyChart, type Chart } from '../output/accuracy-chart.ts';
import { accuracyLines, type Measured } from '../output/accuracy-table.ts';
import { count, plural } from '../output/numbers.ts';
import { writeWhole } from '../output/whole-file.ts';
import { pathIn, type Session } from '../session.ts';

interface Result extends Measured {
  readonly parameters: Parameters;
}

export function evaluateCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'evaluate',
    about: 'offline accuracy of recommenders on real data',
    examples: [
      ['evaluate --data ml-100k --recommender popular item-knn ease', "MovieLens 100K's own split ua"],
      [
        'evaluate --data ml-100k --protocol u1-u5 --recommender all --chart u.svg',
        'its five folds, everything there is, and a picture',
      ],
      [
        'evaluate --data ml-1m --protocol ncf --recommender ease --set ease.regularization=1000',
        'leave one out, with a parameter',
      ],
      [
        'evaluate --data ml-latest-small --protocol time --share 0.1 --recommender ials',
        "the last tenth of each user's films",
      ],
      [
        'evaluate --data mine.csv --share 0.1 --valid 0.1 --recommender ease --json',
        'your own table, 8:1:1; for scripts',
      ],
    ],
  })
    .requiredOption(
      '--data <path>',
      'real data: a folder, or a table of interactions (.csv or .tsv); also looked for in $RASHOMON_DATA',
    )
    .requiredOption('--recommender <name...>', 'which recommenders; all: every one that needs nothing but watches')
    .option(
      '--protocol <name>',
      'u1 to u5, u1-u5, ua, ub, ncf, fixed, random or time (default: the one that the data was made for)',
    )
    .option('--seed <n>', 'luck of models, splits and intervals', '1')
    .option('--share <part>', "how much of each user's films is to be found, for random and time (default: 0.2)")
    .option('--valid <part>', 'how much more is neither learnt from nor to be found, for random and time (default: 0)')
    .option('--at <n...>', 'cut-offs of the accuracy metrics beside 10 and 20')
    .option(
      '--set <key=value>',
      'a parameter, e.g. ease.regularization=1000, or recommender.factors=32 for all that have it',
      repeated,
    )
    .option('--chart <file>', 'writes a bar chart with the intervals, as SVG')
    .option('--chart-metric <name...>', 'what it shows (default: ndcg@10 recall@20)')
    .action(acting<EvaluateOptions>(caller, evaluate));
}

async function evaluate(session: Session, options: EvaluateOptions): Promise<undefined> {
  const { output, json, signal } = session;
  const { loadSplit: load } = await import('@rashomon/replay');
  const plan = await planOf(options, session);
  const recommenders = await chosenRecommenders(options, session.registry);
  const loaded = load(locate(options.data, session), plan);
  mention(loaded, options, session);
  const results: Result[] = [];
  let users = 0;
  for (const [name, parameters] of recommenders) {
    output.say(`${name} …`);
    await breathe(signal);
    const { ranked, ...result } = await measured(name, parameters, {
      loaded,
      plan,
      signal,
      registry: session.registry,
    });
    users = ranked;
    results.push(result);
  }
  const { protocol, repeated: repeats } = loaded;
  const items = loaded.split.catalogue.size;
  const { seed, share, valid } = plan;
  const what = `${options.data}, protocol ${protocol}: ${count(users)} users, ${count(items)} films`;
  if (plan.chart !== null) {
    await writeWhole(plan.chart.path, accuracyChart(chartOf(what, plan.chart.metrics, results)));
    output.say(`chart: ${plan.chart.path}`);
  }
  if (json) {
    const drawn = isDrawn(loaded) ? { share, valid } : {};
    await output.json({
      schema: 'rashomon.evaluation/1',
      data: options.data,
      protocol,
      seed,
      ...drawn,
      users,
      items,
      repeated: repeats,
      results,
    });
  } else await output.lines([what, '', ...accuracyLines(results, output.colours)]);
  return undefined;
}

type Loaded = ReturnType<typeof loadSplit>;

/** Whether the parts were drawn here, by --share and --valid. */
function isDrawn({ protocol }: Loaded): boolean {
  return protocol === 'random' || protocol === 'time';
}

/** What the reader of the figures should know of the data. */
function mention(loaded: Loaded, { share, valid }: EvaluateOptions, { output }: Session): void {
  const { repeated: repeats, protocol } = loaded;
  if (repeats > 0)
    output.warn(
      `${plural(repeats, 'row repeats', 'rows repeat')} a pair of user and film: ` +
        'each pair counts once, at its first row',
    );
  if (!isDrawn(loaded) && (share !== undefined || valid !== undefined))
    output.warn(`--share and --valid are for random and time: protocol ${protocol} comes with its parts`);
}

/** Lets signals come through between long stretches of work. */
async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

interface Task {
  readonly loaded: Loaded;
  readonly plan: EvaluatePlan;
  readonly signal: AbortSignal;
  readonly registry: Registry;
}

async function measured(
  name: string,
  parameters: Parameters,
  { loaded, plan: { seed, at }, signal, registry }: Task,
): Promise<Result & { readonly ranked: number }> {
  const { createRecommender, fitTo, measure, rankUsers, usersIn } = await import('@rashomon/replay');
  const recommender = createRecommender(name, parameters, { known: registry.recommenders });
  const folds: RankedFold[] = [];
  let [fitSeconds, rankSeconds] = [0, 0];
  for (const split of loaded.folds) {
    const start = performance.now();
    const model = await fitTo(recommender, split, seed);
    const fitted = performance.now();
    folds.push({ split, ranked: await rankUsers(model, split, { seed, pause: () => breathe(signal) }) });
    fitSeconds += (fitted - start) / 1000;
    rankSeconds += (performance.now() - fitted) / 1000;
    await breathe(signal);
  }
  return {
    recommender: name,
    parameters: recommender.parameters,
    metrics: measure(folds, { seed, at }),
    fitSeconds,
    rankSeconds,
    ranked: usersIn(folds),
  };
}

function chartOf(what: string, metrics: readonly string[], results: readonly Result[]): Chart {
  const panels = metrics.map((metric) => ({
    metric,
    bars: results.map(({ recommender, metrics: { [metric]: interval } }) => ({
      label: recommender,
      ...(interval ?? { mean: 0, low: 0, high: 0 }),
    })),
  }));
  return { title: 'Offline accuracy', subtitle: `${what}; 95 % intervals over users`, panels };
}

/** Data as seen from here, failing that inside RASHOMON_DATA. */
function locate(data: string, session: Session): string {
  const { RASHOMON_DATA: shelf } = session.env;
  const near = isAbsolute(data) ? data : pathIn(session, data);
  if (isAbsolute(data) || shelf === undefined || existsSync(near)) return near;
  const there = join(shelf, data);
  return existsSync(there) ? there : near;
}
