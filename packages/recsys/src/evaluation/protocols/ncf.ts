/**
 * Leave one out, with 99 films to tell it from: He, Liao, Zhang, Nie, Hu & Chua, "Neural collaborative filtering", WWW
 * 2017. The authors' files name users by UserID - 1 and films by the order in which they first appear in the ratings;
 * both names are kept. The train part is every watch but those to find. hit@10 and ndcg@10 are their HR and NDCG.
 *
 * 156 films to find of MovieLens 1M stand among their own 99 as well. Such a film ranks below its double, so that all
 * have the same 100 ranks; the authors' script counts it once, which makes it easier to find (ease: nDCG@10 .451 for
 * .448).
 */
import { FilmCatalogue } from '@rashomon/kernel';
import { CellReader } from '../../data/cells.ts';
import { unknownFilm } from '../../data/dataset-builder.ts';
import type { FaultLog } from '../../data/invalid-data.ts';
import { TIME_MAX } from '../../data/ratings-file.ts';
import { separatedTable } from '../../data/table.ts';
import type { Split } from '../split.ts';
import { type DataFolder, type Protocol, wantedText } from './protocol.ts';

const TEST = '.test.rating';
const NEGATIVE = '.test.negative';

/** The files of all watches: with ratings as MovieLens gives it, or with users and films alone. */
const RATED = { file: 'ratings.dat', separator: '::', width: 4, time: 3 } as const;
const WATCHED = { file: 'interactions.tsv', separator: '\t', width: 2, time: -1 } as const;

interface Pairs {
  readonly users: number[];
  readonly films: number[];
}

interface TimedPairs extends Pairs {
  /** Seconds since 1970; 0 where unknown. */
  readonly times: number[];
}

export const ncf: Protocol = {
  name: 'ncf',
  about:
    'leave one out, ranked among 99 given films (He et al. 2017): ' +
    'interactions.tsv or ratings.dat, *.test.rating, *.test.negative',
  fits: ({ files }) => files.some((file) => file.endsWith(TEST)),
  folds: read,
};

function read(folder: DataFolder, _: unknown, log: FaultLog): readonly Split[] {
  const test = folder.files.find((file) => file.endsWith(TEST)) ?? `ncf-protocol/ml-1m${TEST}`;
  const negative = `${test.slice(0, -TEST.length)}${NEGATIVE}`;
  const shape = folder.files.includes(RATED.file) && !folder.files.includes(WATCHED.file) ? RATED : WATCHED;
  const wanted = (file: string): string => wantedText(folder, file, 'a file that protocol ncf needs', log);
  const texts = { all: wanted(shape.file), test: wanted(test), negative: wanted(negative) };
  if (log.faults.length > 0) return [];
  const { pairs, films } = readAll(texts.all, shape, log);
  const asked = readTest(test, texts.test, films, log);
  const candidates = readCandidates(negative, texts.negative, { asked, films }, log);
  const held = new Map(asked.users.map((user, entry) => [user, asked.films[entry] as number]));
  const kept = pairs.users.map((user, entry) => held.get(user) !== pairs.films[entry]);
  const isKept = (_value: number, entry: number): boolean => kept[entry] === true;
  const train = {
    users: pairs.users.filter(isKept),
    films: pairs.films.filter(isKept),
    times: pairs.times.filter(isKept),
  };
  const catalogue = new FilmCatalogue(Array.from({ length: films }, (_film, id) => unknownFilm(id)));
  return [{ catalogue, train, test: asked, candidates }];
}

/** All watches, with films numbered as they first appear. */
function readAll(
  text: string,
  { file, separator, width, time }: typeof RATED | typeof WATCHED,
  log: FaultLog,
): { readonly pairs: TimedPairs; readonly films: number } {
  const cells = new CellReader(file, log);
  const pairs: TimedPairs = { users: [], films: [], times: [] };
  const numbers = new Map<number, number>();
  for (const { line, cells: row } of separatedTable(file, text, { separator, width }, log).rows) {
    const user = cells.integer(line, row[0] as string);
    const film = cells.integer(line, row[1] as string);
    const seconds = time < 0 ? 0 : cells.integer(line, row[time] as string, TIME_MAX);
    if (user === undefined || film === undefined || seconds === undefined) continue;
    if (user === 0) cells.fault(line, '0', 'a user id from 1');
    if (!numbers.has(film)) numbers.set(film, numbers.size);
    pairs.users.push(user - 1);
    pairs.films.push(numbers.get(film) as number);
    pairs.times.push(seconds);
  }
  return { pairs, films: numbers.size };
}

/** user, film, rating, time. */
function readTest(file: string, text: string, films: number, log: FaultLog): Pairs {
  const cells = new CellReader(file, log);
  const pairs: Pairs = { users: [], films: [] };
  for (const { line, cells: row } of separatedTable(file, text, { separator: '\t', width: 4 }, log).rows) {
    const user = cells.integer(line, row[0] as string);
    const film = cells.integer(line, row[1] as string, films - 1);
    if (user === undefined || film === undefined) continue;
    if (pairs.users.includes(user)) cells.fault(line, String(user), 'one row a user');
    pairs.users.push(user);
    pairs.films.push(film);
  }
  return pairs;
}

/** `(user,film)` as in the test row of the same number, then the films that it is ranked among. */
function readCandidates(
  file: string,
  text: string,
  { asked, films }: { readonly asked: Pairs; readonly films: number },
  log: FaultLog,
): ReadonlyMap<number, readonly number[]> {
  const cells = new CellReader(file, log);
  const candidates = new Map<number, readonly number[]>();
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  for (let index = 0; index < Math.max(lines.length, asked.users.length); index++) {
    const [name = '', ...others] = (lines[index] ?? '').split('\t');
    const [user, film] = [asked.users[index] as number, asked.films[index] as number];
    if (name !== `(${user},${film})`) {
      cells.fault(
        index + 1,
        name,
        user === undefined
          ? 'as many rows as there are test rows'
          : `(${user},${film}), as in the test row of the same number`,
      );
      break;
    }
    const negatives = others
      .map((cell) => cells.integer(index + 1, cell, films - 1))
      .filter((other) => other !== undefined);
    candidates.set(user, [film, ...negatives]);
  }
  return candidates;
}
