/** How well rankings find the films that people went on to watch. */
import { ln } from '@rashomon/kernel';

export interface RankingAccuracy {
  /** Users with at least one relevant film: the means are over them. */
  readonly users: number;
  readonly ndcg: number;
  readonly recall: number;
}

/** One user's ranking beside what was held out. */
export interface RankedUser {
  /** Film ids, best first. */
  readonly ranking: readonly number[];
  readonly relevant: ReadonlySet<number>;
}

/**
 * Means over users of nDCG at one cut-off and recall at another, with binary relevance:
 *   nDCG@n = Σ_(r ≤ n, hit) 1/log2(r + 1)  /  Σ_(r ≤ min(n, relevant)) 1/log2(r + 1)      (Järvelin & Kekäläinen 2002)
 *   recall@n = hits among the first n / relevant
 */
export function rankingAccuracy(ranked: Iterable<RankedUser>, cutoff: { readonly ndcg: number; readonly recall: number }): RankingAccuracy {
  let users = 0;
  let ndcg = 0;
  let recall = 0;
  for (const { ranking, relevant } of ranked) {
    if (relevant.size === 0) continue;
    users += 1;
    let gain = 0;
    let best = 0;
    for (let rank = 0; rank < cutoff.ndcg; rank++) {
      const discount = ln(2) / ln(rank + 2);
      if (rank < relevant.size) best += discount;
      if (rank < ranking.length && relevant.has(ranking[rank] as number)) gain += discount;
    }
    ndcg += gain / best;
    recall += ranking.slice(0, cutoff.recall).filter((film) => relevant.has(film)).length / relevant.size;
  }
  return { users, ndcg: users === 0 ? 0 : ndcg / users, recall: users === 0 ? 0 : recall / users };
}
