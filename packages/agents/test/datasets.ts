/** Real data as far as populations need it, read without the importers, which another package has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dataset, type DatasetUser, FilmCatalogue } from '@rashomon/kernel';

const lines = (path: string, encoding: BufferEncoding = 'utf8'): string[] =>
  readFileSync(path, encoding)
    .split(/\r?\n/)
    .filter((line) => line !== '');

const nobody: Omit<DatasetUser, 'id'> = {
  name: null,
  gender: null,
  age: null,
  traits: [],
  status: null,
  interests: [],
  features: null,
};

/** MovieLens 100K, as far as populations need it. */
export function movieLens100k(path: string): Dataset {
  const genres = lines(join(path, 'u.genre')).map((line) => line.split('|').at(0) as string);
  const films = lines(join(path, 'u.item'), 'latin1').map((line) => {
    const cells = line.split('|');
    return {
      id: Number(cells[0]),
      title: cells.at(1) as string,
      year: 0,
      genres: genres.filter((_, at) => cells[5 + at] === '1'),
      people: [],
      description: '',
      quality: 0,
    };
  });
  const users = lines(join(path, 'u.user')).map((line) => {
    const [id, age, gender, status] = line.split('|') as [string, string, string, string];
    return { ...nobody, id: Number(id), age: Number(age), gender, status };
  });
  const rows = lines(join(path, 'u.data')).map(
    (line) => line.split('\t').map(Number) as [number, number, number, number],
  );
  const ratings = {
    users: Int32Array.from(rows, (row) => row[0]),
    films: Int32Array.from(rows, (row) => row[1]),
    ratings: Float32Array.from(rows, (row) => row[2]),
    times: Float64Array.from(rows, (row) => row[3]),
  };
  return { name: 'ml-100k', catalogue: new FilmCatalogue(films), users, ratings, ties: [] };
}

/** Cells of a CSV line, quoted ones without their quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map((match) =>
    (match.at(1) as string).replaceAll(/^"|"$/g, ''),
  );
}

const words = (cell: string, by: string): string[] =>
  cell
    .split(by)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** RecAgent's 1,000 people and their ties. */
export function recAgent(path: string): Dataset {
  const films = lines(join(path, 'item.csv'))
    .slice(1)
    .flatMap((line) => {
      const [id, title, genres] = cellsOf(line);
      return /^\d+$/.test(id ?? '')
        ? [
            {
              id: Number(id),
              title: title ?? '',
              year: 0,
              genres: words(genres ?? '', '|'),
              people: [],
              description: '',
              quality: 0,
            },
          ]
        : [];
    });
  const users = lines(join(path, 'user_1000.csv'))
    .slice(1)
    .map((line) => {
      const [id, name, gender, age, traits, status, interests, features] = cellsOf(line) as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      return {
        id: Number(id),
        name,
        gender,
        age: Number(age),
        traits: words(traits, ','),
        status,
        interests: words(interests, ','),
        features: words(features.toLowerCase(), ';'),
      };
    });
  const ties = lines(join(path, 'relationship_1000.csv'))
    .slice(1)
    .map((line) => {
      const [from, to, relation, closeness] = line.split(',') as [string, string, string, string];
      return { from: Number(from), to: Number(to), relation, closeness: Number(closeness) };
    });
  const none = {
    users: new Int32Array(0),
    films: new Int32Array(0),
    ratings: new Float32Array(0),
    times: new Float64Array(0),
  };
  return { name: 'recagent', catalogue: new FilmCatalogue(films), users, ratings: none, ties };
}
