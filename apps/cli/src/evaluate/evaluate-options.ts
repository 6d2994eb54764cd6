/** The options of `rashomon evaluate`, checked before anything is read. */
import { pathIn, type Session } from '../session.ts';
import { checkFilePath } from '../output/whole-file.ts';
import { UsageError, wholeNumber } from '../usage-error.ts';
import { oneOf } from './expectations.ts';

/** As typed. */
export interface EvaluateOptions {
  readonly data: string;
  readonly recommender: readonly string[];
  readonly protocol?: string;
  readonly seed: string;
  readonly share?: string;
  readonly valid?: string;
  readonly at?: readonly string[];
  readonly set?: readonly string[];
  readonly chart?: string;
  readonly chartMetric?: readonly string[];
}

/** What is to be drawn, and where to. */
interface ChartPlan {
  readonly path: string;
  readonly metrics: readonly string[];
}

export interface EvaluatePlan {
  readonly seed: number;
  /** Undefined for the one that the data was made for. */
  readonly protocol: string | undefined;
  readonly share: number;
  readonly valid: number;
  /** Cut-offs beside 10 and 20. */
  readonly at: readonly number[];
  readonly chart: ChartPlan | null;
}

const SEED_MAX = 0xffffffff;
const SHARE = 0.2;
const DRAWN_BY_DEFAULT: readonly string[] = ['ndcg@10', 'recall@20'];

/** @throws UsageError */
export async function planOf(options: EvaluateOptions, session: Session): Promise<EvaluatePlan> {
  const seed = wholeNumber(options.seed, '--seed');
  if (seed > SEED_MAX) throw new UsageError(`--seed ${options.seed}: expected a whole number of at most ${SEED_MAX}`);
  const share = options.share === undefined ? SHARE : shareOf(options.share, '--share', { from: 'above 0' });
  const valid = options.valid === undefined ? 0 : shareOf(options.valid, '--valid', { from: 'from 0' });
  if (share + valid >= 1)
    throw new UsageError(
      `--share ${share} and --valid ${valid}: expected a sum below 1, so that something is left to learn from`,
    );
  const at = (options.at ?? []).map((cutoff) => wholeNumber(cutoff, '--at', 1));
  return {
    seed,
    share,
    valid,
    at,
    protocol: await protocolOf(options.protocol),
    chart: await chartOf(options, at, session),
  };
}

function shareOf(text: string, option: string, { from }: { readonly from: 'above 0' | 'from 0' }): number {
  const share = Number(text);
  if (text.trim() !== '' && share < 1 && (share > 0 || (share === 0 && from === 'from 0'))) return share;
  const range = from === 'from 0' ? 'from 0 to below 1, e.g. 0.1' : 'between 0 and 1, e.g. 0.2';
  throw new UsageError(`${option} ${JSON.stringify(text)}: expected a number ${range}`);
}

async function protocolOf(name: string | undefined): Promise<string | undefined> {
  const { didYouMean, protocols } = await import('@rashomon/replay');
  const names = protocols.map((known) => known.name);
  if (name === undefined || names.includes(name)) return name;
  throw new UsageError(`--protocol ${JSON.stringify(name)}: expected ${oneOf(names, didYouMean(name, names))}`);
}

async function chartOf(
  { chart, chartMetric }: EvaluateOptions,
  at: readonly number[],
  session: Session,
): Promise<ChartPlan | null> {
  if (chart === undefined) {
    if (chartMetric !== undefined)
      throw new UsageError('--chart-metric says what --chart FILE.svg shows: expected both');
    return null;
  }
  const path = pathIn(session, chart);
  checkFilePath(path, { option: '--chart', extension: '.svg' });
  const { didYouMean, metricNames } = await import('@rashomon/replay');
  const metrics = [...new Set(chartMetric ?? DRAWN_BY_DEFAULT)];
  const names = metricNames(at);
  for (const metric of metrics) {
    if (!names.includes(metric))
      throw new UsageError(
        `--chart-metric ${JSON.stringify(metric)}: expected ${oneOf(names, didYouMean(metric, names))}`,
      );
  }
  return { path, metrics };
}
