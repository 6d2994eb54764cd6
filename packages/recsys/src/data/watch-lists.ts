/**
 * Watches as lists, one line a user: the user's id, then the ids of films (the form of the data sets of LightGCN and
 * its successors: train.txt, test.txt and often valid.txt). As a data set it is all of them together; the protocol
 * `fixed` keeps them apart.
 */
import type { Dataset, Film } from '@rashomon/kernel';
import { CellReader } from './cells.ts';
import { assembleDataset, Entries, RatingsBuilder, unknownFilm } from './dataset-builder.ts';
import type { DataFiles, DatasetFormat } from './dataset-format.ts';
import type { FaultLog } from './invalid-data.ts';

export interface ListedWatches {
  readonly users: number[];
  readonly films: number[];
}

/** One file. A user without films is none; faults are logged, their cells left out. */
export function readWatchLists(file: string, text: string, log: FaultLog): ListedWatches {
  const cells = new CellReader(file, log);
  const pairs: ListedWatches = { users: [], films: [] };
  text.split('\n').forEach((row, index) => {
    const [first, ...others] = row.split(/\s+/).filter((cell) => cell !== '');
    if (first === undefined) return;
    const user = cells.integer(index + 1, first);
    const films = others.map((cell) => cells.integer(index + 1, cell));
    if (user === undefined) return;
    for (const film of films) {
      if (film === undefined) continue;
      pairs.users.push(user);
      pairs.films.push(film);
    }
  });
  return pairs;
}

function read(files: DataFiles, log: FaultLog): Dataset {
  const ratings = new RatingsBuilder();
  const films = new Entries<Film>('train.txt', log);
  for (const [file, text] of files) {
    const pairs = readWatchLists(file, text, log);
    pairs.users.forEach((user, entry) => {
      const film = pairs.films[entry] as number;
      if (!films.byId.has(film)) films.add(0, unknownFilm(film));
      ratings.add(user, film, 1, 0);
    });
  }
  if (films.byId.size === 0)
    log.add({ file: 'train.txt', line: 0, value: '', expected: 'at least one user with a film' });
  return assembleDataset({ name: 'lists', films, users: null, ratings: ratings.columns(), ties: [], graded: false });
}

export const watchLists: DatasetFormat = {
  name: 'lists',
  marks: ['train.txt', 'test.txt'],
  optional: ['valid.txt'],
  about: 'lists of watches: train.txt, test.txt and optionally valid.txt, one line a user: user film film …',
  read,
};
