/** The run registry of the embedded store: a row a run, its header and totals as JSON. */
import type { RunHeader, RunProgress, RunRecord, RunRegistry, RunStatus } from '../../ports/run-registry.ts';
import { checkCreation, inOrderOfCreation, runExists, runNotFound } from '../store-refusals.ts';
import type { StoredEvents } from './sqlite-blocks.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { integerOf, RUN_COLUMNS, runOf } from './sqlite-rows.ts';

const EVENTS_OF_RUN = `SELECT key, events, shared_events FROM runs WHERE id = ?`;
const INSERT_RUN =
  'INSERT INTO runs (id, status, events, rounds, digest, metrics, header) VALUES (?, ?, ?, ?, ?, ?, ?)';
const SET_PROGRESS = 'UPDATE runs SET status = ?, events = ?, rounds = ?, digest = ?, metrics = ? WHERE key = ?';
const HEADER_WITH_ROUNDS = `json_set(header, '$.plannedRounds', CAST(?2 AS INTEGER))`;
const SET_STATUS = `
  UPDATE runs SET status = ?1, header = CASE WHEN ?2 IS NULL THEN header ELSE ${HEADER_WITH_ROUNDS} END
  WHERE id = ?3`;

export class SqliteRuns implements RunRegistry {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async create(header: RunHeader, progress: RunProgress): Promise<void> {
    checkCreation(header, progress);
    const { status, events, rounds, digest, metrics } = progress;
    const texts = [JSON.stringify(metrics), JSON.stringify(header)];
    this.#file.transaction(() => {
      if (this.#file.get(EVENTS_OF_RUN, header.id) !== undefined) throw runExists(header.id);
      this.#file.run(INSERT_RUN, header.id, status, events, rounds, digest, ...texts);
    });
  }

  async find(id: string): Promise<RunRecord | undefined> {
    const row = this.#file.get(`SELECT ${RUN_COLUMNS} FROM runs WHERE id = ?`, id);
    return row && runOf(this.#file, row);
  }

  async list(): Promise<readonly RunRecord[]> {
    return inOrderOfCreation(this.#file.all(`SELECT ${RUN_COLUMNS} FROM runs`).map((row) => runOf(this.#file, row)));
  }

  async setStatus(id: string, status: RunStatus, plannedRounds?: number): Promise<void> {
    const { changes } = this.#file.run(SET_STATUS, status, plannedRounds ?? null, id);
    if (changes === 0) throw runNotFound(id);
  }

  /** For the event log, within its transaction. */
  setProgress(key: number, { status, events, rounds, digest, metrics }: RunProgress): void {
    this.#file.run(SET_PROGRESS, status, events, rounds, digest, JSON.stringify(metrics), key);
  }

  /** Where a run's own events lie. @throws StoreError RUN_NOT_FOUND */
  eventsOf(id: string): StoredEvents {
    const row = this.#file.get(EVENTS_OF_RUN, id);
    if (row === undefined) throw runNotFound(id);
    const [key, events, shared] = row.map((value) =>
      integerOf(this.#file, value, `run "${id}", key, events or shared events`),
    );
    return { key: key as number, id, first: shared as number, end: events as number };
  }
}
