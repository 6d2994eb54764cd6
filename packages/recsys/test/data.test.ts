/** Importers and search: what they read, what they refuse and what they find. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { FilmCatalogue } from '@rashomon/kernel';
import { InvalidData, loadDataset, loadSampleCatalogue, parseFilms, sharedTitles, textSearch } from '@rashomon/recsys';
import { filmWithId } from '@rashomon/recsys/testing';
import { assert, property, string } from 'fast-check';
import { decodeText } from '../src/data/decode-text.ts';
import { parseTitle } from '../src/data/film-title.ts';
import { element } from './element.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files. */
function folderOf(files: { readonly [name: string]: string | Uint8Array }): string {
  const folder = mkdtempSync(join(tmpdir(), 'rashomon-data-'));
  folders.push(folder);
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  return folder;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function faultsOf(files: { readonly [name: string]: string | Uint8Array }): readonly string[] {
  try {
    loadDataset(folderOf(files));
  } catch (error) {
    if (error instanceof InvalidData) return error.faults.map(({ file, line, value, expected }) => `${file}:${line} ${value} | ${expected}`);
    throw error;
  }
  return [];
}

const small100k = {
  'u.item': latin1(
    [
      '1|Toy Story (1995)|01-Jan-1995||http://x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0',
      '2|Misérables, Les (1995)|01-Jan-1995||http://x|0|0|0|0|0|0|0|0|1|0|0|0|1|0|0|0|0|0|0',
      '7|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0',
    ].join('\n'),
  ),
  'u.user': '1|24|M|technician|85711\n2|53|F|other|94043\n',
  'u.data': '1\t1\t5\t881250949\n2\t1\t4\t881250950\n2\t2\t1\t881250951\n',
};

describe('MovieLens 100K', () => {
  test('films, users, ratings in the order of the source', () => {
    const { name, catalogue, users, ratings, ties } = loadDataset(folderOf(small100k));
    expect(name).toBe('ml-100k');
    expect(catalogue.films.map(({ id, title, year, genres }) => [id, title, year, genres])).toEqual([
      [1, 'Toy Story', 1995, ['Animation', "Children's", 'Comedy']],
      [2, 'Les Misérables', 1995, ['Drama', 'Musical']],
      [7, 'unknown', 0, []],
    ]);
    expect(users[1]).toEqual({ id: 2, name: null, gender: 'female', age: 53, traits: [], status: 'other', interests: [], features: null });
    expect([[...ratings.users], [...ratings.films], [...ratings.ratings]]).toEqual([
      [1, 2, 2],
      [1, 1, 2],
      [5, 4, 1],
    ]);
    expect(ratings.times[2]).toBe(881250951);
    expect(ties).toEqual([]);
  });

  test('quality is the damped mean above the mean of all: (5 - 10/3 + 4 - 10/3) / (2 + 10)', () => {
    const { catalogue } = loadDataset(folderOf(small100k));
    expect(catalogue.films.map(({ quality }) => quality)).toEqual([0.194, -0.212, 0]);
  });

  test('all faults of all files at once, and nothing of the data', () => {
    const faults = faultsOf({
      'u.item': `${decodeText(small100k['u.item'])}\n1|Twin (1996)|||x${'|0'.repeat(19)}\nx|No id|||x${'|0'.repeat(19)}\n9|Short`,
      'u.user': '1|24|M|technician|85711\n2|old|F|other|94043\n3|20|X|other|1\n',
      'u.data': '1\t1\t6\t0\n1\t1\tNaN\t0\n9\t1\t3\t0\n1\t99\t3\t0\n1\t1\t3\n',
    });
    expect(faults).toEqual([
      'u.item:6 9|Short | 24 fields separated by "|"',
      'u.item:4 1 | an id of its own',
      'u.item:5 x | an integer from 0 to 2147483647',
      'u.user:2 old | an integer from 0 to 150',
      'u.user:3 X | M or F',
      'u.data:5 1\t1\t3 | 4 fields separated by "\\t"',
      'u.data:1 6 | a number from 1 to 5',
      'u.data:2 NaN | a number from 1 to 5',
      'u.data:3 9 | the id of a known user',
      'u.data:4 99 | the id of a known film',
    ]);
  });

  test('the message prints twenty faults and counts the rest', () => {
    const rows = Array.from({ length: 50 }, (_, index) => `1\t1\t${index + 6}\t0`).join('\n');
    expect(() => loadDataset(folderOf({ ...small100k, 'u.data': rows }))).toThrow(/50 faults\n(.*\n){20} {2}… and 30 more$/);
  });

  test('empty files are faults', () => {
    expect(faultsOf({ ...small100k, 'u.data': '' })).toEqual(['u.data:0  | at least one row']);
  });
});

describe('the other folders', () => {
  test('MovieLens latest: quotes, half stars, users who are nothing but ids', () => {
    const { name, catalogue, users, ratings } = loadDataset(
      folderOf({
        'movies.csv': 'movieId,title,genres\r\n11,"American President, The (1995)",Comedy|Drama\r\n12,Bob,(no genres listed)\r\n',
        'ratings.csv': 'userId,movieId,rating,timestamp\r\n4,11,0.5,964982703\r\n2,12,4.5,964982704\r\n',
      }),
    );
    expect(name).toBe('ml-latest');
    expect(catalogue.films.map(({ title, year, genres }) => [title, year, genres])).toEqual([
      ['The American President', 1995, ['Comedy', 'Drama']],
      ['Bob', 0, []],
    ]);
    expect(users.map(({ id }) => id)).toEqual([2, 4]);
    expect([...ratings.ratings]).toEqual([0.5, 4.5]);
  });

  const small1m = { 'movies.dat': latin1("1::Café, Le (1995)::Children's|Comedy\n"), 'users.dat': '1::F::1::10::48067\n2::M::56::16::70072\n' };

  test('MovieLens 1M: ratings, or watches in their place', () => {
    const rated = loadDataset(folderOf({ ...small1m, 'ratings.dat': '2::1::4::978300760\n' }));
    expect(rated.catalogue.films[0]).toMatchObject({ title: 'Le Café', year: 1995, quality: 0 });
    expect(rated.users.map(({ gender, age, status }) => [gender, age, status])).toEqual([
      ['female', null, 'K-12 student'],
      ['male', 56, 'self-employed'],
    ]);
    expect([...rated.ratings.ratings]).toEqual([4]);
    expect([...loadDataset(folderOf({ ...small1m, 'interactions.tsv': '2\t1\n' })).ratings.ratings]).toEqual([1]);
    expect(faultsOf(small1m)).toEqual(['ratings.dat:0 missing | ratings.dat, or interactions.tsv in its place']);
  });

  const items = 'id,title,genre,description\n0,Jumanji,Adventure|Fantasy,"<Jumanji>  is a game, and more."\n';

  test('RecAgent: people, features, ties by id', () => {
    const { catalogue, users, ties } = loadDataset(
      folderOf({
        'item.csv': items,
        'user_1000.csv': 'id,name,gender,age,traits,status,interest,feature\n0,Ann,female,25,"kind, calm",cook," sci-fi movies,  comedy movies",Watcher;Critic;\n1,Ann,male,30,calm,,,\n',
        'relationship_1000.csv': 'user_1,user_2,relationship,closeness\n0,1,friend,0.92\n',
        'user.csv': 'broken',
      }),
    );
    expect(catalogue.films[0]).toMatchObject({ title: 'Jumanji', description: 'Jumanji is a game, and more.' });
    expect(users[0]).toEqual({ id: 0, name: 'Ann', gender: 'female', age: 25, traits: ['kind', 'calm'], status: 'cook', interests: ['sci-fi movies', 'comedy movies'], features: ['watcher', 'critic'] });
    expect(ties).toEqual([{ from: 0, to: 1, relation: 'friend', closeness: 0.92 }]);
  });

  test('RecAgent: ties by name hold only where one person bears it', () => {
    const files = { 'item.csv': items, 'user.csv': 'id,name,age,traits,status,observations\n0,Ann,25,kind,,\n1,Bob,25,kind,,\n2,Bob,26,calm,,\n3,Cy,20,,,\n' };
    const tie = (row: string): { readonly [name: string]: string } => ({ ...files, 'relationship.csv': `user_1,user_2,relationship\n${row}\n` });
    expect(loadDataset(folderOf(tie('Ann,Cy,1'))).ties).toEqual([{ from: 0, to: 3, relation: 'knows', closeness: 1 }]);
    expect(faultsOf(tie('Ann,Bob,1'))).toEqual(['relationship.csv:2 Bob | the id, or the name borne by one only, of a known user']);
  });

  test('plain CSV with all that is optional, in UTF-8 with a byte order mark', () => {
    const { catalogue, users, ratings } = loadDataset(
      folderOf({
        'films.csv': '\uFEFFid,title,year,genres,people,description\n3,"Amélie",2001,Comedy|Romance,Jeanne|Anna,"a ""quoted"" word,\nand a line"\n4,2012 (1999),2009,,,\n',
        'users.csv': 'id,name,gender,age,traits,status,interests,features\n8,Ann,female,,kind|calm,cook,comedy movies,Watcher|Poster\n',
        'ratings.csv': 'user,film,rating,time\n8,3,4.5,0\n',
      }),
    );
    expect(catalogue.films).toMatchObject([
      { id: 3, title: 'Amélie', year: 2001, genres: ['Comedy', 'Romance'], people: ['Jeanne', 'Anna'], description: 'a "quoted" word,\nand a line' },
      { id: 4, title: '2012 (1999)', year: 2009, genres: [], people: [] },
    ]);
    expect(users).toEqual([{ id: 8, name: 'Ann', gender: 'female', age: null, traits: ['kind', 'calm'], status: 'cook', interests: ['comedy movies'], features: ['watcher', 'poster'] }]);
    expect(ratings.films).toEqual(Int32Array.of(3));
  });

  test('plain CSV: columns that are missing, rows that are short, quotes that never close', () => {
    expect(faultsOf({ 'films.csv': 'number,name\n1,a\n' })).toEqual(['films.csv:1 number,name | a header with the columns id, title']);
    expect(faultsOf({ 'films.csv': '' })).toEqual(['films.csv:0  | a header with the columns id, title']);
    expect(faultsOf({ 'films.csv': 'id,title\n' })).toEqual(['films.csv:0  | at least one row below the header']);
    expect(faultsOf({ 'films.csv': 'id,title\n1,a\n2\n-3,c\n4,\n' })).toEqual([
      'films.csv:3 2 | 2 fields, as in the header',
      'films.csv:4 -3 | an integer from 0 to 2147483647',
      'films.csv:5  | a title',
    ]);
    expect(faultsOf({ 'films.csv': 'id,title\n1,"a\n' })[0]).toMatch(/RFC 4180/);
  });

  test('a folder of no known kind says what was looked for', () => {
    expect(() => loadDataset(folderOf({ 'notes.txt': 'x' }))).toThrow(/"notes.txt", expected one of: MovieLens 100K: u.item/);
    expect(() => loadDataset(join(tmpdir(), 'no-such-folder'))).toThrow(InvalidData);
  });
});

describe('titles', () => {
  test.each([
    ['Matrix, The (1999)', 'The Matrix', 1999],
    ['Toy Story (1995)', 'Toy Story', 1995],
    ['Seven (Se7en) (1995)', 'Seven (Se7en)', 1995],
    ['City of Lost Children, The (Cité des enfants perdus, La) (1995)', 'The City of Lost Children (Cité des enfants perdus, La)', 1995],
    ["Avventura, L' (1960)", "L'Avventura", 1960],
    ['Good, the Bad and the Ugly, The (1966)', 'The Good, the Bad and the Ugly', 1966],
    ['Land Before Time III (1995) (V)', 'Land Before Time III', 1995],
    ['Babylon 5', 'Babylon 5', 0],
    ['Paris, Texas (1984)', 'Paris, Texas', 1984],
    ['1900 (1976)', '1900', 1976],
    ['(1999)', '(1999)', 0],
  ])('%s', (source, title, year) => {
    expect(parseTitle(source)).toEqual({ title, year });
  });

  test('films that share title and year are told, and kept apart by id', () => {
    const catalogue = new FilmCatalogue([5, 2, 9].map((id) => ({ ...filmWithId(id), title: id === 9 ? 'Other' : 'Emma', year: 1996 })));
    expect(sharedTitles(catalogue)).toEqual([{ title: 'Emma', year: 1996, ids: [2, 5] }]);
    expect(catalogue.size).toBe(3);
  });

  test('text is UTF-8 where it can be, else ISO-8859-1', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(decodeText(new TextEncoder().encode(text))).toBe(text.replace(/^\uFEFF/, ''));
      }),
    );
    expect(decodeText(latin1('Misérables, Les'))).toBe('Misérables, Les');
  });
});

