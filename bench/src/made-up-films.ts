/** A catalogue that nobody had to collect, as a folder of data: figures exist without any data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LuckOf, NOBODY } from '@rashomon/kernel';

/** Those of MovieLens. */
const GENRES = [
  'Drama',
  'Comedy',
  'Action',
  'Thriller',
  'Romance',
  'Adventure',
  'Children',
  'Crime',
  'Sci-Fi',
  'Horror',
  'War',
  'Mystery',
  'Musical',
  'Documentary',
  'Animation',
  'Western',
  'Film-Noir',
  'Fantasy',
] as const;
const SEED = 1;
/** Titles share words as real ones do: a search must not find the whole catalogue. */
const WORDS = {
  first: [
    'Silver',
    'Broken',
    'Hidden',
    'Golden',
    'Silent',
    'Burning',
    'Lost',
    'Crimson',
    'Winter',
    'Paper',
    'Distant',
    'Bitter',
  ],
  second: [
    'River',
    'Garden',
    'Mirror',
    'Harbour',
    'Station',
    'Letter',
    'Forest',
    'Window',
    'Bridge',
    'Island',
    'Orchard',
    'Lantern',
  ],
} as const;

/**
 * Writes films.csv, the same for the same number: ids from 1, one to three genres each, some genres frequent and some
 * rare.
 */
export function writeMadeUpFilms(folder: string, films: number): string {
  const rows = Array.from({ length: films }, (_, index) => rowOf(index + 1));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'films.csv'), ['id,title,year,genres', ...rows, ''].join('\n'));
  return folder;
}

function rowOf(id: number): string {
  const { title, year, genres } = madeUpFilm(id);
  return `${id},${title},${year},${genres.join('|')}`;
}

/** What a film of that id is. */
export function madeUpFilm(id: number): {
  readonly title: string;
  readonly year: number;
  readonly genres: readonly string[];
} {
  const luck = new LuckOf(SEED, NOBODY, id);
  const count = 1 + Math.floor(luck.for('taste').uniform(0) * 3);
  // The square of a uniform number favours the first.
  const drawn = Array.from(
    { length: count },
    (_, n) =>
      GENRES[
        Math.floor(luck.for('taste').uniform(1 + n) * luck.for('taste').uniform(11 + n) * GENRES.length)
      ] as string,
  );
  const year = 1930 + Math.floor(luck.for('taste').uniform(21) * 70);
  const { first, second } = WORDS;
  const words = `${first[id % first.length]} ${second[Math.floor(id / first.length) % second.length]}`;
  const title = `${words} ${Math.floor(id / (first.length * second.length)) + 1}`;
  return { title, year, genres: [...new Set(drawn)] };
}
