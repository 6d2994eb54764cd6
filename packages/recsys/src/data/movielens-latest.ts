/** MovieLens latest and latest-small (grouplens.org/datasets/movielens/latest): movies.csv, ratings.csv. */
import type { Dataset, Film } from '@rashomon/kernel';
import { CellReader, splitGenres } from './cells.ts';
import { assembleDataset, Entries } from './dataset-builder.ts';
import { type DataFiles, type DatasetFormat, fileOf } from './dataset-format.ts';
import { parseTitle } from './film-title.ts';
import type { FaultLog } from './invalid-data.ts';
import { readRatings } from './ratings-file.ts';
import { csvTable } from './table.ts';

const RATING_MIN = 0.5;

function readFilms(files: DataFiles, log: FaultLog): Entries<Film> {
  const table = csvTable('movies.csv', fileOf(files, 'movies.csv'), [['movieId'], ['title'], ['genres']], log);
  const [idColumn, titleColumn, genresColumn] = [
    table.column('movieId'),
    table.column('title'),
    table.column('genres'),
  ];
  const cells = new CellReader(table.file, log);
  const films = new Entries<Film>(table.file, log);
  for (const { line, cells: row } of table.rows) {
    const id = cells.integer(line, row[idColumn] as string);
    const name = cells.text(line, row[titleColumn] as string, 'a title');
    if (id === undefined || name === undefined) continue;
    const genres = splitGenres(row[genresColumn] as string);
    films.add(line, { id, ...parseTitle(name), genres, people: [], description: '', quality: 0 });
  }
  return films;
}

/** Users are those who rated: the source says nothing more of them. */
function read(files: DataFiles, log: FaultLog): Dataset {
  const films = readFilms(files, log);
  const table = csvTable(
    'ratings.csv',
    fileOf(files, 'ratings.csv'),
    [['userId'], ['movieId'], ['rating'], ['timestamp']],
    log,
  );
  const columns = {
    user: table.column('userId'),
    film: table.column('movieId'),
    rating: table.column('rating'),
    time: table.column('timestamp'),
    min: RATING_MIN,
    users: null,
    films: films.byId,
  };
  const ratings = readRatings(table, columns, log);
  return assembleDataset({ name: 'ml-latest', films, users: null, ratings, ties: [], graded: true });
}

export const movielensLatest: DatasetFormat = {
  name: 'ml-latest',
  marks: ['movies.csv', 'ratings.csv'],
  optional: [],
  about: 'MovieLens latest or latest-small: movies.csv and ratings.csv',
  read,
};
