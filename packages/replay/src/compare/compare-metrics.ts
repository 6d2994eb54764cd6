/** The metrics of two runs side by side: each figure over the paired agents, their difference and its interval. */
import { movedInterval, percentileInterval, resampleOf } from '@rashomon/kernel';
import type { MetricComparison } from '../reports.ts';
import { AGENT_METRICS, type AgentMetric } from './agent-metrics.ts';
import { usualResamples } from './bootstrap.ts';
import { EXPOSURE_METRICS, type ExposureMetric, ExposureTable } from './exposure-metrics.ts';
import type { RunTally } from './tally.ts';

/** Exposure is added up film by film for every resample, so it is given fewer. */
const EXPOSURE_RESAMPLES = 200;

/** All metrics that can be compared. */
export const METRIC_NAMES: readonly string[] = [...AGENT_METRICS, ...EXPOSURE_METRICS].map(({ name }) => name);

/** A metric was asked for that there is not. */
export class UnknownMetric extends Error {
  readonly code = 'UNKNOWN_METRIC';
  readonly metrics: readonly string[];

  constructor(metrics: readonly string[]) {
    super(
      `unknown metric ${metrics.map((name) => `"${name}"`).join(', ')}, expected one of ${METRIC_NAMES.join(', ')}`,
    );
    this.name = 'UnknownMetric';
    this.metrics = metrics;
  }
}

/** @throws UnknownMetric */
export function checkMetrics(names: readonly string[]): void {
  const unknown = names.filter((name) => !METRIC_NAMES.includes(name));
  if (unknown.length > 0) throw new UnknownMetric(unknown);
}

export interface Sample {
  readonly a: RunTally;
  readonly b: RunTally;
  /** Ids of the agents that both runs have. */
  readonly agents: readonly number[];
  readonly seed: number;
  readonly resamples: number | undefined;
}

/** A figure of one run as a function of how often each agent counts. */
type Figure = (weights: Int32Array) => number;

interface Pair {
  readonly name: string;
  readonly a: Figure;
  readonly b: Figure;
  readonly n: number;
  readonly deltas: Float64Array;
}

/** Metrics in the order of `names`. */
export function compareMetrics(names: readonly string[], sample: Sample): MetricComparison[] {
  const { agents, seed } = sample;
  const resamples = agents.length === 0 ? 0 : (sample.resamples ?? usualResamples(agents.length));
  const exposures = names.some((name) => EXPOSURE_METRICS.some((metric) => metric.name === name))
    ? shareCounts(sample)
    : null;
  const pairs = names.map((name): Pair => {
    const ofAgents = AGENT_METRICS.find((metric) => metric.name === name);
    if (ofAgents !== undefined) return agentPair(ofAgents, sample, resamples);
    const ofSystem = EXPOSURE_METRICS.find((metric) => metric.name === name) as ExposureMetric;
    return exposurePair(ofSystem, exposures as SharedCounts, sample, Math.min(resamples, EXPOSURE_RESAMPLES));
  });
  for (let resample = 0; resample < resamples; resample++) {
    const weights = resampleOf(agents.length, seed, resample);
    for (const { a, b, deltas } of pairs) if (resample < deltas.length) deltas[resample] = b(weights) - a(weights);
  }
  const everybody = new Int32Array(agents.length).fill(1);
  return pairs.map(({ name, a, b, n, deltas }) => {
    const [ofA, ofB] = [a(everybody), b(everybody)];
    const delta = ofB - ofA;
    const isOfSystem = EXPOSURE_METRICS.some((metric) => metric.name === name);
    return {
      name,
      a: ofA,
      b: ofB,
      delta,
      ...(isOfSystem ? movedInterval(deltas, delta) : percentileInterval(deltas)),
      n,
    };
  });
}

function agentPair(metric: AgentMetric, { a, b, agents }: Sample, resamples: number): Pair {
  const column = (of: (agent: number) => number): Float64Array => Float64Array.from(agents, of);
  const belowA = column((agent) => metric.below(a.agent(agent)));
  const belowB = column((agent) => metric.below(b.agent(agent)));
  return {
    name: metric.name,
    a: ratio(
      column((agent) => metric.above(a.agent(agent))),
      belowA,
    ),
    b: ratio(
      column((agent) => metric.above(b.agent(agent))),
      belowB,
    ),
    n: agents.filter((_, index) => (belowA[index] as number) + (belowB[index] as number) > 0).length,
    deltas: new Float64Array(resamples),
  };
}

/** The ratio of two weighted sums; 0 where nothing was counted. */
function ratio(above: Float64Array, below: Float64Array): Figure {
  return (weights) => {
    let upper = 0;
    let lower = 0;
    for (let agent = 0; agent < weights.length; agent++) {
      const weight = weights[agent] as number;
      upper += weight * (above[agent] as number);
      lower += weight * (below[agent] as number);
    }
    return lower === 0 ? 0 : upper / lower;
  };
}

interface SharedCounts {
  readonly a: Counts;
  readonly b: Counts;
}

/** Showings per film as a function of how often each agent counts. */
type Counts = (weights: Int32Array) => Int32Array;

function shareCounts({ a, b, agents }: Sample): SharedCounts {
  return { a: countedOnce(new ExposureTable(a, agents)), b: countedOnce(new ExposureTable(b, agents)) };
}

/** Adds up once per resample, however many metrics ask. */
function countedOnce(table: ExposureTable): Counts {
  let of: Int32Array | null = null;
  let counts: Int32Array = new Int32Array();
  return (weights) => {
    if (of !== weights) counts = table.counts((of = weights));
    return counts;
  };
}

function exposurePair(metric: ExposureMetric, counts: SharedCounts, { a, b, agents }: Sample, resamples: number): Pair {
  const shown = (agent: number): boolean => a.agent(agent).impressions + b.agent(agent).impressions > 0;
  return {
    name: metric.name,
    a: (weights) => metric.of(counts.a(weights)),
    b: (weights) => metric.of(counts.b(weights)),
    n: agents.filter(shown).length,
    deltas: new Float64Array(resamples),
  };
}