describe('the sample catalogue', () => {
  const catalogue = loadSampleCatalogue();

  test('has films with year, genres, a director and a description', () => {
    expect(catalogue.size).toBeGreaterThan(400);
    for (const film of catalogue.films) {
      expect([film.title === '', film.year < 1880, film.genres.length, film.people.length, film.description === '']).toEqual([
        false,
        false,
        expect.any(Number),
        expect.any(Number),
        false,
      ]);
    }
    expect(sharedTitles(catalogue)).toEqual([]);
  });

  test('every film is found first by its title, with or without year', () => {
    const search = textSearch.index(catalogue);
    for (const { id, title, year } of catalogue.films) {
      expect(search.find(`${title} (${year})`, 3)[0]).toBe(id);
      expect(catalogue.film(element(search.find(title, 3), 0))?.title).toBe(title);
    }
  });
});

describe('search', () => {
  const films = [
    { ...filmWithId(4), title: 'Heat', description: 'a thief and a detective' },
    { ...filmWithId(1), title: 'In the Heat of the Night', description: '' },
    { ...filmWithId(2), title: 'Amélie', people: ['Jean-Pierre Jeunet'], description: 'a shy waitress' },
    { ...filmWithId(3), title: 'Night', description: 'amelie' },
  ];
  const search = textSearch.index(new FilmCatalogue(films));

  test.each([
    ['Heat', [4, 1]],
    ['  heat ', [4, 1]],
    ['amelie', [2, 3]],
    ['jeunet', [2]],
    ['detectve', [4]],
    ['waitr', [2]],
    ['horror', [2]],
    ['', []],
    ['   ', []],
    ['xyzzy', []],
  ])('%j finds %j', (query, found) => {
    expect(search.find(query, 5)).toEqual(found);
  });

  test('answers no more than asked for, equal scores by id', () => {
    const same = textSearch.index(new FilmCatalogue([9, 3, 7].map((id) => ({ ...filmWithId(id), title: 'Emma', genres: [] }))));
    expect(same.find('emma', 2)).toEqual([3, 7]);
    expect(same.find('emm', 5)).toEqual([3, 7, 9]);
    expect(same.find('emma', 0)).toEqual([]);
  });

  test('whatever is typed, answers are films of the catalogue, each once, and the same again', () => {
    assert(
      property(string(), (query) => {
        const found = search.find(query, 3);
        expect(new Set(found).size).toBe(found.length);
        expect(found.every((id) => films.some((film) => film.id === id))).toBe(true);
        expect(textSearch.index(new FilmCatalogue(films)).find(query, 3)).toEqual(found);
      }),
    );
  });
});

test('parseFilms names its file', () => {
  expect(() => parseFilms('mine.csv', 'id,title\nx,y\n')).toThrow('mine.csv:2: "x", expected an integer from 0 to 2147483647');
});
