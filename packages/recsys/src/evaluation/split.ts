/** Real watches in parts: those to learn from, and those to find again. */
import type { FilmCatalogue } from '@rashomon/kernel';
import { type DataFault, InvalidData } from '../data/invalid-data.ts';

/** (user, film) pairs: entry n of all lists belong together. */
export interface Watches {
  readonly users: ArrayLike<number>;
  readonly films: ArrayLike<number>;
  /** Seconds since 1970, 0 where unknown; absent where the source has no times. */
  readonly times?: ArrayLike<number>;
}

export interface Split {
  readonly catalogue: FilmCatalogue;
  /** In order of time as far as times are known. */
  readonly train: Watches;
  /** Neither learnt from nor to be found, and never ranked: what a validation part leaves of the watches. */
  readonly masked?: Watches;
  readonly test: Watches;
  /**
   * Per user of the test part the films to rank, where the protocol names them; else all films that are neither in the
   * user's train part nor masked.
   */
  readonly candidates?: ReadonlyMap<number, readonly number[]>;
}

export interface SoundSplit {
  readonly split: Split;
  /** How many rows were left out because their pair of user and film had come before. */
  readonly repeated: number;
}

/**
 * Each pair once, at its first row, and none in two parts: a film of the train part is never ranked, so it could not be
 * found. The train part in order of time, rows of one time as they came, so that who reads it as a sequence reads what
 * happened.
 * @param where the folder, for the message
 * @throws InvalidData when there is nothing to learn from, or nothing left to find
 */
export function soundSplit(split: Split, where: string): SoundSplit {
  const seen = new Map<number, Set<number>>();
  const train = unseen(split.train, seen);
  const masked = split.masked && unseen(split.masked, seen);
  const test = unseen(split.test, seen);
  const faults: DataFault[] = [];
  const complain = (value: string, expected: string): void =>
    void faults.push({ file: where, line: 0, value, expected });
  if (train.users.length === 0) complain('an empty train part', 'at least one watch to learn from');
  else if (test.users.length === 0)
    complain('an empty test part', 'at least one film to find that is not in the train part of its user');
  if (faults.length > 0) throw new InvalidData(where, faults);
  const rows = (part: Watches | undefined): number => part?.users.length ?? 0;
  const repeated = rows(split.train) + rows(split.masked) + rows(split.test) - rows(train) - rows(masked) - rows(test);
  return {
    split: {
      ...split,
      train: inOrderOfTime(train),
      ...(masked && { masked: withoutTimes(masked) }),
      test: withoutTimes(test),
    },
    repeated,
  };
}

interface Pairs {
  readonly users: number[];
  readonly films: number[];
  readonly times: number[];
}

/** The pairs not met before, in their order. */
function unseen({ users, films, times }: Watches, seen: Map<number, Set<number>>): Pairs {
  const kept: Pairs = { users: [], films: [], times: [] };
  for (let entry = 0; entry < users.length; entry++) {
    const user = users[entry] as number;
    const film = films[entry] as number;
    let known = seen.get(user);
    if (known === undefined) seen.set(user, (known = new Set()));
    if (known.has(film)) continue;
    known.add(film);
    kept.users.push(user);
    kept.films.push(film);
    kept.times.push(times?.[entry] ?? 0);
  }
  return kept;
}

function withoutTimes({ users, films }: Pairs): Watches {
  return { users, films };
}

function inOrderOfTime({ users, films, times }: Pairs): Watches {
  if (times.every((time) => time === 0)) return { users, films };
  const order = Int32Array.from(times.keys()).sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  return {
    users: Array.from(order, (entry) => users[entry] as number),
    films: Array.from(order, (entry) => films[entry] as number),
  };
}
