/**
 * The embedded store: one SQLite file, no server. A batch's blocks and its run's progress are one
 * transaction, durable when append resolves. Everything below is synchronous: no other task of this
 * process can come between the statements of a call.
 */
import { packBlocks, type EncodedBlock } from '../encoding/block.ts';
import { sha256 } from '../encoding/sha256.ts';
import type { EventBatch } from '../events/batch.ts';
import type {
  BlockSelection,
  RunHeader,
  RunProgress,
  RunRecord,
  RunStatus,
  Store,
  StoredAnswer,
  WriterLease,
} from '../ports/store.ts';
import { compareAnswers } from './answer-order.ts';
import { boundsOf } from './block-selection.ts';
import { RunChanges } from './run-changes.ts';
import { insertBlock, readBlocks, type StoredEvents } from './sqlite-blocks.ts';
import { corrupt } from './sqlite-errors.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { acquireLease } from './sqlite-lease.ts';
import { ANSWER_COLUMNS, answerOf, integerOf, RUN_COLUMNS, runOf } from './sqlite-rows.ts';
import { openStoreFile, type SqliteStoreOptions } from './sqlite-schema.ts';
import {
  checkAppend,
  checkCreation,
  inOrderOfCreation,
  runExists,
  runNotFound,
  wrongRevision,
} from './store-refusals.ts';

/** How often a subscription looks for what another process appended. */
const POLL_MS = 100;

const EVENTS_OF_RUN = `SELECT key, events, shared_events FROM runs WHERE id = ?`;
const INSERT_RUN =
  'INSERT INTO runs (id, status, events, rounds, digest, metrics, header) VALUES (?, ?, ?, ?, ?, ?, ?)';
const SET_PROGRESS = 'UPDATE runs SET status = ?, events = ?, rounds = ?, digest = ?, metrics = ? WHERE key = ?';
const SET_STATUS = `
  UPDATE runs SET status = ?1, header = CASE WHEN ?2 IS NULL THEN header ELSE json_set(header, '$.plannedRounds', CAST(?2 AS INTEGER)) END
  WHERE id = ?3`;
const LATEST_SNAPSHOTS = `
  SELECT round, CAST(hash AS BLOB), bytes FROM snapshots WHERE run = ? AND projection = ? AND round <= ? ORDER BY round DESC LIMIT 1`;
const INSERT_ANSWER = `
  INSERT INTO answers (root, round, agent, step, attempt, request, answer, tokens_in, tokens_out, price)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (root, round, agent, step, attempt, request) DO NOTHING`;

