/**
 * Anybody's own data as CSV: films.csv, and optionally users.csv and ratings.csv. The sample catalogue is one.
 *
 *   films.csv    id, title; optionally year, genres, director or people, description (lists separated by |)
 *   users.csv    id; optionally name, gender, age, traits, status, interests, features (lists separated by |)
 *   ratings.csv  user, film; optionally rating (0.5 to 5; without it: watched) and time (seconds since 1970)
 */
import { type Dataset, type DatasetUser, type Film, FilmCatalogue, type RatingColumns } from '@rashomon/kernel';
import { CellReader, splitGenres, splitList } from './cells.ts';
import { assembleDataset, Entries, RatingsBuilder } from './dataset-builder.ts';
import { type DataFiles, type DatasetFormat, fileOf } from './dataset-format.ts';
import { parseTitle } from './film-title.ts';
import { FaultLog } from './invalid-data.ts';
import { readRatings } from './ratings-file.ts';
import { csvTable, type Row } from './table.ts';

const YEAR_MAX = 9999;
const AGE_MAX = 150;
const RATING_MIN = 0.5;

/** The cell in that column; empty where the file has no such column. */
const cellOf = (row: Row, column: number): string => (column < 0 ? '' : (row.cells[column] as string));

function readFilms(file: string, text: string, log: FaultLog): Entries<Film> {
  const table = csvTable(file, text, [['id'], ['title']], log);
  const column = {
    id: table.column('id'),
    title: table.column('title'),
    year: table.column('year'),
    genres: table.column('genres', 'genre'),
    people: table.column('people', 'director'),
    description: table.column('description'),
  };
  const cells = new CellReader(file, log);
  const films = new Entries<Film>(file, log);
  for (const row of table.rows) {
    const id = cells.integer(row.line, cellOf(row, column.id));
    const name = cells.text(row.line, cellOf(row, column.title), 'a title');
    const yearCell = cellOf(row, column.year).trim();
    const year = yearCell === '' ? 0 : cells.integer(row.line, yearCell, YEAR_MAX);
    if (id === undefined || name === undefined || year === undefined) continue;
    // Beside a year column, another number in brackets belongs to the title.
    const parsed = parseTitle(name);
    films.add(row.line, {
      id,
      title: year === 0 || parsed.year === year ? parsed.title : name,
      year: year || parsed.year,
      genres: splitGenres(cellOf(row, column.genres)),
      people: splitList(cellOf(row, column.people), '|'),
      description: cellOf(row, column.description).trim(),
      quality: 0,
    });
  }
  return films;
}

function readUsers(text: string, log: FaultLog): Entries<DatasetUser> {
  const table = csvTable('users.csv', text, [['id']], log);
  const cells = new CellReader(table.file, log);
  const users = new Entries<DatasetUser>(table.file, log);
  const features = table.column('features', 'feature');
  const word = (row: Row, name: string): string | null => cellOf(row, table.column(name)).trim() || null;
  const words = (row: Row, ...names: readonly string[]): readonly string[] =>
    splitList(cellOf(row, table.column(...names)), '|');
  for (const row of table.rows) {
    const id = cells.integer(row.line, cellOf(row, table.column('id')));
    const ageCell = cellOf(row, table.column('age')).trim();
    const age = ageCell === '' ? null : cells.integer(row.line, ageCell, AGE_MAX);
    if (id === undefined || age === undefined) continue;
    users.add(row.line, {
      id,
      name: word(row, 'name'),
      gender: word(row, 'gender'),
      age,
      traits: words(row, 'traits'),
      status: word(row, 'status'),
      interests: words(row, 'interests', 'interest'),
      features: features < 0 ? null : words(row, 'features', 'feature').map((feature) => feature.toLowerCase()),
    });
  }
  return users;
}

interface ReadRatings {
  readonly ratings: RatingColumns;
  readonly graded: boolean;
}

function readRatingsCsv(
  text: string,
  known: { users: Entries<DatasetUser> | null; films: Entries<Film> },
  log: FaultLog,
): ReadRatings {
  const table = csvTable(
    'ratings.csv',
    text,
    [
      ['user', 'userId'],
      ['film', 'filmId', 'movieId'],
    ],
    log,
  );
  const columns = {
    user: table.column('user', 'userId'),
    film: table.column('film', 'filmId', 'movieId'),
    rating: table.column('rating'),
    time: table.column('time', 'timestamp'),
    min: RATING_MIN,
    users: known.users?.byId ?? null,
    films: known.films.byId,
  };
  return { ratings: readRatings(table, columns, log), graded: columns.rating >= 0 };
}

function read(files: DataFiles, log: FaultLog): Dataset {
  const films = readFilms('films.csv', fileOf(files, 'films.csv'), log);
  const userFile = files.get('users.csv');
  const users = userFile === undefined ? null : readUsers(userFile, log);
  const ratingFile = files.get('ratings.csv');
  const { ratings, graded } =
    ratingFile === undefined
      ? { ratings: new RatingsBuilder().columns(), graded: false }
      : readRatingsCsv(ratingFile, { users, films }, log);
  return assembleDataset({ name: 'csv', films, users, ratings, ties: [], graded });
}

/** The catalogue of one films.csv. @throws InvalidData with all its faults */
export function parseFilms(file: string, text: string): FilmCatalogue {
  const log = new FaultLog();
  const films = readFilms(file, text, log);
  log.settle(file);
  return new FilmCatalogue(films.inOrder());
}

export const plainCsv: DatasetFormat = {
  name: 'csv',
  marks: ['films.csv'],
  optional: ['users.csv', 'ratings.csv'],
  about: 'plain CSV: films.csv (id, title, …), optionally users.csv and ratings.csv',
  read,
};
