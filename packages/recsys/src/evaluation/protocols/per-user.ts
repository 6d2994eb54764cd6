/**
 * Splits made here of any data set with ratings: a share of each user's films is to be found, drawn by luck (`random`) or the last
 * ones by time (`time`). All ratings count as watches; a film rated twice counts once, at its first row. n films give
 * round(share · n) to find, but never all: a user of one film only teaches.
 */
import { type Dataset, LuckOf } from '@rashomon/kernel';
import type { FaultLog } from '../../data/invalid-data.ts';
import type { Split, Watches } from '../split.ts';
import type { Protocol, SplitOptions } from './protocol.ts';

/** Numbers by which the entries of the ratings are put in order: of each user, the last ones are to be found. */
type Keys = ArrayLike<number>;

export const randomShare: Protocol = {
  name: 'random',
  about: 'a share of the films of each user, drawn by luck, from any data set with ratings',
  fits: () => true,
  split(folder, options) {
    const dataset = folder.dataset();
    return splitBy(dataset, luckOf(dataset, options.seed), options);
  },
};

export const lastByTime: Protocol = {
  name: 'time',
  about: 'the last share of the films of each user, from any data set with ratings and times; ties in the order of the rows',
  fits: () => false,
  split(folder, options, log) {
    const dataset = folder.dataset();
    checkTimes(dataset, folder.where, log);
    return splitBy(dataset, dataset.ratings.times, options);
  },
};

function checkTimes({ ratings }: Dataset, file: string, log: FaultLog): void {
  if (ratings.times.some((time) => time > 0)) return;
  log.add({ file, line: 0, value: 'ratings without times', expected: 'the time of each rating, which protocol time needs' });
}

/** Keyed by user and film: the order of the rows does not matter. */
function luckOf({ ratings: { users, films } }: Dataset, seed: number): Keys {
  return Float64Array.from(users, (user, entry) => new LuckOf(seed, user, 0).uniform('training', films[entry] as number));
}

function splitBy({ catalogue, ratings }: Dataset, keys: Keys, { share }: SplitOptions): Split {
  const { users, films } = ratings;
  // Repeated rows stay of no part.
  const partOf = new Int8Array(users.length).fill(NO_PART);
  for (const entries of entriesByUser(ratings)) {
    const held = Math.min(entries.length - 1, Math.floor(entries.length * share + 0.5));
    entries.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
    entries.forEach((entry, place) => (partOf[entry] = place < entries.length - held ? TRAIN : TEST));
  }
  const rowsOf = (part: number): Watches => ({ users: users.filter((_, entry) => partOf[entry] === part), films: films.filter((_, entry) => partOf[entry] === part) });
  return { catalogue, train: rowsOf(TRAIN), test: rowsOf(TEST) };
}

const NO_PART = -1;
const TRAIN = 0;
const TEST = 1;

/** The first entry of each pair, by user. */
function entriesByUser({ users, films }: Watches): Iterable<number[]> {
  const byUser = new Map<number, Map<number, number>>();
  for (let entry = 0; entry < users.length; entry++) {
    const user = users[entry] as number;
    let entries = byUser.get(user);
    if (entries === undefined) byUser.set(user, (entries = new Map()));
    if (!entries.has(films[entry] as number)) entries.set(films[entry] as number, entry);
  }
  return Array.from(byUser.values(), (entries) => [...entries.values()]);
}