/**
 * Opens a store file, or makes it.
 * @throws StoreError STORE_UNREACHABLE (missing, a directory, no permission), STORE_CORRUPT (no store,
 *   or one of a newer engine; the file is left as it is), STORE_FULL
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  return new SqliteStore(openStoreFile(path, options));
}

class SqliteStore implements Store {
  readonly #file: SqliteFile;
  readonly #changes = new RunChanges();
  readonly #leases = new Set<WriterLease>();

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async create(header: RunHeader, progress: RunProgress): Promise<void> {
    checkCreation(header, progress);
    const { status, events, rounds, digest, metrics } = progress;
    this.#file.transaction(() => {
      if (this.#file.get(EVENTS_OF_RUN, header.id) !== undefined) throw runExists(header.id);
      this.#file.run(
        INSERT_RUN,
        header.id,
        status,
        events,
        rounds,
        digest,
        JSON.stringify(metrics),
        JSON.stringify(header),
      );
    });
  }

  async run(id: string): Promise<RunRecord | undefined> {
    const row = this.#file.get(`SELECT ${RUN_COLUMNS} FROM runs WHERE id = ?`, id);
    return row && runOf(this.#file, row);
  }

  async runs(): Promise<readonly RunRecord[]> {
    return inOrderOfCreation(this.#file.all(`SELECT ${RUN_COLUMNS} FROM runs`).map((row) => runOf(this.#file, row)));
  }

  async setStatus(id: string, status: RunStatus, plannedRounds?: number): Promise<void> {
    const { changes } = this.#file.run(SET_STATUS, status, plannedRounds ?? null, id);
    if (changes === 0) throw runNotFound(id);
  }

  async acquireWriter(id: string): Promise<WriterLease> {
    this.#events(id);
    const lock = acquireLease(this.#file.path, id);
    const lease: WriterLease = {
      release: () => {
        this.#leases.delete(lease);
        return lock.release();
      },
    };
    this.#leases.add(lease);
    return lease;
  }

  async append(id: string, expectedRevision: number, batch: EventBatch, progress: RunProgress): Promise<void> {
    checkAppend(id, expectedRevision, batch, progress);
    const blocks = packBlocks(batch);
    const { status, events, rounds, digest, metrics } = progress;
    this.#file.transaction(() => {
      const run = this.#events(id);
      if (run.end !== expectedRevision) throw wrongRevision(id, expectedRevision, run.end);
      for (const block of blocks) insertBlock(this.#file, run.key, block);
      this.#file.run(SET_PROGRESS, status, events, rounds, digest, JSON.stringify(metrics), run.key);
    });
    this.#changes.announce(id);
  }

  async *blocks(id: string, selection: BlockSelection = {}): AsyncGenerator<EncodedBlock, void> {
    yield* readBlocks(this.#file, this.#events(id), boundsOf(selection));
  }

  async *subscribe(id: string, from: number, signal: AbortSignal): AsyncGenerator<EncodedBlock, void> {
    this.#events(id);
    yield* this.#changes.follow({ id, from, signal, pollMs: POLL_MS }, (next) => this.blocks(id, { from: next }));
  }

  async putArtefact(digest: string, bytes: Uint8Array): Promise<void> {
    const actual = sha256(bytes);
    if (actual !== digest) throw new RangeError(`artefact hashes to ${actual}, expected ${digest}`);
    this.#file.run(
      'INSERT INTO artefacts (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING',
      digest,
      bytes,
    );
  }

  async artefact(digest: string): Promise<Uint8Array | undefined> {
    const row = this.#file.get('SELECT bytes FROM artefacts WHERE digest = ?', digest);
    if (row === undefined) return undefined;
    const bytes = row[0];
    if (bytes instanceof Uint8Array && sha256(bytes) === digest) return bytes;
    throw corrupt(this.#file.path, `artefact ${digest} is damaged; expected bytes with this SHA-256`);
  }

  async putSnapshot(id: string, projection: string, round: number, bytes: Uint8Array): Promise<void> {
    const { key } = this.#events(id);
    const sql = 'INSERT OR REPLACE INTO snapshots (run, projection, round, hash, bytes) VALUES (?, ?, ?, ?, ?)';
    this.#file.run(sql, key, projection, round, sha256(bytes), bytes);
  }

  async snapshot(
    id: string,
    projection: string,
    atMostRound: number,
  ): Promise<{ readonly round: number; readonly bytes: Uint8Array } | undefined> {
    const { key } = this.#events(id);
    const row = this.#file.get(LATEST_SNAPSHOTS, key, projection, atMostRound);
    if (row === undefined) return undefined;
    const [round, hash, bytes] = row;
    const intact =
      bytes instanceof Uint8Array &&
      hash instanceof Uint8Array &&
      sha256(bytes) === Buffer.from(hash).toString('latin1');
    return intact ? { round: integerOf(this.#file, round, 'round of a snapshot'), bytes } : undefined;
  }

  async dropSnapshots(id: string): Promise<void> {
    const { key } = this.#events(id);
    this.#file.run('DELETE FROM snapshots WHERE run = ?', key);
  }

  async putAnswer(root: string, answer: StoredAnswer): Promise<void> {
    const { round, agent, step, attempt, request, answer: text, tokensIn, tokensOut, price } = answer;
    this.#file.run(INSERT_ANSWER, root, round, agent, step, attempt, request, text, tokensIn, tokensOut, price);
  }

  async answers(root: string, round: number): Promise<readonly StoredAnswer[]> {
    const rows = this.#file.all(`SELECT ${ANSWER_COLUMNS} FROM answers WHERE root = ? AND round = ?`, root, round);
    return rows.map((row) => answerOf(this.#file, row)).sort(compareAnswers);
  }

  async close(): Promise<void> {
    this.#changes.close();
    for (const lease of this.#leases) await lease.release();
    this.#file.close();
  }

  #events(id: string): StoredEvents {
    const row = this.#file.get(EVENTS_OF_RUN, id);
    if (row === undefined) throw runNotFound(id);
    const [key, events, shared] = row.map((value) =>
      integerOf(this.#file, value, `run "${id}", key, events or shared events`),
    );
    return { key: key as number, id, first: shared as number, end: events as number };
  }
}
