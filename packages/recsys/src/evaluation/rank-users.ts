/** Fits a recommender to the train part of a split and ranks films for the users of its test part. */
import {
  type Audience,
  type Bits,
  type FilmCatalogue,
  type Interactions,
  LuckOf,
  type Model,
  NOBODY,
  type Recommender,
  setBit,
} from '@rashomon/kernel';
import { EVALUATION_KEYS } from './evaluation-keys.ts';
import type { Split, Watches } from './split.ts';

/** What a user was shown and what of it was right. */
export interface RankedUser {
  readonly user: number;
  /** The first films of the ranking, best first; at most TOP. */
  readonly top: readonly number[];
  /** Ranks of the films to find, from 1, ascending; a film that is not ranked has none. */
  readonly hits: readonly number[];
  /** How many films there were to find; at least 1. */
  readonly relevant: number;
}

/** More than the metrics of lists look at; those of accuracy need nothing but the ranks of the hits. */
const TOP = 20;

/** Watches as a recommender reads them: unrated, in round 0. */
export function asInteractions({ users, films }: Watches): Interactions {
  const nothing = Array.from(users, () => 0);
  return { agents: Array.from(users), films: Array.from(films), ratings: nothing, rounds: nothing, positions: nothing };
}

/** Nothing is known of real users but what they watched. */
export const NOBODY_KNOWN: Audience = new Map();

/** A trained model that was asked once, so that what it makes for its first answer is made. */
export async function fitTo(recommender: Recommender, { catalogue, train }: Split, seed: number): Promise<Model> {
  const interactions = asInteractions(train);
  const model = await recommender.train({
    round: 0,
    catalogue,
    interactions,
    count: train.users.length,
    audience: NOBODY_KNOWN,
    previous: null,
    luck: new LuckOf(seed, NOBODY, 0, EVALUATION_KEYS),
  });
  const [agent] = interactions.agents;
  if (agent !== undefined)
    await model.recommend({ agent, count: 1, excluded: [], luck: new LuckOf(seed, agent, 0, EVALUATION_KEYS) });
  return model;
}

/** After so many users whoever waits may do something else. */
const USERS_PER_PAUSE = 64;

/**
 * Ranks, for each user of the test part in order of first appearance, all candidates, ties by id. All watches count as
 * relevant.
 * @param pause is waited for now and then; it may throw to end the work
 */
export async function rankUsers(
  model: Model,
  { catalogue, train, masked, test, candidates }: Split,
  { seed, pause }: { readonly seed: number; readonly pause?: () => Promise<void> },
): Promise<readonly RankedUser[]> {
  const unranked = bitsByUser(train, ...(masked === undefined ? [] : [masked]));
  const ranked: RankedUser[] = [];
  for (const [user, relevant] of filmsToFind(test)) {
    if (ranked.length % USERS_PER_PAUSE === 0) await pause?.();
    const listed = candidates?.get(user);
    const excluded = listed === undefined ? (unranked.get(user) ?? []) : allBut(listed, catalogue);
    const { films } = await model.recommend({
      agent: user,
      count: listed?.length ?? catalogue.size,
      excluded,
      luck: new LuckOf(seed, user, 0, EVALUATION_KEYS),
    });
    ranked.push({ user, top: films.slice(0, TOP), hits: ranksOf(relevant, films, listed), relevant: relevant.size });
  }
  return ranked;
}

/** The films of each user. */
function bitsByUser(...parts: readonly Watches[]): ReadonlyMap<number, Bits> {
  const byUser = new Map<number, number[]>();
  for (const { users, films } of parts) {
    for (let entry = 0; entry < users.length; entry++) {
      const user = users[entry] as number;
      let bits = byUser.get(user);
      if (bits === undefined) byUser.set(user, (bits = []));
      setBit(bits, films[entry] as number);
    }
  }
  return byUser;
}

/**
 * Ascending. A film that is listed twice takes two ranks and is found at the second, so that every list is as long as
 * it was given.
 */
function ranksOf(
  relevant: ReadonlySet<number>,
  ranking: readonly number[],
  listed: readonly number[] | undefined,
): number[] {
  const more = new Map<number, number>();
  const once = new Set<number>();
  for (const film of listed ?? []) {
    if (once.has(film)) more.set(film, (more.get(film) ?? 0) + 1);
    once.add(film);
  }
  const ranks: number[] = [];
  let rank = 0;
  for (const film of ranking) {
    rank += 1 + (more.get(film) ?? 0);
    if (relevant.has(film)) ranks.push(rank);
  }
  return ranks;
}

function filmsToFind({ users, films }: Watches): ReadonlyMap<number, ReadonlySet<number>> {
  const relevant = new Map<number, Set<number>>();
  for (let entry = 0; entry < users.length; entry++) {
    const user = users[entry] as number;
    let found = relevant.get(user);
    if (found === undefined) relevant.set(user, (found = new Set()));
    found.add(films[entry] as number);
  }
  return relevant;
}

/** All films of the catalogue except those listed. */
function allBut(listed: readonly number[], { films }: FilmCatalogue): Bits {
  const idMax = films.at(-1)?.id ?? 0;
  const bits = Array.from({ length: (idMax >>> 5) + 1 }, () => -1);
  for (const film of listed) bits[film >>> 5] = (bits[film >>> 5] as number) & ~(1 << (film & 31));
  return bits;
}
