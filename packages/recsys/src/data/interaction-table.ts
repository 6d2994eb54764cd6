/**
 * Anybody's interactions in one table: a row for each user and item, optionally with a rating and a time. The columns
 * are found by their names in a header, or without a header by place: user, item, rating, time. Ids may be anything.
 *
 * Whole numbers below a million stay as they are. Where any id of a kind is something else, all of that kind are
 * numbered from 1 in the order of their code units, whatever the order of the rows; the source's own ids are then the
 * names.
 */
import type { Dataset, DatasetUser, Film, RatingColumns } from '@rashomon/kernel';
import { CellReader } from './cells.ts';
import { assembleDataset, Entries, RatingsBuilder, unknownFilm, unknownUser } from './dataset-builder.ts';
import { type DatasetFormat, fileOf } from './dataset-format.ts';
import type { FaultLog } from './invalid-data.ts';
import { columnName, type Row, separatedRows } from './table.ts';
import { secondsOf, TIME_EXPECTED } from './time-cell.ts';

/** What stands where; -1 for a column that the table does not have. */
type Columns = { readonly [C in Column]: number };
type Column = keyof typeof COLUMN_NAMES;

/** Names of columns, in lower case without underscores; of several in one header the first here counts. */
const COLUMN_NAMES = {
  user: ['userid', 'user', 'uid', 'username'],
  item: ['itemid', 'item', 'iid', 'movieid', 'filmid', 'movie', 'film'],
  rating: ['rating', 'score', 'stars'],
  time: ['timestamp', 'time', 'datetime', 'date'],
} as const;
const ORDER: readonly Column[] = ['user', 'item', 'rating', 'time'];

const TABLE = /\.(csv|tsv)$/i;

/** Ratings within these are stars; a table with any other says only who watched what. */
const STARS = { min: 0.5, max: 5 } as const;
/** Ids are indices into bits elsewhere: large ones would make them long. */
const OWN_NUMBER_MAX = 999_999;

export const INTERACTIONS_ABOUT =
  'a table of interactions: interactions.csv or interactions.tsv, or the only .csv or .tsv file there is ' +
  '(user, item, and optionally rating and time)';

/** The file of a folder that is its table of interactions, if it is plain which. */
export function interactionFileAmong(names: readonly string[]): string | undefined {
  const tables = names.filter(isInteractionFile);
  const named = tables.filter((name) => /^interactions\.[ct]sv$/i.test(name));
  const [found, ...others] = named.length > 0 ? named : tables;
  return others.length === 0 ? found : undefined;
}

export function isInteractionFile(name: string): boolean {
  return TABLE.test(name);
}

/** The format of a folder, or a file, that is one table of that name. */
export function interactionTable(file: string): DatasetFormat {
  return {
    name: 'interactions',
    marks: [file],
    optional: [],
    about: INTERACTIONS_ABOUT,
    read: (files, log) => read(file, fileOf(files, file), log),
  };
}

function read(file: string, text: string, log: FaultLog): Dataset {
  const rows = separatedRows(file, text, /\.tsv$/i.test(file) ? 'tab' : 'csv', log);
  const cells = new CellReader(file, log);
  const [first] = rows;
  if (first === undefined && log.faults.length === 0) cells.fault(0, '', 'at least one row');
  const columns = first === undefined ? null : columnsOf(first, cells);
  if (first === undefined || columns === null)
    return datasetOf(file, { users: [], items: [], ratings: [], times: [] }, log);
  const body = isHeader(first) ? rows.slice(1) : rows;
  if (body.length === 0) cells.fault(0, '', 'at least one row below the header');
  return datasetOf(file, readRows(body, { columns, width: first.cells.length }, cells), log);
}

/** A row with any known name is a header. */
function isHeader({ cells }: Row): boolean {
  const known: readonly string[] = Object.values(COLUMN_NAMES).flat();
  return cells.some((cell) => known.includes(headerName(cell)));
}

/** RecBole's headers name a type as well: `user_id:token`. */
function headerName(cell: string): string {
  return columnName(cell.replace(/:\w+$/, ''));
}

