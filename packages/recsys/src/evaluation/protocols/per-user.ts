/**
 * Splits made here of any data set with ratings: a share of each user's films is to be found, drawn by luck (`random`)
 * or the last ones by time (`time`). All ratings count as watches; a film rated twice counts once, at its first row. n
 * films give round(share · n) to find, but never all: a user of one film only teaches. Of what is left, round(valid ·
 * n) films are masked, those drawn next or those just before the ones to find; again one at least stays to learn from.
 */
import { type Dataset, LuckOf } from '@rashomon/kernel';
import type { FaultLog } from '../../data/invalid-data.ts';
import { EVALUATION_KEYS } from '../evaluation-keys.ts';
import type { Split, Watches } from '../split.ts';
import type { Protocol, SplitOptions } from './protocol.ts';

/** Numbers by which the entries of the ratings are put in order: of each user, the last ones are to be found. */
type Keys = ArrayLike<number>;

export const randomShare: Protocol = {
  name: 'random',
  about: 'a share of the films of each user, drawn by luck, from any data set with ratings',
  fits: () => true,
  folds(folder, options) {
    const dataset = folder.dataset();
    return [splitBy(dataset, luckOf(dataset, options.seed), options)];
  },
};

export const lastByTime: Protocol = {
  name: 'time',
  about:
    'the last share of the films of each user, from any data set with ratings and times; ties in the order of the rows',
  fits: () => false,
  folds(folder, options, log) {
    const dataset = folder.dataset();
    checkTimes(dataset, folder.where, log);
    return [splitBy(dataset, dataset.ratings.times, options)];
  },
};

function checkTimes({ ratings }: Dataset, file: string, log: FaultLog): void {
  if (ratings.times.some((time) => time > 0)) return;
  log.add({
    file,
    line: 0,
    value: 'ratings without times',
    expected: 'the time of each rating, which protocol time needs',
  });
}

/** Keyed by user and film: the order of the rows does not matter. */
function luckOf({ ratings: { users, films } }: Dataset, seed: number): Keys {
  return Float64Array.from(users, (user, entry) =>
    new LuckOf(seed, user, 0, EVALUATION_KEYS).for('training').uniform(films[entry] as number),
  );
}

function splitBy({ catalogue, ratings }: Dataset, keys: Keys, { share, valid = 0 }: SplitOptions): Split {
  const first = firstEntries(ratings);
  const partOf = new Int8Array(first.length);
  for (const entries of entriesByUser(ratings.users, first)) {
    const { length } = entries;
    const held = Math.min(length - 1, rounded(length * share));
    const masked = Math.min(length - 1 - held, rounded(length * valid));
    entries.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
    entries.forEach(
      (entry, place) =>
        (partOf[entry] = place >= length - held ? TEST : place >= length - held - masked ? MASKED : TRAIN),
    );
  }
  // A repeated row goes with the first of its pair.
  const rowsOf = (part: number): Watches => {
    const isIn = (_: number, entry: number): boolean => partOf[first[entry] as number] === part;
    return { users: ratings.users.filter(isIn), films: ratings.films.filter(isIn), times: ratings.times.filter(isIn) };
  };
  return { catalogue, train: rowsOf(TRAIN), ...(valid > 0 && { masked: rowsOf(MASKED) }), test: rowsOf(TEST) };
}

const TRAIN = 0;
const MASKED = 1;
const TEST = 2;

const rounded = (value: number): number => Math.floor(value + 0.5);

/** Per entry the first one with the same user and film. */
function firstEntries({ users, films }: Watches): Int32Array {
  const byUser = new Map<number, Map<number, number>>();
  return Int32Array.from(users, (user, entry) => {
    const film = films[entry] as number;
    let known = byUser.get(user);
    if (known === undefined) byUser.set(user, (known = new Map()));
    const before = known.get(film);
    if (before === undefined) known.set(film, entry);
    return before ?? entry;
  });
}

/** The first entry of each pair, by user. */
function entriesByUser(users: ArrayLike<number>, first: Int32Array): Iterable<number[]> {
  const byUser = new Map<number, number[]>();
  for (let entry = 0; entry < first.length; entry++) {
    if (first[entry] !== entry) continue;
    const user = users[entry] as number;
    const entries = byUser.get(user);
    if (entries === undefined) byUser.set(user, [entry]);
    else entries.push(entry);
  }
  return byUser.values();
}
