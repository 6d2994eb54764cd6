/** Snapshots of the embedded store: each with the hash that tells whether it is still what was put. */
import { sha256 } from '../../encoding/sha256.ts';
import type { Snapshot, Snapshots } from '../../ports/snapshots.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { integerOf } from './sqlite-rows.ts';
import type { SqliteRuns } from './sqlite-runs.ts';

const INSERT = 'INSERT OR REPLACE INTO snapshots (run, projection, round, hash, bytes) VALUES (?, ?, ?, ?, ?)';
const LATEST = `
  SELECT round, CAST(hash AS BLOB), bytes FROM snapshots
  WHERE run = ? AND projection = ? AND round <= ? ORDER BY round DESC LIMIT 1`;

export class SqliteSnapshots implements Snapshots {
  readonly #file: SqliteFile;
  readonly #runs: SqliteRuns;

  constructor(file: SqliteFile, runs: SqliteRuns) {
    this.#file = file;
    this.#runs = runs;
  }

  async put(id: string, projection: string, round: number, bytes: Uint8Array): Promise<void> {
    this.#file.run(INSERT, this.#runs.eventsOf(id).key, projection, round, sha256(bytes), bytes);
  }

  async latest(id: string, projection: string, atMostRound: number): Promise<Snapshot | undefined> {
    const row = this.#file.get(LATEST, this.#runs.eventsOf(id).key, projection, atMostRound);
    if (row === undefined) return undefined;
    const [round, hash, bytes] = row;
    const intact =
      bytes instanceof Uint8Array &&
      hash instanceof Uint8Array &&
      sha256(bytes) === Buffer.from(hash).toString('latin1');
    return intact ? { round: integerOf(this.#file, round, 'round of a snapshot'), bytes } : undefined;
  }

  async drop(id: string): Promise<void> {
    this.#file.run('DELETE FROM snapshots WHERE run = ?', this.#runs.eventsOf(id).key);
  }
}