function columnsOf(first: Row, cells: CellReader): Columns | null {
  const { length: width } = first.cells;
  const row = first.cells.join(',');
  if (!isHeader(first)) {
    if (width < 2 || width > ORDER.length)
      return (
        cells.fault(
          first.line,
          row,
          'user, item, and optionally rating and time, or a header that says which column is which',
        ) ?? null
      );
    return Object.fromEntries(ORDER.map((column, place) => [column, place < width ? place : -1])) as Columns;
  }
  const names = first.cells.map(headerName);
  const placeOf = (column: Column): number =>
    COLUMN_NAMES[column].map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1;
  const columns = Object.fromEntries(ORDER.map((column) => [column, placeOf(column)])) as Columns;
  const missing = (['user', 'item'] as const)
    .filter((column) => columns[column] < 0)
    .map((column) => `${column} (or ${COLUMN_NAMES[column].join(', ')})`);
  return missing.length === 0
    ? columns
    : (cells.fault(first.line, row, `a header with the columns ${missing.join(' and ')}`) ?? null);
}

/** One entry for each sound row in every list. */
interface Lists {
  readonly users: string[];
  readonly items: string[];
  readonly ratings: number[];
  readonly times: number[];
}

function readRows(
  rows: readonly Row[],
  { columns, width }: { readonly columns: Columns; readonly width: number },
  cells: CellReader,
): Lists {
  const lists: Lists = { users: [], items: [], ratings: [], times: [] };
  for (const { line, cells: row } of rows) {
    if (row.length !== width) {
      cells.fault(line, row.join(','), `${width} fields, as in the first row`);
      continue;
    }
    const cellOf = (column: Column): string => row[columns[column]] as string;
    const user = cells.text(line, cellOf('user'), 'a user');
    const item = cells.text(line, cellOf('item'), 'an item');
    const rating = columns.rating < 0 ? 1 : cells.finite(line, cellOf('rating'));
    const time = columns.time < 0 ? 0 : (secondsOf(cellOf('time')) ?? cells.fault(line, cellOf('time'), TIME_EXPECTED));
    if (user === undefined || item === undefined || rating === undefined || time === undefined) continue;
    lists.users.push(user);
    lists.items.push(item);
    lists.ratings.push(rating);
    lists.times.push(time);
  }
  return lists;
}

function datasetOf(file: string, lists: Lists, log: FaultLog): Dataset {
  const [userIds, itemIds] = [idsOf(lists.users), idsOf(lists.items)];
  const films = new Entries<Film>(file, log);
  for (const [name, id] of itemIds)
    films.add(0, { ...unknownFilm(id), title: /^\d+$/.test(name) ? `film ${name}` : name });
  const users = new Entries<DatasetUser>(file, log);
  for (const [name, id] of userIds) users.add(0, { ...unknownUser(id), name: name === String(id) ? null : name });
  const graded =
    lists.ratings.some((rating) => rating !== 1) &&
    lists.ratings.every((rating) => rating >= STARS.min && rating <= STARS.max);
  return assembleDataset({
    name: 'interactions',
    films,
    users,
    ratings: ratingsOf(lists, { userIds, itemIds, graded }),
    ties: [],
    graded,
  });
}

type Ids = ReadonlyMap<string, number>;

function ratingsOf(
  lists: Lists,
  { userIds, itemIds, graded }: { readonly userIds: Ids; readonly itemIds: Ids; readonly graded: boolean },
): RatingColumns {
  const builder = new RatingsBuilder();
  lists.users.forEach((user, entry) => {
    const rating = graded ? (lists.ratings[entry] as number) : 1;
    builder.add(
      userIds.get(user) as number,
      itemIds.get(lists.items[entry] as string) as number,
      rating,
      lists.times[entry] as number,
    );
  });
  return builder.columns();
}

/** Which number stands for which id. */
function idsOf(texts: readonly string[]): Ids {
  const names = [...new Set(texts)].sort();
  const isOwnNumber = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name) && Number(name) <= OWN_NUMBER_MAX;
  const keeps = names.every(isOwnNumber);
  return new Map(names.map((name, place) => [name, keeps ? Number(name) : place + 1]));
}
