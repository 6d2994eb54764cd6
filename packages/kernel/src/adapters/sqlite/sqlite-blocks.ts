/** Blocks in the embedded store: written within the caller's transaction, read page by page. */
import type { EncodedBlock } from '../../encoding/block.ts';
import type { BlockBounds } from '../block-selection.ts';
import { corrupt } from './sqlite-errors.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { BLOCK_COLUMNS, blockOf, integerOf } from './sqlite-rows.ts';

/** Blocks fetched at a time: a megabyte or so. */
const PAGE = 16;

const INSERT_BYTES = 'INSERT INTO block_bytes (hash, bytes) VALUES (?, ?)';
const INSERT_INDEX = `
  INSERT INTO blocks (run, first, count, round_from, round_to, agent_from, agent_to, types, bytes)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const FIRST_AT_OR_BEFORE = 'SELECT max(first) FROM blocks WHERE run = ? AND first <= ?';
const PAGE_OF_BLOCKS = `
  SELECT ${BLOCK_COLUMNS} FROM blocks LEFT JOIN block_bytes ON block_bytes.key = blocks.bytes
  WHERE run = ? AND first >= ? AND first <= ? AND first + count > ?
    AND round_from <= ? AND round_to >= ? AND agent_from <= ? AND agent_to >= ? AND (types & ?) <> 0
  ORDER BY first LIMIT ${PAGE}`;

export function insertBlock(file: SqliteFile, run: number, { index, bytes, hash }: EncodedBlock): void {
  const { id } = file.run(INSERT_BYTES, hash, bytes);
  const { first, count, roundFrom, roundTo, agentFrom, agentTo, types } = index;
  file.run(INSERT_INDEX, run, first, count, roundFrom, roundTo, agentFrom, agentTo, types, id);
}

export interface StoredEvents {
  /** The row of the run. */
  readonly key: number;
  readonly id: string;
  /** The positions of the run's own events: the first one, and the one after the last. */
  readonly first: number;
  readonly end: number;
}

/**
 * The wanted blocks in order. Pages are read by key, one statement each: between two of them no
 * transaction is open, so that a slow reader holds back neither writers nor the write-ahead log.
 * @throws StoreError STORE_CORRUPT, also where a block is missing
 */
export function* readBlocks(file: SqliteFile, run: StoredEvents, bounds: BlockBounds): Generator<EncodedBlock, void> {
  const { from, to, roundFrom, roundTo, agentFrom, agentTo, types } = bounds;
  let key = file.get(FIRST_AT_OR_BEFORE, run.key, from)?.[0] ?? from;
  let next = Math.max(from, run.first);
  for (;;) {
    const start = integerOf(file, key, 'position of a block');
    const page = file.all(PAGE_OF_BLOCKS, run.key, start, to, from, roundTo, roundFrom, agentTo, agentFrom, types);
    for (const row of page) {
      const block = blockOf(file, row);
      const { first, count } = block.index;
      const gap = bounds.gapless && (first > next || first + count <= next);
      if (gap) throw missing(file, run.id, next);
      next = first + count;
      key = next;
      yield block;
    }
    if (page.length < PAGE) break;
  }
  if (bounds.gapless && next < Math.min(run.end, to + 1)) throw missing(file, run.id, next);
}

function missing(file: SqliteFile, id: string, position: number): Error {
  return corrupt(file.path, `run "${id}", position ${position}: this event's block is missing`);
}
