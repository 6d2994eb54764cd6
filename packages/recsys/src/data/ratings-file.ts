/** A file of (user, film[, rating[, time]]) rows into rating columns. */
import type { RatingColumns } from '@rashomon/kernel';
import { CellReader } from './cells.ts';
import { RatingsBuilder } from './dataset-builder.ts';
import type { FaultLog } from './invalid-data.ts';
import type { Table } from './table.ts';

export interface RatingsShape {
  /** Which cells hold what; -1 where the file has no such column. */
  readonly user: number;
  readonly film: number;
  readonly rating: number;
  readonly time: number;
  /** Lowest grade of the source; the highest is 5. */
  readonly min: number;
  /** Ids that may occur; null where any may. */
  readonly users: ReadonlyMap<number, unknown> | null;
  readonly films: ReadonlyMap<number, unknown>;
}

const RATING_MAX = 5;
/** In the year 2106; more seconds than that are milliseconds. */
export const TIME_MAX = 0xffffffff;

/** Rows without a rating column count as watched: rating 1. Faults are logged, their rows left out. */
export function readRatings(table: Table, shape: RatingsShape, log: FaultLog): RatingColumns {
  const cells = new CellReader(table.file, log);
  const builder = new RatingsBuilder();
  for (const { line, cells: row } of table.rows) {
    const user = cells.integer(line, row[shape.user] as string);
    const film = cells.integer(line, row[shape.film] as string);
    const rating = shape.rating < 0 ? 1 : cells.number(line, row[shape.rating] as string, shape.min, RATING_MAX);
    const time = shape.time < 0 ? 0 : cells.integer(line, row[shape.time] as string, TIME_MAX);
    if (user === undefined || film === undefined || rating === undefined || time === undefined) continue;
    if (shape.users !== null && !shape.users.has(user)) cells.fault(line, String(user), 'the id of a known user');
    else if (!shape.films.has(film)) cells.fault(line, String(film), 'the id of a known film');
    else builder.add(user, film, rating, time);
  }
  return builder.columns();
}
