/** Who watched what, each pair once, in compressed rows: the form in which the trainers read interactions. */
import { type ByteReader, type ByteWriter, type Interactions, MalformedBytes } from '@rashomon/kernel';
import { IdIndex } from './id-index.ts';
import { readInts, writeWords } from '../models/model-bytes.ts';

/** Row r holds the columns columns[offsets[r]] … columns[offsets[r + 1] - 1], ascending. */
export interface CompressedRows {
  /** One more than there are rows. */
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
}

/** Agents that watched something, with the films they watched: rows are agent indices, columns film indices. */
export interface Histories extends CompressedRows {
  readonly agents: IdIndex;
}

/**
 * The histories in the first `count` interactions. A film watched twice counts once; films outside the
 * index are left out. O(interactions + films + agents): sorted by counting, by film and then by agent.
 */
export function historiesOf(interactions: Interactions, count: number, films: IdIndex): Histories {
  const agents = IdIndex.among(interactions.agents, count);
  const byFilm = gather(interactions.films, interactions.agents, count, { rows: films, columns: agents });
  // Films ascending within each agent, because the films are visited in order.
  const all = transpose(byFilm, agents.size);
  return { agents, ...withoutRepeats(all) };
}

function gather(
  rowIds: readonly number[],
  columnIds: readonly number[],
  count: number,
  index: { readonly rows: IdIndex; readonly columns: IdIndex },
): CompressedRows {
  const offsets = new Int32Array(index.rows.size + 1);
  const rowOf = new Int32Array(count);
  for (let entry = 0; entry < count; entry++) {
    const row = index.rows.indexOf(rowIds[entry] as number);
    rowOf[entry] = row;
    if (row >= 0) offsets[row + 1] = (offsets[row + 1] as number) + 1;
  }
  for (let row = 0; row < index.rows.size; row++)
    offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number);
  const next = offsets.slice();
  const columns = new Int32Array(offsets.at(-1) as number);
  for (let entry = 0; entry < count; entry++) {
    const row = rowOf[entry] as number;
    if (row < 0) continue;
    const at = next[row] as number;
    next[row] = at + 1;
    columns[at] = index.columns.indexOf(columnIds[entry] as number);
  }
  return { offsets, columns };
}

/** Columns become rows; the new columns ascend within each row. */
export function transpose({ offsets, columns }: CompressedRows, size: number): CompressedRows {
  const turned = new Int32Array(size + 1);
  for (let at = 0; at < columns.length; at++)
    turned[(columns[at] as number) + 1] = (turned[(columns[at] as number) + 1] as number) + 1;
  for (let row = 0; row < size; row++) turned[row + 1] = (turned[row + 1] as number) + (turned[row] as number);
  const next = turned.slice();
  const rows = new Int32Array(columns.length);
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const column = columns[at] as number;
      const place = next[column] as number;
      next[column] = place + 1;
      rows[place] = row;
    }
  }
  return { offsets: turned, columns: rows };
}

function withoutRepeats({ offsets, columns }: CompressedRows): CompressedRows {
  const kept = new Int32Array(offsets.length);
  const distinct = new Int32Array(columns.length);
  let size = 0;
  for (let row = 0; row + 1 < offsets.length; row++) {
    let last = -1;
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const column = columns[at] as number;
      if (column !== last) distinct[size++] = column;
      last = column;
    }
    kept[row + 1] = size;
  }
  return { offsets: kept, columns: distinct.slice(0, size) };
}

/** Film indices, ascending; empty for somebody unknown. */
export function watchedBy({ agents, offsets, columns }: Histories, agent: number): Int32Array {
  const row = agents.indexOf(agent);
  return row < 0 ? columns.subarray(0, 0) : columns.subarray(offsets[row], offsets[row + 1]);
}

/** How many agents watched each film. */
export function watchersOf({ columns }: CompressedRows, films: number): Int32Array {
  const watchers = new Int32Array(films);
  for (const film of columns) watchers[film] = (watchers[film] as number) + 1;
  return watchers;
}

/** Where an ascending row holds a number; -1 where it does not. */
export function placeIn(row: Int32Array, wanted: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((row[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return row[low] === wanted ? low : -1;
}

export function writeHistories(to: ByteWriter, { agents, offsets, columns }: Histories): void {
  agents.write(to);
  writeWords(to, offsets);
  writeWords(to, columns);
}

/** @throws MalformedBytes when the rows are not rows of film indices below `films` */
export function readHistories(from: ByteReader, films: number): Histories {
  const agents = IdIndex.read(from);
  const offsets = readInts(from, agents.size + 1);
  for (let row = 0; row < agents.size; row++) {
    if ((offsets[row] as number) > (offsets[row + 1] as number)) throw new MalformedBytes('rows overlap', from.offset);
  }
  if (offsets[0] !== 0) throw new MalformedBytes('rows do not start at 0', from.offset);
  const columns = readInts(from, offsets.at(-1) as number);
  if (columns.some((film) => film < 0 || film >= films)) throw new MalformedBytes('no such film', from.offset);
  return { agents, offsets, columns };
}
