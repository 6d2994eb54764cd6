/**
 * The splits that MovieLens 100K comes with: u1 to u5, a fifth of the ratings each; ua and ub, ten films of each user.
 * All ratings count as watches, whatever the stars; every film of u.item that is not in a user's train part is ranked.
 */
import { FilmCatalogue } from '@rashomon/kernel';
import type { FaultLog } from '../../data/invalid-data.ts';
import { readItems } from '../../data/movielens-100k.ts';
import { readRatings } from '../../data/ratings-file.ts';
import { separatedTable } from '../../data/table.ts';
import type { Split, Watches } from '../split.ts';
import { type DataFolder, type Protocol, wantedText } from './protocol.ts';

function official(name: string): Protocol {
  return {
    name,
    about: `MovieLens 100K: ${name}.base and ${name}.test`,
    fits: ({ files }) => ['u.item', `${name}.base`, `${name}.test`].every((file) => files.includes(file)),
    split: (folder, _, log) => read(folder, name, log),
  };
}

/** ua first: it is what other systems are compared on here. */
export const officialProtocols: readonly Protocol[] = ['ua', 'ub', 'u1', 'u2', 'u3', 'u4', 'u5'].map(official);

function read(folder: DataFolder, name: string, log: FaultLog): Split {
  const wanted = (file: string): string => wantedText(folder, file, `a file of MovieLens 100K, which protocol ${name} needs`, log);
  const texts = { items: wanted('u.item'), train: wanted(`${name}.base`), test: wanted(`${name}.test`) };
  if (log.faults.length > 0) return { catalogue: new FilmCatalogue([]), train: NOTHING, test: NOTHING };
  const films = readItems(texts.items, log);
  const watches = (file: string, text: string): Watches =>
    readRatings(separatedTable(file, text, { separator: '\t', width: 4 }, log), { user: 0, film: 1, rating: 2, time: 3, min: 1, users: null, films: films.byId }, log);
  return { catalogue: new FilmCatalogue(films.inOrder()), train: watches(`${name}.base`, texts.train), test: watches(`${name}.test`, texts.test) };
}

const NOTHING: Watches = { users: [], films: [] };
