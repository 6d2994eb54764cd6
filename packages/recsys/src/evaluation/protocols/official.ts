/**
 * The splits that MovieLens 100K comes with: u1 to u5, a fifth of the ratings each; ua and ub, ten films of each user.
 * All ratings count as watches, whatever the stars; every film of u.item that is not in a user's train part is ranked.
 *
 * `u1-u5` is the five folds together: a recommender is trained on each of the five train parts and ranks for the users
 * of that fold's test part; the rankings of all folds are one pool.
 */
import { FilmCatalogue } from '@rashomon/kernel';
import type { FaultLog } from '../../data/invalid-data.ts';
import { readItems } from '../../data/movielens-100k.ts';
import { readRatings } from '../../data/ratings-file.ts';
import { separatedTable } from '../../data/table.ts';
import type { Split, Watches } from '../split.ts';
import { type DataFolder, type Protocol, wantedText } from './protocol.ts';

const FOLDS = ['u1', 'u2', 'u3', 'u4', 'u5'] as const;

function official(name: string): Protocol {
  return {
    name,
    about: `MovieLens 100K: ${name}.base and ${name}.test`,
    fits: ({ files }) => ['u.item', `${name}.base`, `${name}.test`].every((file) => files.includes(file)),
    folds: (folder, _, log) => read(folder, { protocol: name, splits: [name] }, log),
  };
}

const pooled: Protocol = {
  name: 'u1-u5',
  about: 'MovieLens 100K: the five folds u1 to u5, pooled',
  fits: () => false,
  folds: (folder, _, log) => read(folder, { protocol: 'u1-u5', splits: FOLDS }, log),
};

/** ua first: it is what other systems are compared on here. */
export const officialProtocols: readonly Protocol[] = [...['ua', 'ub', ...FOLDS].map(official), pooled];

interface Wanted {
  readonly protocol: string;
  /** The names before `.base` and `.test`. */
  readonly splits: readonly string[];
}

function read(folder: DataFolder, { protocol, splits }: Wanted, log: FaultLog): readonly Split[] {
  const wanted = (file: string): string =>
    wantedText(folder, file, `a file of MovieLens 100K, which protocol ${protocol} needs`, log);
  const items = wanted('u.item');
  const texts = splits.map((name) => ({ name, train: wanted(`${name}.base`), test: wanted(`${name}.test`) }));
  if (log.faults.length > 0) return [];
  const films = readItems(items, log);
  const catalogue = new FilmCatalogue(films.inOrder());
  const watches = (file: string, text: string): Watches =>
    readRatings(
      separatedTable(file, text, { separator: '\t', width: 4 }, log),
      { user: 0, film: 1, rating: 2, time: 3, min: 1, users: null, films: films.byId },
      log,
    );
  return texts.map(({ name, train, test }) => ({
    catalogue,
    train: watches(`${name}.base`, train),
    test: watches(`${name}.test`, test),
  }));
}
