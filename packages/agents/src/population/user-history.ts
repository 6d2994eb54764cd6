/** The ratings of a data set, sorted out by user: what each had watched before the run, in order of time. */
import { type Dataset, type Fault, milli } from '@rashomon/kernel';

export interface History {
  readonly films: readonly number[];
  /** 0.5 to 5; 0 where the source says only that the film was watched. */
  readonly ratings: readonly number[];
}

export const NO_PAST: History = { films: [], ratings: [] };

/**
 * A film rated more than once counts once, with the last rating. Order is by time, then as in the source.
 * A source whose ratings are all 1 says only who watched what.
 * @param faults collects ratings of unknown users or films, and ratings out of range
 */
export function historiesOf({ catalogue, ratings, users }: Dataset, faults: Fault[]): ReadonlyMap<number, History> {
  const known = new Set(users.map((user) => user.id));
  const unary = ratings.ratings.every((rating) => rating === 1);
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < ratings.users.length; row++) {
    const user = ratings.users[row] as number;
    const film = ratings.films[row] as number;
    const rating = ratings.ratings[row] as number;
    if (!known.has(user)) faults.push({ path: `ratings[${row}].user`, value: user, expected: 'the id of a user' });
    if (catalogue.film(film) === undefined)
      faults.push({ path: `ratings[${row}].film`, value: film, expected: 'the id of a film' });
    if (!(rating >= 0.5 && rating <= 5))
      faults.push({ path: `ratings[${row}].rating`, value: rating, expected: '0.5 to 5' });
    const rows = rowsOf.get(user);
    if (rows === undefined) rowsOf.set(user, [row]);
    else rows.push(row);
  }
  return new Map([...rowsOf].map(([user, rows]) => [user, historyOf(rows, ratings, unary)]));
}

function historyOf(rows: readonly number[], ratings: Dataset['ratings'], unary: boolean): History {
  const ordered = [...rows].sort((a, b) => (ratings.times[a] as number) - (ratings.times[b] as number) || a - b);
  // Setting an entry anew keeps its place: it is deleted first, so that the last viewing counts.
  const byFilm = new Map<number, number>();
  for (const row of ordered) {
    const film = ratings.films[row] as number;
    byFilm.delete(film);
    byFilm.set(film, unary ? 0 : milli(ratings.ratings[row] as number));
  }
  return { films: [...byFilm.keys()], ratings: [...byFilm.values()] };
}
