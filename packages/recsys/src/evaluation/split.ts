/** Real watches in two parts: those to learn from, and those to find again. */
import type { FilmCatalogue } from '@rashomon/kernel';
import { type DataFault, InvalidData } from '../data/invalid-data.ts';

/** (user, film) pairs: entry n of both lists belong together. */
export interface Watches {
  readonly users: ArrayLike<number>;
  readonly films: ArrayLike<number>;
}

export interface Split {
  readonly catalogue: FilmCatalogue;
  readonly train: Watches;
  readonly test: Watches;
  /** Per user of the test part the films to rank, where the protocol names them; else all films not in the user's train part. */
  readonly candidates?: ReadonlyMap<number, readonly number[]>;
}

/**
 * Each pair once, and none in both parts: a film of the train part is never ranked, so it could not be found.
 * @param where the folder, for the message
 * @throws InvalidData when there is nothing to learn from, or nothing left to find
 */
export function soundSplit(split: Split, where: string): Split {
  const seen = new Map<number, Set<number>>();
  const train = unseen(split.train, seen);
  const test = unseen(split.test, seen);
  const faults: DataFault[] = [];
  const complain = (value: string, expected: string): void => void faults.push({ file: where, line: 0, value, expected });
  if (train.users.length === 0) complain('an empty train part', 'at least one watch to learn from');
  else if (test.users.length === 0) complain('an empty test part', 'at least one film to find that is not in the train part of its user');
  if (faults.length > 0) throw new InvalidData(where, faults);
  return { ...split, train, test };
}

/** The pairs not met before, in their order. */
function unseen({ users, films }: Watches, seen: Map<number, Set<number>>): { readonly users: number[]; readonly films: number[] } {
  const kept: { users: number[]; films: number[] } = { users: [], films: [] };
  for (let entry = 0; entry < users.length; entry++) {
    const user = users[entry] as number;
    const film = films[entry] as number;
    let known = seen.get(user);
    if (known === undefined) seen.set(user, (known = new Set()));
    if (known.has(film)) continue;
    known.add(film);
    kept.users.push(user);
    kept.films.push(film);
  }
  return kept;
}
