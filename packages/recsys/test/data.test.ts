/** Importers: what they read and what they refuse. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { FilmCatalogue } from '@rashomon/kernel';
import { InvalidData, loadDataset, loadSampleCatalogue, parseFilms, sharedTitles } from '@rashomon/recsys';
import { filmWithId } from '@rashomon/recsys/testing';
import { assert, date, property, string } from 'fast-check';
import { decodeText } from '../src/data/decode-text.ts';
import { parseTitle } from '../src/data/film-title.ts';
import { secondsOf } from '../src/data/time-cell.ts';
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
    if (error instanceof InvalidData)
      return error.faults.map(({ file, line, value, expected }) => `${file}:${line} ${value} | ${expected}`);
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
    expect(users[1]).toEqual({
      id: 2,
      name: null,
      gender: 'female',
      age: 53,
      traits: [],
      status: 'other',
      interests: [],
      features: null,
    });
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
    const noGenres = '|0'.repeat(19);
    const faults = faultsOf({
      'u.item': `${decodeText(small100k['u.item'])}\n1|Twin (1996)|||x${noGenres}\nx|No id|||x${noGenres}\n9|Short`,
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
    expect(() => loadDataset(folderOf({ ...small100k, 'u.data': rows }))).toThrow(
      /50 faults\n(.*\n){20} {2}… and 30 more$/,
    );
  });

  test('empty files are faults', () => {
    expect(faultsOf({ ...small100k, 'u.data': '' })).toEqual(['u.data:0  | at least one row']);
  });
});

describe('the other folders', () => {
  test('MovieLens latest: quotes, half stars, users who are nothing but ids', () => {
    const { name, catalogue, users, ratings } = loadDataset(
      folderOf({
        'movies.csv':
          'movieId,title,genres\r\n11,"American President, The (1995)",Comedy|Drama\r\n12,Bob,(no genres listed)\r\n',
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

  const small1m = {
    'movies.dat': latin1("1::Café, Le (1995)::Children's|Comedy\n"),
    'users.dat': '1::F::1::10::48067\n2::M::56::16::70072\n',
  };

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
        'user_1000.csv':
          'id,name,gender,age,traits,status,interest,feature\n' +
          '0,Ann,female,25,"kind, calm",cook," sci-fi movies,  comedy movies",Watcher;Critic;\n' +
          '1,Ann,male,30,calm,,,\n',
        'relationship_1000.csv': 'user_1,user_2,relationship,closeness\n0,1,friend,0.92\n',
        'user.csv': 'broken',
      }),
    );
    expect(catalogue.films[0]).toMatchObject({ title: 'Jumanji', description: 'Jumanji is a game, and more.' });
    expect(users[0]).toEqual({
      id: 0,
      name: 'Ann',
      gender: 'female',
      age: 25,
      traits: ['kind', 'calm'],
      status: 'cook',
      interests: ['sci-fi movies', 'comedy movies'],
      features: ['watcher', 'critic'],
    });
    expect(ties).toEqual([{ from: 0, to: 1, relation: 'friend', closeness: 0.92 }]);
  });

  test('RecAgent: ties by name hold only where one person bears it', () => {
    const files = {
      'item.csv': items,
      'user.csv':
        'id,name,age,traits,status,observations\n0,Ann,25,kind,,\n1,Bob,25,kind,,\n2,Bob,26,calm,,\n3,Cy,20,,,\n',
    };
    const tie = (row: string): { readonly [name: string]: string } => ({
      ...files,
      'relationship.csv': `user_1,user_2,relationship\n${row}\n`,
    });
    expect(loadDataset(folderOf(tie('Ann,Cy,1'))).ties).toEqual([{ from: 0, to: 3, relation: 'knows', closeness: 1 }]);
    expect(faultsOf(tie('Ann,Bob,1'))).toEqual([
      'relationship.csv:2 Bob | the id, or the name borne by one only, of a known user',
    ]);
  });

  test('plain CSV with all that is optional, in UTF-8 with a byte order mark', () => {
    const { catalogue, users, ratings } = loadDataset(
      folderOf({
        'films.csv':
          '\uFEFFid,title,year,genres,people,description\n' +
          '3,"Amélie",2001,Comedy|Romance,Jeanne|Anna,"a ""quoted"" word,\nand a line"\n' +
          '4,2012 (1999),2009,,,\n',
        'users.csv':
          'id,name,gender,age,traits,status,interests,features\n' +
          '8,Ann,female,,kind|calm,cook,comedy movies,Watcher|Poster\n',
        'ratings.csv': 'user,film,rating,time\n8,3,4.5,0\n',
      }),
    );
    expect(catalogue.films).toMatchObject([
      {
        id: 3,
        title: 'Amélie',
        year: 2001,
        genres: ['Comedy', 'Romance'],
        people: ['Jeanne', 'Anna'],
        description: 'a "quoted" word,\nand a line',
      },
      { id: 4, title: '2012 (1999)', year: 2009, genres: [], people: [] },
    ]);
    expect(users).toEqual([
      {
        id: 8,
        name: 'Ann',
        gender: 'female',
        age: null,
        traits: ['kind', 'calm'],
        status: 'cook',
        interests: ['comedy movies'],
        features: ['watcher', 'poster'],
      },
    ]);
    expect(ratings.films).toEqual(Int32Array.of(3));
  });

  test('plain CSV: columns that are missing, rows that are short, quotes that never close', () => {
    expect(faultsOf({ 'films.csv': 'number,name\n1,a\n' })).toEqual([
      'films.csv:1 number,name | a header with the columns id, title',
    ]);
    expect(faultsOf({ 'films.csv': '' })).toEqual(['films.csv:0  | a header with the columns id, title']);
    expect(faultsOf({ 'films.csv': 'id,title\n' })).toEqual(['films.csv:0  | at least one row below the header']);
    expect(faultsOf({ 'films.csv': 'id,title\n1,a\n2\n-3,c\n4,\n' })).toEqual([
      'films.csv:3 2 | 2 fields, as in the header',
      'films.csv:4 -3 | an integer from 0 to 2147483647',
      'films.csv:5  | a title',
    ]);
    expect(faultsOf({ 'films.csv': 'id,title\n1,"a\n' })[0]).toMatch(/RFC 4180/);
  });

  test('lists of watches: all files together, users who are nothing but ids', () => {
    const { name, catalogue, users, ratings } = loadDataset(
      folderOf({ 'train.txt': '4 9 7\n5\n', 'test.txt': '4 8\r\n', 'valid.txt': '6 7\n' }),
    );
    expect([name, catalogue.films.map(({ title }) => title), users.map(({ id }) => id)]).toEqual([
      'lists',
      ['film 7', 'film 8', 'film 9'],
      [4, 6],
    ]);
    expect([[...ratings.users], [...ratings.films], [...ratings.ratings]]).toEqual([
      [4, 4, 4, 6],
      [9, 7, 8, 7],
      [1, 1, 1, 1],
    ]);
    expect(faultsOf({ 'train.txt': '4\n', 'test.txt': '\n' })).toEqual([
      'train.txt:0  | at least one user with a film',
    ]);
    expect(faultsOf({ 'train.txt': '4 x\n', 'test.txt': '4 8\n' })).toEqual([
      'train.txt:1 x | an integer from 0 to 2147483647',
    ]);
  });

  test('a folder of no known kind says what was looked for', () => {
    expect(() => loadDataset(folderOf({ 'notes.txt': 'x' }))).toThrow(
      /"notes.txt", expected one of: MovieLens 100K: u.item/,
    );
    expect(() => loadDataset(join(tmpdir(), 'no-such-folder'))).toThrow(InvalidData);
  });
});

describe('a table of interactions', () => {
  const columnsOf = (text: string, name = 'interactions.csv'): readonly (readonly number[])[] => {
    const { ratings } = loadDataset(folderOf({ [name]: text }));
    return [[...ratings.users], [...ratings.films], [...ratings.ratings], [...ratings.times]];
  };

  test.each([
    ['user,item,rating,time'],
    ['user_id,item_id,score,timestamp'],
    ['userId,movieId,stars,date'],
    ['UID,IID,Rating,Timestamp'],
    ['user,film,rating,time'],
    ['user_id:token,item_id:token,rating:float,timestamp:float'],
  ])('knows the header %s, and none', (header) => {
    const body = '7,30,4.5,100\n8,20,2,50\n';
    const expected = [
      [7, 8],
      [30, 20],
      [4.5, 2],
      [100, 50],
    ];
    expect(columnsOf(`${header}\n${body}`)).toEqual(expected);
    expect(columnsOf(body)).toEqual(expected);
    expect(columnsOf(`${header}\n${body}`.replaceAll(',', '\t'), 'interactions.tsv')).toEqual(expected);
  });

  test('columns by name in any order, others left aside; two or three without a header', () => {
    expect(columnsOf('time,title,item,user\n5,"Heat, ""1995""",3,9\n')).toEqual([[9], [3], [1], [5]]);
    expect(columnsOf('9,3\n9,4\n')).toEqual([
      [9, 9],
      [3, 4],
      [1, 1],
      [0, 0],
    ]);
    expect(columnsOf('9\t3\t4\r\n\r\n9\t4\t5\r\n', 'x.tsv')).toEqual([
      [9, 9],
      [3, 4],
      [4, 5],
      [0, 0],
    ]);
  });

  test('ids that are no small numbers are numbered by code unit, whatever the order of rows, and stay as names', () => {
    const rows = ['zoë,Heat', 'Ann,"A, B"', 'ann,Heat', 'zoë,007'];
    const all = [rows, rows.toReversed()].map((lines) => loadDataset(folderOf({ 'x.csv': `${lines.join('\n')}\n` })));
    for (const { name, catalogue, users } of all) {
      expect(name).toBe('interactions');
      expect(catalogue.films.map(({ id, title }) => [id, title])).toEqual([
        [1, 'film 007'],
        [2, 'A, B'],
        [3, 'Heat'],
      ]);
      expect(users.map(({ id, name: named }) => [id, named])).toEqual([
        [1, 'Ann'],
        [2, 'ann'],
        [3, 'zoë'],
      ]);
    }
    expect(element(all, 0).catalogue.digest).toBe(element(all, 1).catalogue.digest);
    // One of them is too large: all are numbered, users for themselves.
    const large = loadDataset(folderOf({ 'x.csv': '5,1000000\n4,12\n' }));
    expect([
      large.catalogue.films.map(({ id, title }) => [id, title]),
      large.users.map(({ id, name }) => [id, name]),
    ]).toEqual([
      [
        [1, 'film 1000000'],
        [2, 'film 12'],
      ],
      [
        [4, null],
        [5, null],
      ],
    ]);
    expect(loadDataset(folderOf({ 'x.csv': '5,999999\n' })).catalogue.films[0]).toMatchObject({
      id: 999_999,
      title: 'film 999999',
    });
  });

  test('ratings that are no stars say who watched what', () => {
    expect(columnsOf('a,b,10\na,c,4\n')[2]).toEqual([1, 1]);
    expect(columnsOf('a,b,-1\na,c,0.25\n')[2]).toEqual([1, 1]);
    expect(loadDataset(folderOf({ 'x.csv': '1,1,5\n1,2,3\n' })).catalogue.films.map(({ quality }) => quality)).toEqual([
      0.091, -0.091,
    ]);
    expect(loadDataset(folderOf({ 'x.csv': '1,1,1\n1,2,1\n' })).catalogue.films.map(({ quality }) => quality)).toEqual([
      0, 0,
    ]);
  });

  test.each([
    ['0', 0],
    ['881250949.5', 881_250_949.5],
    ['8.8e8', 880_000_000],
    ['1970-01-01', 0],
    ['1972-02-29', 68_169_600],
    ['2000-03-01T00:00:00Z', 951_868_800],
    ['1997-09-24 18:30Z', 875_125_800],
    ['1997-09-24T18:30', 875_125_800],
    ['1997-09-24T18:30:15.5+02:00', 875_118_615.5],
    ['1997-09-24T18:30:15-0130', 875_131_215],
    ['2100-12-31', 4_133_894_400],
  ])('the time %s is second %d', (cell, second) => {
    expect(columnsOf(`user,item,time\na,b,${cell}\n`)[3]).toEqual([second]);
  });

  test('dates are those of the calendar', () => {
    assert(
      property(
        date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2106-01-01T00:00:00Z'), noInvalidDate: true }),
        (moment) => {
          expect(secondsOf(moment.toISOString())).toBeCloseTo(moment.getTime() / 1000, 3);
        },
      ),
    );
  });

  test.each([
    '-1',
    '1969-12-31',
    '1970-01-01T00:30:00+01:00',
    '4294967296',
    '881250949000',
    '2001-02-29',
    '2001-13-01',
    '2001-00-01',
    '2001-04-31',
    '2001-01-01T24:00',
    'yesterday',
    ' ',
    'NaN',
    '1e99',
  ])('%j is no time', (cell) => {
    expect(faultsOf({ 'x.csv': `user,item,time\na,b,${cell}\n` })).toEqual([
      `x.csv:2 ${cell} | seconds since 1970 from 0 to 4294967295, or a date such as 1997-09-24 or 1997-09-24T18:30:00Z`,
    ]);
  });

  test('all faults at once, with file and line', () => {
    expect(
      faultsOf({
        'interactions.csv':
          'user,item,rating,time\na,x,NaN,5\n,x,3,5\nb, ,3,5\nb,x,,5\nb,x,3,-5\nb,x\nb,x,3,5,7\nb,x,3,5\n',
      }),
    ).toEqual([
      'interactions.csv:2 NaN | a number',
      'interactions.csv:3  | a user',
      'interactions.csv:4   | an item',
      'interactions.csv:5  | a number',
      'interactions.csv:6 -5 | seconds since 1970 from 0 to 4294967295, ' +
        'or a date such as 1997-09-24 or 1997-09-24T18:30:00Z',
      'interactions.csv:7 b,x | 4 fields, as in the first row',
      'interactions.csv:8 b,x,3,5,7 | 4 fields, as in the first row',
    ]);
  });

  test.each([
    ['', 'x.csv:0  | at least one row'],
    ['\n \n', 'x.csv:0  | at least one row'],
    ['user,item\n', 'x.csv:0  | at least one row below the header'],
    [
      'user,product\na,b\n',
      'x.csv:1 user,product | a header with the columns item (or itemid, item, iid, movieid, filmid, movie, film)',
    ],
    [
      'rating,time\n3,5\n',
      'x.csv:1 rating,time | a header with the columns user (or userid, user, uid, username) ' +
        'and item (or itemid, item, iid, movieid, filmid, movie, film)',
    ],
    ['a\nb\n', 'x.csv:1 a | user, item, and optionally rating and time, or a header that says which column is which'],
    [
      'a;b;3\n',
      'x.csv:1 a;b;3 | user, item, and optionally rating and time, or a header that says which column is which',
    ],
    [
      'a,b,c,d,e\n',
      'x.csv:1 a,b,c,d,e | user, item, and optionally rating and time, or a header that says which column is which',
    ],
  ])('%j is none', (text, fault) => {
    expect(faultsOf({ 'x.csv': text })).toEqual([fault]);
  });

  test('a quote that never closes', () => {
    expect(faultsOf({ 'x.csv': 'a,"b\nc,d\n' })[0]).toMatch(/^x.csv:\d .*CSV as in RFC 4180/);
  });

  test('which file of a folder it is; known formats come first', () => {
    const loaded = (files: { readonly [name: string]: string }): number =>
      loadDataset(folderOf(files)).ratings.users.length;
    expect(loaded({ 'interactions.tsv': '1\t1\n', 'other.csv': 'x\n', 'notes.txt': '' })).toBe(1);
    expect(loaded({ 'ratings.csv': 'userId,movieId,rating,timestamp\n1,1,3,5\n', 'README.md': '' })).toBe(1);
    for (const files of [
      { 'a.csv': '1,1\n', 'b.csv': '1,1\n' },
      { 'interactions.csv': '1,1\n', 'interactions.tsv': '1\t1\n' },
    ]) {
      expect(faultsOf(files)[0]).toMatch(
        /one of: MovieLens 100K: .*interactions.csv or interactions.tsv, or the only .csv or .tsv file/,
      );
    }
    expect(loadDataset(folderOf({ ...small100k, 'interactions.csv': 'broken' })).name).toBe('ml-100k');
  });

  test('a file by itself: its ending says what it is', () => {
    const folder = folderOf({ 'mine.TSV': '1\t1\n', 'mine.txt': '1\t1\n' });
    expect(loadDataset(join(folder, 'mine.TSV')).users.map(({ id }) => id)).toEqual([1]);
    expect(() => loadDataset(join(folder, 'mine.txt'))).toThrow(
      /"mine.txt", expected a table of interactions in a file that ends in .csv or .tsv, or a folder of data/,
    );
    expect(() => loadDataset(join(folder, 'no.csv'))).toThrow(/"ENOENT", expected a folder or a file that can be read/);
  });
});

describe('titles', () => {
  test.each([
    ['Matrix, The (1999)', 'The Matrix', 1999],
    ['Toy Story (1995)', 'Toy Story', 1995],
    ['Seven (Se7en) (1995)', 'Seven (Se7en)', 1995],
    [
      'City of Lost Children, The (Cité des enfants perdus, La) (1995)',
      'The City of Lost Children (Cité des enfants perdus, La)',
      1995,
    ],
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
    const catalogue = new FilmCatalogue(
      [5, 2, 9].map((id) => ({ ...filmWithId(id), title: id === 9 ? 'Other' : 'Emma', year: 1996 })),
    );
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
      expect([
        film.title === '',
        film.year < 1880,
        film.genres.length,
        film.people.length,
        film.description === '',
      ]).toEqual([false, false, expect.any(Number), expect.any(Number), false]);
    }
    expect(sharedTitles(catalogue)).toEqual([]);
  });
});

test('parseFilms names its file', () => {
  expect(() => parseFilms('mine.csv', 'id,title\nx,y\n')).toThrow(
    'mine.csv:2: "x", expected an integer from 0 to 2147483647',
  );
});
