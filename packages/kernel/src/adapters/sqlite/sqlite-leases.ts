/**
 * Leases of the embedded store: the right to write a run as a lock that the operating system takes back when its holder
 * dies.
 *
 * A file beside the store, one per run, is held in an exclusive transaction by a connection of its
 * own: locks of the store itself would refuse readers and writers of other runs. Only SQLite opens
 * that file, because closing any other descriptor of it would drop the lock (POSIX, fcntl).
 */
import Database from 'libsql';
import { statSync, unlinkSync } from 'node:fs';
import type { Leases, WriterLease } from '../../ports/leases.ts';
import { storeErrorOf } from './sqlite-errors.ts';
import { locationOf } from './sqlite-file.ts';
import { runBusy } from '../store-refusals.ts';
import type { SqliteRuns } from './sqlite-runs.ts';

const BUSY = 5;
/** How long somebody who only looks whether a lock is held may be in the way. */
const LOOK_MS_MAX = 50;

export class SqliteLeases implements Leases {
  readonly #storePath: string;
  readonly #runs: SqliteRuns;
  readonly #held = new Set<WriterLease>();

  /** @param storePath the real path of the store: two names of it would be two locks */
  constructor(storePath: string, runs: SqliteRuns) {
    this.#storePath = storePath;
    this.#runs = runs;
  }

  async acquire(id: string): Promise<WriterLease> {
    this.#runs.eventsOf(id);
    const held = acquireLock(this.#storePath, id);
    const lease: WriterLease = {
      release: () => {
        this.#held.delete(lease);
        return held.release();
      },
    };
    this.#held.add(lease);
    return lease;
  }

  async isHeld(id: string): Promise<boolean> {
    return isLocked(lockPathOf(this.#storePath, id));
  }

  async releaseAll(): Promise<void> {
    for (const lease of this.#held) await lease.release();
  }
}

/** @throws StoreError RUN_BUSY when another holds it, in this process or another */
function acquireLock(storePath: string, id: string): WriterLease {
  const path = lockPathOf(storePath, id);
  for (;;) {
    const before = inodeOf(path);
    const connection = lock(path, id);
    // The last holder may have removed the file after it was opened here: such a lock would be on nothing.
    if (before !== undefined && inodeOf(path) === before) return leaseOver(path, connection);
    unlock(connection);
  }
}

/** Reading is refused while another holds the file in an exclusive transaction; nothing is made or written. */
function isLocked(path: string): boolean {
  if (inodeOf(path) === undefined) return false;
  let connection: InstanceType<typeof Database> | undefined;
  try {
    connection = new Database(locationOf(path, 'read'));
    connection.exec('SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    const { rawCode } = error as { readonly rawCode?: unknown };
    if (typeof rawCode === 'number' && (rawCode & 0xff) === BUSY) return true;
    // Removed by its holder in between, which gave it up.
    if (inodeOf(path) === undefined) return false;
    throw storeErrorOf(error, path);
  } finally {
    connection?.close();
  }
}

function lockPathOf(storePath: string, id: string): string {
  return `${storePath}-${encodeURIComponent(id)}.lock`;
}

function lock(path: string, id: string): InstanceType<typeof Database> {
  let connection: InstanceType<typeof Database> | undefined;
  try {
    connection = new Database(path, { timeout: LOOK_MS_MAX });
    // Nothing is ever written: a journal would only be a second file to come and go.
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    const { rawCode } = error as { readonly rawCode?: unknown };
    throw typeof rawCode === 'number' && (rawCode & 0xff) === BUSY ? runBusy(id) : storeErrorOf(error, path);
  }
}

/** Without a prepared statement a connection closes at once; the lock goes first all the same. */
function unlock(connection: InstanceType<typeof Database>): void {
  connection.exec('ROLLBACK');
  connection.close();
}

function leaseOver(path: string, connection: InstanceType<typeof Database>): WriterLease {
  let held = true;
  return {
    async release() {
      if (!held) return;
      held = false;
      try {
        // While the lock is held nobody else can hold one on this file.
        unlinkSync(path);
      } catch {
        // Some systems keep open files: it stays, and is used again.
      }
      unlock(connection);
    },
  };
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
