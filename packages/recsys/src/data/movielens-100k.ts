/** MovieLens 100K (grouplens.org/datasets/movielens/100k): u.item, u.user, u.data. */
import type { Dataset, DatasetUser, Film } from '@rashomon/kernel';
import { CellReader } from './cells.ts';
import { assembleDataset, Entries, unknownUser } from './dataset-builder.ts';
import { type DataFiles, type DatasetFormat, fileOf } from './dataset-format.ts';
import { parseTitle } from './film-title.ts';
import type { FaultLog } from './invalid-data.ts';
import { readRatings } from './ratings-file.ts';
import { separatedTable } from './table.ts';

/** The order of the 19 flags that end a row of u.item; the first, "unknown", is no genre. */
const GENRES: readonly string[] = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
];
const FIRST_FLAG = 5;
const AGE_MAX = 150;

/** id | title (year) | release date | video release | URL | 19 flags; ISO-8859-1. @param text of u.item */
export function readItems(text: string, log: FaultLog): Entries<Film> {
  const table = separatedTable('u.item', text, { separator: '|', width: FIRST_FLAG + GENRES.length }, log);
  const cells = new CellReader(table.file, log);
  const films = new Entries<Film>(table.file, log);
  for (const { line, cells: row } of table.rows) {
    const id = cells.integer(line, row[0] as string);
    const name = cells.text(line, row[1] as string, 'a title');
    const flags = row.slice(FIRST_FLAG);
    const odd = flags.find((flag) => flag !== '0' && flag !== '1');
    if (odd !== undefined) cells.fault(line, odd, 'a genre flag, 0 or 1');
    if (id === undefined || name === undefined) continue;
    const { title, year } = parseTitle(name);
    const released = /-(\d{4})$/.exec(row[2] as string)?.[1];
    const genres = GENRES.filter((_, index) => index > 0 && flags[index] === '1');
    films.add(line, {
      id,
      title,
      year: year || Number(released ?? 0),
      genres,
      people: [],
      description: '',
      quality: 0,
    });
  }
  return films;
}

/** id | age | gender | occupation | postcode. */
function readUsers(files: DataFiles, log: FaultLog): Entries<DatasetUser> {
  const table = separatedTable('u.user', fileOf(files, 'u.user'), { separator: '|', width: 5 }, log);
  const cells = new CellReader(table.file, log);
  const users = new Entries<DatasetUser>(table.file, log);
  for (const { line, cells: row } of table.rows) {
    const id = cells.integer(line, row[0] as string);
    const age = cells.integer(line, row[1] as string, AGE_MAX);
    const gender = GENDERS.get(row[2] as string) ?? cells.fault(line, row[2] as string, 'M or F');
    if (id === undefined || age === undefined || gender === undefined) continue;
    users.add(line, { ...unknownUser(id), age, gender, status: row[3] as string });
  }
  return users;
}

/** MovieLens's letters in RecAgent's words. */
export const GENDERS: ReadonlyMap<string, string> = new Map([
  ['M', 'male'],
  ['F', 'female'],
]);

function read(files: DataFiles, log: FaultLog): Dataset {
  const films = readItems(fileOf(files, 'u.item'), log);
  const users = readUsers(files, log);
  const table = separatedTable('u.data', fileOf(files, 'u.data'), { separator: '\t', width: 4 }, log);
  const columns = { user: 0, film: 1, rating: 2, time: 3, min: 1, users: users.byId, films: films.byId };
  const ratings = readRatings(table, columns, log);
  return assembleDataset({ name: 'ml-100k', films, users, ratings, ties: [], graded: true });
}

export const movielens100k: DatasetFormat = {
  name: 'ml-100k',
  marks: ['u.item', 'u.user', 'u.data'],
  optional: [],
  about: 'MovieLens 100K: u.item, u.user and u.data',
  read,
};
