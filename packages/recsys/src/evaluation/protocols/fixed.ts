/**
 * A split that comes in files, one line a user: the user's id, then the ids of films. train.txt is learned from and
 * masked; the films of valid.txt are in the catalogue and nothing else.
 */
import { FilmCatalogue } from '@rashomon/kernel';
import { unknownFilm } from '../../data/dataset-builder.ts';
import type { FaultLog } from '../../data/invalid-data.ts';
import { type ListedWatches, readWatchLists } from '../../data/watch-lists.ts';
import type { Split } from '../split.ts';
import { type DataFolder, type Protocol, wantedText } from './protocol.ts';

const TRAIN = 'train.txt';

export const fixed: Protocol = {
  name: 'fixed',
  about: 'train.txt and test.txt (and valid.txt), one line a user: user film film …',
  fits: ({ files }) => files.includes(TRAIN) && files.includes('test.txt'),
  folds: read,
};

/** The files stand in the folder, or in the first folder in it that has a train.txt. */
function read(folder: DataFolder, _: unknown, log: FaultLog): readonly Split[] {
  const inside = folder.files.includes(TRAIN)
    ? TRAIN
    : (folder.files.find((file) => file.endsWith(`/${TRAIN}`)) ?? TRAIN);
  const beside = (name: string): string => `${inside.slice(0, -TRAIN.length)}${name}`;
  const rows = (name: string): ListedWatches =>
    readWatchLists(beside(name), wantedText(folder, beside(name), 'a file that protocol fixed needs', log), log);
  const train = rows(TRAIN);
  const test = rows('test.txt');
  const valid = folder.files.includes(beside('valid.txt')) ? rows('valid.txt') : { users: [], films: [] };
  const ids = new Set([...train.films, ...valid.films, ...test.films]);
  return [{ catalogue: new FilmCatalogue([...ids].map(unknownFilm)), train, test }];
}
