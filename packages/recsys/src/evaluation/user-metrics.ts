/** How well one user's ranking found what the user went on to watch: the accuracy metrics, each a mean over users. */
import { ln } from '@rashomon/kernel';
import type { RankedUser } from './rank-users.ts';

export type UserMetric = (ranked: RankedUser) => number;

const hitsWithin = ({ hits }: RankedUser, cutoff: number): number => hits.filter((rank) => rank <= cutoff).length;

const discount = (rank: number): number => Math.LN2 / ln(rank + 1);

/**
 * Normalised discounted cumulative gain, binary relevance (Järvelin & Kekäläinen, TOIS 2002):
 *   nDCG@n = Σ_(hits at r ≤ n) 1/log2(r + 1)  /  Σ_(r ≤ min(n, relevant)) 1/log2(r + 1)
 */
export function ndcg(ranked: RankedUser, cutoff: number): number {
  let gain = 0;
  for (const rank of ranked.hits) if (rank <= cutoff) gain += discount(rank);
  let best = 0;
  for (let rank = 1; rank <= Math.min(cutoff, ranked.relevant); rank++) best += discount(rank);
  return gain / best;
}

/** Share of the films to find among the first n. */
export function recall(ranked: RankedUser, cutoff: number): number {
  return hitsWithin(ranked, cutoff) / ranked.relevant;
}

/** Share of the first n ranks that are hits, n counting in full where fewer films were ranked. */
export function precision(ranked: RankedUser, cutoff: number): number {
  return hitsWithin(ranked, cutoff) / cutoff;
}

/** Whether any of the first n is a hit: 1 or 0 (the HR@n of He et al., Neural collaborative filtering, WWW 2017). */
export function hitRate(ranked: RankedUser, cutoff: number): number {
  return hitsWithin(ranked, cutoff) > 0 ? 1 : 0;
}

/** 1 / rank of the first hit in the whole ranking, 0 without one (mean reciprocal rank: Voorhees, TREC-8, 1999). */
export function reciprocalRank({ hits }: RankedUser): number {
  const [first] = hits;
  return first === undefined ? 0 : 1 / first;
}

/**
 * Average precision over the whole ranking (Manning, Raghavan & Schütze 2008, Introduction to information retrieval,
 * section 8.4):
 *   AP = 1/relevant Σ_(hits at r) hits up to r / r
 */
export function averagePrecision({ hits, relevant }: RankedUser): number {
  let sum = 0;
  hits.forEach((rank, before) => (sum += (before + 1) / rank));
  return sum / relevant;
}
