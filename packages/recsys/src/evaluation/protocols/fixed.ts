/**
 * A split that comes in files, one line a user: the user's id, then the ids of films (the form of the data sets of LightGCN and
 * its successors). train.txt is learned from and masked; the films of valid.txt are in the catalogue and nothing else.
 */
import { FilmCatalogue } from '@rashomon/kernel';
import { CellReader } from '../../data/cells.ts';
import type { FaultLog } from '../../data/invalid-data.ts';
import type { Split } from '../split.ts';
import { type DataFolder, type Protocol, unknownFilm, wantedText } from './protocol.ts';

interface Pairs {
  readonly users: number[];
  readonly films: number[];
}

const TRAIN = 'train.txt';

export const fixed: Protocol = {
  name: 'fixed',
  about: 'train.txt and test.txt (and valid.txt), one line a user: user film film …',
  fits: ({ files }) => files.includes(TRAIN) && files.includes('test.txt'),
  split: read,
};

/** The files stand in the folder, or in the first folder in it that has a train.txt. */
function read(folder: DataFolder, _: unknown, log: FaultLog): Split {
  const inside = folder.files.includes(TRAIN) ? TRAIN : (folder.files.find((file) => file.endsWith(`/${TRAIN}`)) ?? TRAIN);
  const beside = (name: string): string => `${inside.slice(0, -TRAIN.length)}${name}`;
  const rows = (name: string): Pairs => readLines(beside(name), wantedText(folder, beside(name), 'a file that protocol fixed needs', log), log);
  const train = rows(TRAIN);
  const test = rows('test.txt');
  const valid = folder.files.includes(beside('valid.txt')) ? rows('valid.txt') : { users: [], films: [] };
  const ids = new Set([...train.films, ...valid.films, ...test.films]);
  return { catalogue: new FilmCatalogue([...ids].map(unknownFilm)), train, test };
}

function readLines(file: string, text: string, log: FaultLog): Pairs {
  const cells = new CellReader(file, log);
  const pairs: Pairs = { users: [], films: [] };
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
