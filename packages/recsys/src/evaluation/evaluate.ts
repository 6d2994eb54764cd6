/** Offline evaluation of a recommender: train on some watches, rank all others, look for the held-out ones. */
import { gini, type Recommender } from '@rashomon/kernel';
import { audienceOf, coverage, diversity, novelty } from './list-metrics.ts';
import { fitTo, type RankedUser, rankUsers } from './rank-users.ts';
import type { Split } from './split.ts';
import { type Interval, intervalOfShare, intervalOverUsers, userResamples } from './user-bootstrap.ts';
import { averagePrecision, hitRate, ndcg, precision, recall, reciprocalRank, type UserMetric } from './user-metrics.ts';

const AT = 10;

/** By the names under which they are reported: cut-offs stand in the name; `mrr` and `map` look at the whole ranking. */
const USER_METRICS: { readonly [name: string]: UserMetric } = {
  'ndcg@10': (ranked) => ndcg(ranked, AT),
  'recall@20': (ranked) => recall(ranked, 20),
  'precision@10': (ranked) => precision(ranked, AT),
  'hit@10': (ranked) => hitRate(ranked, AT),
  mrr: reciprocalRank,
  map: averagePrecision,
};

const WHOLE_METRICS: { readonly [name: string]: (counts: Int32Array) => number } = {
  'coverage@10': coverage,
  'gini@10': gini,
};

/** Means over users with 95 % intervals, by name. */
export type Accuracy = { readonly [metric: string]: Interval };

export interface Evaluation {
  /** Users with something to find. */
  readonly users: number;
  readonly metrics: Accuracy;
}

/** Fits, ranks and measures: the same bits for the same split and seed. */
export async function evaluate(recommender: Recommender, split: Split, seed: number): Promise<Evaluation> {
  const ranked = await rankUsers(await fitTo(recommender, split, seed), split, { seed });
  return { users: ranked.length, metrics: measure(ranked, split, seed) };
}

/** Every metric of the rankings. @param ranked at least one user */
export function measure(ranked: readonly RankedUser[], split: Split, seed: number): Accuracy {
  const audience = audienceOf(split);
  const lists: { readonly [name: string]: UserMetric } = {
    'novelty@10': ({ top }) => novelty(top.slice(0, AT), audience),
    'diversity@10': ({ top }) => diversity(top.slice(0, AT), audience),
  };
  const perUser = Object.entries({ ...USER_METRICS, ...lists }).map(([name, metric]) => ({ name, values: Float64Array.from(ranked, metric), resampled: [] as number[] }));
  const whole = Object.entries(WHOLE_METRICS).map(([name, of]) => ({ name, of, resampled: [] as number[] }));
  const shown = new Showings(ranked, split);
  for (const weights of userResamples(ranked.length, seed)) {
    for (const { values, resampled } of perUser) resampled.push(weightedMean(values, weights));
    const counts = shown.count(weights);
    for (const { of, resampled } of whole) resampled.push(of(counts));
  }
  const once = new Int32Array(ranked.length).fill(1);
  const all = shown.count(once);
  const intervals: { [metric: string]: Interval } = {};
  for (const { name, values, resampled } of perUser) intervals[name] = intervalOverUsers(weightedMean(values, once), resampled);
  for (const { name, of, resampled } of whole) intervals[name] = intervalOfShare(of(all), resampled);
  return intervals;
}

/** Added in the order of the users. */
function weightedMean(values: Float64Array, weights: Int32Array): number {
  let sum = 0;
  for (let user = 0; user < values.length; user++) sum += (values[user] as number) * (weights[user] as number);
  return sum / values.length;
}

/** How often each film of the catalogue stands among the first ten. */
class Showings {
  readonly #places: readonly Int32Array[];
  readonly #counts: Int32Array;

  constructor(ranked: readonly RankedUser[], { catalogue }: Split) {
    const placeOf = new Map(catalogue.films.map(({ id }, place) => [id, place]));
    this.#places = ranked.map(({ top }) => Int32Array.from(top.slice(0, AT), (film) => placeOf.get(film) as number));
    this.#counts = new Int32Array(catalogue.size);
  }

  /** @returns counts in an array that is used again */
  count(weights: Int32Array): Int32Array {
    const counts = this.#counts.fill(0);
    this.#places.forEach((places, user) => {
      const weight = weights[user] as number;
      if (weight > 0) for (const place of places) counts[place] = (counts[place] as number) + weight;
    });
    return counts;
  }
}
