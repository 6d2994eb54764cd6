/** Rows of the embedded store to values, with a check of all that a damaged file could hold instead. */
import type { BlockIndex, EncodedBlock } from '../../encoding/block.ts';
import type { StoredAnswer } from '../../ports/answers.ts';
import type { RunHeader, RunProgress, RunRecord } from '../../ports/run-registry.ts';
import { corrupt } from './sqlite-errors.ts';
import type { SqliteFile, SqlRow } from './sqlite-file.ts';

/** Text is selected as a blob: see {@link SqliteFile}. */
export const RUN_COLUMNS =
  'key, CAST(header AS BLOB), events, rounds, CAST(digest AS BLOB), CAST(status AS BLOB), CAST(metrics AS BLOB)';

export function runOf(file: SqliteFile, [key, header, events, rounds, digest, status, metrics]: SqlRow): RunRecord {
  const what = `run in row ${String(key)}`;
  const progress: RunProgress = {
    events: integerOf(file, events, `${what}, events`),
    rounds: integerOf(file, rounds, `${what}, rounds`),
    digest: file.textOf(digest, `${what}, digest`),
    // Written by this store alone, as the type says.
    status: file.textOf(status, `${what}, status`) as RunProgress['status'],
    metrics: jsonOf(file, metrics, `${what}, metrics`) as RunProgress['metrics'],
  };
  return { header: jsonOf(file, header, `${what}, header`) as RunHeader, progress };
}

export const BLOCK_COLUMNS =
  'first, count, round_from, round_to, agent_from, agent_to, types, CAST(block_bytes.hash AS BLOB), block_bytes.bytes';

export function blockOf(file: SqliteFile, row: SqlRow): EncodedBlock {
  const first = integerOf(file, row[0], 'position of a block');
  const number = (column: number, name: string): number =>
    integerOf(file, row[column], `block at position ${first}, ${name}`);
  const bytes = row[8];
  if (!(bytes instanceof Uint8Array))
    throw corrupt(file.path, `position ${first}: the bytes of this block are missing`);
  const index: BlockIndex = {
    first,
    count: number(1, 'count'),
    roundFrom: number(2, 'round_from'),
    roundTo: number(3, 'round_to'),
    agentFrom: number(4, 'agent_from'),
    agentTo: number(5, 'agent_to'),
    types: number(6, 'types'),
  };
  return { index, bytes, hash: file.textOf(row[7], `block at position ${first}, hash`) };
}

export const ANSWER_COLUMNS =
  'round, agent, step, attempt, CAST(request AS BLOB), CAST(answer AS BLOB), tokens_in, tokens_out, price';

export function answerOf(file: SqliteFile, row: SqlRow): StoredAnswer {
  const number = (column: number): number => integerOf(file, row[column], `answer, column ${column}`);
  return {
    round: number(0),
    agent: number(1),
    step: number(2),
    attempt: number(3),
    request: file.textOf(row[4], 'request of an answer'),
    answer: file.textOf(row[5], 'answer'),
    tokensIn: number(6),
    tokensOut: number(7),
    price: number(8),
  };
}

export function integerOf(file: SqliteFile, value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw corrupt(file.path, `${what} is ${String(value)}, expected an integer`);
}

function jsonOf(file: SqliteFile, value: unknown, what: string): unknown {
  const source = file.textOf(value, what);
  try {
    return JSON.parse(source);
  } catch (error) {
    throw corrupt(file.path, `${what} is not JSON`, error);
  }
}
