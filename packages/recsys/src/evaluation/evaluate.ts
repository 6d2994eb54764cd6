/** Offline evaluation of a recommender: train on some watches, rank all others, look for the held-out ones. */
import { type Interactions, LuckOf, type Model, NOBODY, type FilmCatalogue, type Recommender, setBit } from '@rashomon/kernel';
import { type RankedUser, type RankingAccuracy, rankingAccuracy } from './ranking-accuracy.ts';

/** (user, film) pairs: entry n of both lists belong together. */
export interface Watches {
  readonly users: ArrayLike<number>;
  readonly films: ArrayLike<number>;
}

export interface Split {
  readonly catalogue: FilmCatalogue;
  readonly train: Watches;
  readonly test: Watches;
}

export interface EvaluationOptions {
  readonly seed: number;
  /** Cut-offs; 10 and 20 by default. */
  readonly ndcgAt?: number;
  readonly recallAt?: number;
}

/** Watches as a recommender reads them: unrated, in round 0. */
export function asInteractions({ users, films }: Watches): Interactions {
  const nothing = Array.from(users, () => 0);
  return { agents: Array.from(users), films: Array.from(films), ratings: nothing, rounds: nothing, positions: nothing };
}

/**
 * Trains on the train part, ranks for each user of the test part all films that are not in the user's
 * train part, ties by id, and compares with the test part. All watches count as relevant.
 */
export async function evaluate(recommender: Recommender, split: Split, options: EvaluationOptions): Promise<RankingAccuracy> {
  const { seed, ndcgAt = 10, recallAt = 20 } = options;
  const { catalogue, train, test } = split;
  const luck = new LuckOf(seed, NOBODY, 0);
  const interactions = asInteractions(train);
  const model = await recommender.train({ round: 0, catalogue, interactions, count: train.users.length, previous: null, luck });
  const ranked = await rankUsers(model, { train, test }, { seed, count: Math.max(ndcgAt, recallAt) });
  return rankingAccuracy(ranked, { ndcg: ndcgAt, recall: recallAt });
}

async function rankUsers(
  model: Model,
  { train, test }: Pick<Split, 'train' | 'test'>,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<readonly RankedUser[]> {
  const watched = new Map<number, number[]>();
  for (let entry = 0; entry < train.users.length; entry++) setBit(entryOf(watched, train.users[entry] as number), train.films[entry] as number);
  const relevant = new Map<number, Set<number>>();
  for (let entry = 0; entry < test.users.length; entry++) {
    const user = test.users[entry] as number;
    relevant.set(user, (relevant.get(user) ?? new Set()).add(test.films[entry] as number));
  }
  const ranked: RankedUser[] = [];
  for (const [agent, films] of relevant) {
    const { films: ranking } = await model.recommend({ agent, count, excluded: watched.get(agent) ?? [], luck: new LuckOf(seed, agent, 0) });
    ranked.push({ ranking, relevant: films });
  }
  return ranked;
}

function entryOf(bits: Map<number, number[]>, user: number): number[] {
  let entry = bits.get(user);
  if (entry === undefined) bits.set(user, (entry = []));
  return entry;
}
