/** Offline evaluation of a recommender: train on some watches, rank all others, look for the held-out ones. */
import type { Recommender } from '@rashomon/kernel';
import { type Accuracy, measure, type RankedFold } from './measure.ts';
import { fitTo, rankUsers } from './rank-users.ts';
import type { Split } from './split.ts';

export interface Evaluation {
  /** Users with something to find. */
  readonly users: number;
  readonly metrics: Accuracy;
}

/** Fits, ranks and measures: the same bits for the same split, or the same folds, and the same seed. */
export async function evaluate(
  recommender: Recommender,
  data: Split | readonly Split[],
  seed: number,
): Promise<Evaluation> {
  const folds: RankedFold[] = [];
  for (const split of 'train' in data ? [data] : data)
    folds.push({ split, ranked: await rankUsers(await fitTo(recommender, split, seed), split, { seed }) });
  return { users: usersIn(folds), metrics: measure(folds, { seed }) };
}

/** How many different users were ranked. */
export function usersIn(folds: readonly RankedFold[]): number {
  return new Set(folds.flatMap(({ ranked }) => ranked.map(({ user }) => user))).size;
}
