/**
 * The data of RecAgent (github.com/RUC-GSAI/YuLan-Rec, data/): films with one-line descriptions, made-up people
 * and who knows whom. user_1000.csv with relationship_1000.csv where the folder has them, else user.csv with
 * relationship.csv, whose ties are between names.
 */
import { type Dataset, type DatasetUser, type Film, type Tie } from '@rashomon/kernel';
import { CellReader, splitGenres, splitList } from './cells.ts';
import { assembleDataset, Entries, RatingsBuilder } from './dataset-builder.ts';
import { type DataFiles, type DatasetFormat, fileOf } from './dataset-format.ts';
import { parseTitle } from './film-title.ts';
import type { FaultLog } from './invalid-data.ts';
import { csvTable, type Row } from './table.ts';

const AGE_MAX = 150;

function readFilms(files: DataFiles, log: FaultLog): Entries<Film> {
  const table = csvTable('item.csv', fileOf(files, 'item.csv'), [['id'], ['title'], ['genre'], ['description']], log);
  const column = {
    id: table.column('id'),
    title: table.column('title'),
    genre: table.column('genre'),
    description: table.column('description'),
  };
  const cells = new CellReader(table.file, log);
  const films = new Entries<Film>(table.file, log);
  for (const { line, cells: row } of table.rows) {
    const id = cells.integer(line, row[column.id] as string);
    const name = cells.text(line, row[column.title] as string, 'a title');
    if (id === undefined || name === undefined) continue;
    // Descriptions put the title in angle brackets: "<Jumanji>  is a …".
    const description = (row[column.description] as string).replace(/^<([^>]*)>\s*/, '$1 ').trim();
    films.add(line, {
      id,
      ...parseTitle(name),
      genres: splitGenres(row[column.genre] as string),
      people: [],
      description,
      quality: 0,
    });
  }
  return films;
}

function readUsers(file: string, files: DataFiles, log: FaultLog): Entries<DatasetUser> {
  const table = csvTable(file, fileOf(files, file), [['id'], ['name'], ['age'], ['traits'], ['status']], log);
  const cells = new CellReader(table.file, log);
  const users = new Entries<DatasetUser>(table.file, log);
  const features = table.column('feature');
  const cellOf = (row: Row, name: string): string => {
    const column = table.column(name);
    return column < 0 ? '' : (row.cells[column] as string).trim();
  };
  for (const row of table.rows) {
    const id = cells.integer(row.line, cellOf(row, 'id'));
    const name = cells.text(row.line, cellOf(row, 'name'), 'a name');
    const age = cells.integer(row.line, cellOf(row, 'age'), AGE_MAX);
    if (id === undefined || name === undefined || age === undefined) continue;
    users.add(row.line, {
      id,
      name,
      gender: cellOf(row, 'gender') || null,
      age,
      traits: splitList(cellOf(row, 'traits'), ','),
      status: cellOf(row, 'status') || null,
      interests: splitList(cellOf(row, 'interest'), ','),
      features: features < 0 ? null : splitList(cellOf(row, 'feature').toLowerCase(), ';'),
    });
  }
  return users;
}

/** The small file gives a bare 1 where the large one names the relation. */
const relationOf = (text: string): string => (/^\d*$/.test(text) ? 'knows' : text);

/**
 * user_1, user_2, relationship[, closeness]: directed; closeness 1 and the plain word "knows" where the file is silent.
 */
function readTies(file: string, files: DataFiles, users: Entries<DatasetUser>, log: FaultLog): readonly Tie[] {
  const table = csvTable(file, fileOf(files, file), [['user_1'], ['user_2'], ['relationship']], log);
  const cells = new CellReader(table.file, log);
  const byName = idsByName(users);
  const closenessColumn = table.column('closeness');
  const person = (row: Row, column: number): number | undefined => {
    const cell = (row.cells[column] as string).trim();
    const id = /^\d+$/.test(cell) ? Number(cell) : byName.get(cell);
    return id !== undefined && users.byId.has(id)
      ? id
      : cells.fault(row.line, cell, 'the id, or the name borne by one only, of a known user');
  };
  return table.rows.flatMap((row) => {
    const from = person(row, table.column('user_1'));
    const to = person(row, table.column('user_2'));
    const closeness = closenessColumn < 0 ? 1 : cells.number(row.line, row.cells[closenessColumn] as string, 0, 1);
    if (from === undefined || to === undefined || closeness === undefined) return [];
    return [{ from, to, relation: relationOf((row.cells[table.column('relationship')] as string).trim()), closeness }];
  });
}

/** Names that exactly one person bears: any other names nobody. */
function idsByName(users: Entries<DatasetUser>): ReadonlyMap<string, number> {
  const ids = new Map<string, number[]>();
  for (const { id, name } of users.byId.values()) if (name !== null) ids.set(name, [...(ids.get(name) ?? []), id]);
  return new Map([...ids].flatMap(([name, of]) => (of.length === 1 ? [[name, of[0] as number] as const] : [])));
}

function read(files: DataFiles, log: FaultLog): Dataset {
  const films = readFilms(files, log);
  const size = files.has('user_1000.csv') ? '_1000' : '';
  const userFile = `user${size}.csv`;
  if (!files.has(userFile))
    log.add({ file: userFile, line: 0, value: 'missing', expected: 'user_1000.csv or user.csv' });
  const users = files.has(userFile) ? readUsers(userFile, files, log) : new Entries<DatasetUser>(userFile, log);
  const tieFile = `relationship${size}.csv`;
  const ties = files.has(tieFile) ? readTies(tieFile, files, users, log) : [];
  return assembleDataset({
    name: 'recagent',
    films,
    users,
    ratings: new RatingsBuilder().columns(),
    ties,
    graded: false,
  });
}

export const recagent: DatasetFormat = {
  name: 'recagent',
  marks: ['item.csv'],
  optional: ['user_1000.csv', 'user.csv', 'relationship_1000.csv', 'relationship.csv'],
  about: 'RecAgent: item.csv, user_1000.csv or user.csv, optionally relationship_1000.csv or relationship.csv',
  read,
};
