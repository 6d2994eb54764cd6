/** The metrics of two runs side by side: each figure over the agents, their difference and its interval. */
import {
  type AgentAccounts,
  type CountMetric,
  type FilmMetric,
  type GenreMetric,
  MEASURES,
  type Measures,
  type Metric,
  movedInterval,
  percentileInterval,
  type RatioMetric,
} from '@rashomon/kernel';
import type { MetricComparison } from '../reports.ts';
import { type Draws, drawsOf, usualResamples } from './bootstrap.ts';
import { FilmTable } from './film-table.ts';

/** Films are added up one by one for every resample, so figures of them are given fewer. */
const FILM_RESAMPLES = 200;

/** All metrics that can be compared. */
export const METRIC_NAMES: readonly string[] = MEASURES.names;

/** A metric was asked for that there is not. */
export class UnknownMetric extends Error {
  readonly code = 'UNKNOWN_METRIC';
  readonly metrics: readonly string[];

  constructor(metrics: readonly string[], known: readonly string[] = METRIC_NAMES) {
    super(`unknown metric ${metrics.map((name) => `"${name}"`).join(', ')}, expected one of ${known.join(', ')}`);
    this.name = 'UnknownMetric';
    this.metrics = metrics;
  }
}

/** The metrics asked for, in the order asked for; all when none are named. @throws UnknownMetric */
export function chosenMeasures(names: readonly string[] | undefined, measures: Measures = MEASURES): Measures {
  if (names === undefined) return measures;
  const unknown = names.filter((name) => !measures.metrics.has(name));
  if (unknown.length > 0) throw new UnknownMetric(unknown, measures.names);
  return measures.only(names);
}

/** One of the two runs: its accounts, and the agents that count. */
interface Side {
  readonly accounts: AgentAccounts;
  readonly agents: readonly number[];
}

export interface Sample {
  readonly a: Side;
  readonly b: Side;
  /** Whether both sides have the same agents, which are then drawn together. */
  readonly paired: boolean;
  readonly seed: number;
  readonly resamples: number | undefined;
}

/** A figure of one run as a function of how often each agent counts. */
interface Figure {
  of(weights: Int32Array): number;
  /** Whether an agent, by its place in the list, enters the figure at all. */
  has(agent: number): boolean;
}

interface Pair {
  readonly name: string;
  readonly metric: Metric;
  readonly a: Figure;
  readonly b: Figure;
  readonly deltas: Float64Array;
}

/** All metrics of the accounts, in their order. */
export function compareMetrics(sample: Sample): MetricComparison[] {
  const { a, b, paired, seed } = sample;
  const agents = { a: a.agents.length, b: b.agents.length };
  const isEmpty = agents.a === 0 || agents.b === 0;
  const resamples = isEmpty ? 0 : (sample.resamples ?? usualResamples(Math.max(agents.a, agents.b)));
  const pairs = pairsOf(sample, resamples);
  for (let resample = 0; resample < resamples; resample++) {
    const draws: Draws = drawsOf({ paired, agents, seed }, resample);
    for (const { a: ofA, b: ofB, deltas } of pairs)
      if (resample < deltas.length) deltas[resample] = ofB.of(draws.b) - ofA.of(draws.a);
  }
  const everybody = { a: new Int32Array(agents.a).fill(1), b: new Int32Array(agents.b).fill(1) };
  return pairs.map(({ name, metric, a: ofA, b: ofB, deltas }) => {
    const [left, right] = [ofA.of(everybody.a), ofB.of(everybody.b)];
    const delta = right - left;
    const ends = metric.kind === 'films' ? movedInterval(deltas, delta) : percentileInterval(deltas);
    return { name, a: left, b: right, delta, ...ends, n: entered(ofA, ofB, sample) };
  });
}

function pairsOf({ a, b }: Sample, resamples: number): Pair[] {
  const films = { a: filmFigures(a), b: filmFigures(b) };
  return [...a.accounts.measures.metrics].map(([name, metric]): Pair => {
    const isOfFilms = metric.kind === 'films';
    return {
      name,
      metric,
      a: isOfFilms ? films.a(metric) : ratio(metric, a),
      b: isOfFilms ? films.b(metric) : ratio(metric, b),
      deltas: new Float64Array(isOfFilms ? Math.min(resamples, FILM_RESAMPLES) : resamples),
    };
  });
}

/** Agents that entered: in either of their stories when they are paired, else of both runs. */
function entered(ofA: Figure, ofB: Figure, { a, b, paired }: Sample): number {
  if (paired) return a.agents.filter((_, agent) => ofA.has(agent) || ofB.has(agent)).length;
  return a.agents.filter((_, agent) => ofA.has(agent)).length + b.agents.filter((_, agent) => ofB.has(agent)).length;
}

/** The ratio of two weighted sums; 0 where nothing was counted. */
function ratio(metric: CountMetric | RatioMetric | GenreMetric, { accounts, agents }: Side): Figure {
  const above = new Float64Array(agents.length);
  const below = new Float64Array(agents.length);
  agents.forEach((agent, index) => ([above[index], below[index]] = accounts.share(metric, agent)));
  return {
    of(weights) {
      let upper = 0;
      let lower = 0;
      for (let agent = 0; agent < weights.length; agent++) {
        const weight = weights[agent] as number;
        upper += weight * (above[agent] as number);
        lower += weight * (below[agent] as number);
      }
      return lower === 0 ? 0 : upper / lower;
    },
    has: (agent) => (below[agent] as number) > 0,
  };
}

/** Figures of films; each list is added up once per resample, however many metrics ask. */
function filmFigures({ accounts, agents }: Side): (metric: FilmMetric) => Figure {
  const lists = accounts.measures.byFilm.map((_, list) => {
    const table = new FilmTable(accounts, agents, list);
    let of: Int32Array | null = null;
    let counts: Int32Array = new Int32Array();
    return {
      table,
      counts: (weights: Int32Array): Int32Array => {
        if (of !== weights) counts = table.counts((of = weights));
        return counts;
      },
    };
  });
  return (metric) => {
    // Sound: the metric is one of the accounts' own.
    const list = lists[accounts.measures.byFilm.indexOf(metric.films)] as (typeof lists)[number];
    return { of: (weights) => metric.of(list.counts(weights)), has: (agent) => list.table.has(agent) };
  };
}
