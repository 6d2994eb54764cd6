/** The metrics by the names under which they are reported: cut-offs stand in the name. */
import { averagePrecision, hitRate, ndcg, precision, recall, reciprocalRank, type UserMetric } from './user-metrics.ts';

/** Always measured; others may be asked for beside them. */
const CUTOFFS: readonly number[] = [10, 20];

/** The metrics of what the lists are made of look at so many films: a page. */
export const PAGE = 10;

/** A mean over users each, by what stands before the cut-off. */
const WITH_CUTOFF = { ndcg, recall, precision, hit: hitRate } as const;

/** `mrr` and `map` look at the whole ranking. */
const WITHOUT_CUTOFF = { mrr: reciprocalRank, map: averagePrecision } as const;

const OF_LISTS = [`novelty@${PAGE}`, `diversity@${PAGE}`, `coverage@${PAGE}`, `gini@${PAGE}`] as const;

/** Accuracy metrics at 10, 20 and these. @param at cut-offs from 1 */
export function userMetrics(at: readonly number[] = []): { readonly [name: string]: UserMetric } {
  const cutoffs = [...new Set([...CUTOFFS, ...at])].sort((a, b) => a - b);
  const cut = Object.entries(WITH_CUTOFF).flatMap(([name, metric]) =>
    cutoffs.map((cutoff): readonly [string, UserMetric] => [`${name}@${cutoff}`, (ranked) => metric(ranked, cutoff)]),
  );
  return { ...Object.fromEntries(cut), ...WITHOUT_CUTOFF };
}

/** All that `measure` reports, in its order. */
export function metricNames(at: readonly number[] = []): readonly string[] {
  return [...Object.keys(userMetrics(at)), ...OF_LISTS];
}
