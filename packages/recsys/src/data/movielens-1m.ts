/**
 * MovieLens 1M (grouplens.org/datasets/movielens/1m): movies.dat, users.dat, ratings.dat. Where ratings.dat
 * is missing, interactions.tsv (user, film) stands in for it: watched, rating 1, time unknown.
 */
import { type Dataset, type DatasetUser, type Film, type RatingColumns } from '@rashomon/kernel';
import { CellReader, splitGenres } from './cells.ts';
import { assembleDataset, Entries, RatingsBuilder, unknownUser } from './dataset-builder.ts';
import { type DataFiles, type DatasetFormat, fileOf } from './dataset-format.ts';
import { parseTitle } from './film-title.ts';
import type { FaultLog } from './invalid-data.ts';
import { GENDERS } from './movielens-100k.ts';
import { readRatings } from './ratings-file.ts';
import { separatedTable } from './table.ts';

/** Occupations by number, as the source's README lists them. */
const OCCUPATIONS: readonly string[] = [
  'other',
  'academic/educator',
  'artist',
  'clerical/admin',
  'college/grad student',
  'customer service',
  'doctor/health care',
  'executive/managerial',
  'farmer',
  'homemaker',
  'K-12 student',
  'lawyer',
  'programmer',
  'retired',
  'sales/marketing',
  'scientist',
  'self-employed',
  'technician/engineer',
  'tradesman/craftsman',
  'unemployed',
  'writer',
];

/** Ages are the lower ends of brackets; 1 stands for under 18, of which no age follows. */
const UNDER_18 = 1;
const AGES: readonly number[] = [UNDER_18, 18, 25, 35, 45, 50, 56];

function readFilms(files: DataFiles, log: FaultLog): Entries<Film> {
  const table = separatedTable('movies.dat', fileOf(files, 'movies.dat'), { separator: '::', width: 3 }, log);
  const cells = new CellReader(table.file, log);
  const films = new Entries<Film>(table.file, log);
  for (const { line, cells: row } of table.rows) {
    const id = cells.integer(line, row[0] as string);
    const name = cells.text(line, row[1] as string, 'a title');
    if (id === undefined || name === undefined) continue;
    films.add(line, {
      id,
      ...parseTitle(name),
      genres: splitGenres(row[2] as string),
      people: [],
      description: '',
      quality: 0,
    });
  }
  return films;
}

/** id :: gender :: age bracket :: occupation :: postcode */
function readUsers(files: DataFiles, log: FaultLog): Entries<DatasetUser> {
  const table = separatedTable('users.dat', fileOf(files, 'users.dat'), { separator: '::', width: 5 }, log);
  const cells = new CellReader(table.file, log);
  const users = new Entries<DatasetUser>(table.file, log);
  for (const { line, cells: row } of table.rows) {
    const id = cells.integer(line, row[0] as string);
    const gender = GENDERS.get(row[1] as string) ?? cells.fault(line, row[1] as string, 'M or F');
    const age =
      AGES.find((bracket) => String(bracket) === row[2]) ??
      cells.fault(line, row[2] as string, `one of ${AGES.join(', ')}`);
    const occupation = cells.integer(line, row[3] as string, OCCUPATIONS.length - 1);
    if (id === undefined || gender === undefined || age === undefined || occupation === undefined) continue;
    users.add(line, {
      ...unknownUser(id),
      gender,
      age: age === UNDER_18 ? null : age,
      status: OCCUPATIONS[occupation] as string,
    });
  }
  return users;
}

type Known = { readonly users: Entries<DatasetUser>; readonly films: Entries<Film> };

function readRated(files: DataFiles, known: Known, log: FaultLog): RatingColumns {
  const shape = { user: 0, film: 1, rating: 2, time: 3, min: 1, users: known.users.byId, films: known.films.byId };
  const rated = files.get('ratings.dat');
  if (rated !== undefined)
    return readRatings(separatedTable('ratings.dat', rated, { separator: '::', width: 4 }, log), shape, log);
  const watched = files.get('interactions.tsv');
  if (watched !== undefined) {
    return readRatings(
      separatedTable('interactions.tsv', watched, { separator: '\t', width: 2 }, log),
      { ...shape, rating: -1, time: -1 },
      log,
    );
  }
  log.add({
    file: 'ratings.dat',
    line: 0,
    value: 'missing',
    expected: 'ratings.dat, or interactions.tsv in its place',
  });
  return new RatingsBuilder().columns();
}

function read(files: DataFiles, log: FaultLog): Dataset {
  const films = readFilms(files, log);
  const users = readUsers(files, log);
  const ratings = readRated(files, { users, films }, log);
  return assembleDataset({ name: 'ml-1m', films, users, ratings, ties: [], graded: files.has('ratings.dat') });
}

export const movielens1m: DatasetFormat = {
  name: 'ml-1m',
  marks: ['movies.dat', 'users.dat'],
  optional: ['ratings.dat', 'interactions.tsv'],
  about: 'MovieLens 1M: movies.dat, users.dat, and ratings.dat or interactions.tsv',
  read,
};
