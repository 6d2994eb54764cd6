/**
 * One SQLite file through libsql: cached statements, transactions, and errors in the store's words.
 *
 * Three habits of libsql are dealt with here. A lone byte array as parameters ends the process, so
 * parameters always go as one list. Text that is not UTF-8 (a damaged file) ends the process too, so
 * statements select text as a blob and {@link textOf} decodes it. And a connection closes only when
 * its statements are collected, so closing first leaves write-ahead logging: what is left is one file.
 */
import Database from 'libsql';
import { pathToFileURL } from 'node:url';
import { StoreError } from '../../ports/store-error.ts';
import { corrupt, storeErrorOf } from './sqlite-errors.ts';

export type SqlValue = number | string | Uint8Array | null;
export type SqlRow = readonly unknown[];
type Statement = ReturnType<InstanceType<typeof Database>['prepare']>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * How a file is opened. To read never changes the file. Frozen is for one that nobody can be writing: nothing beside
 * it is looked at, and no lock is taken.
 */
export type FileAccess = 'write' | 'read' | 'frozen';

export class SqliteFile {
  readonly path: string;
  readonly #database: InstanceType<typeof Database>;
  readonly #statements = new Map<string, Statement>();
  readonly #access: FileAccess;
  #open = true;

  /** @throws StoreError STORE_UNREACHABLE when the file cannot be opened or made */
  constructor(path: string, busyMsMax: number, access: FileAccess = 'write') {
    this.path = path;
    this.#access = access;
    this.#database = this.#try(() => new Database(locationOf(path, access), { timeout: busyMsMax }));
  }

  exec(sql: string): void {
    this.#try(() => this.#database.exec(sql));
  }

  all(sql: string, ...values: readonly SqlValue[]): SqlRow[] {
    return this.#try(() => this.#statement(sql).all(values) as SqlRow[]);
  }

  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined {
    return this.#try(() => this.#statement(sql).get(values) as SqlRow | undefined);
  }

  /** @returns the row id of the row inserted last, and how many rows were changed */
  run(sql: string, ...values: readonly SqlValue[]): { readonly id: number; readonly changes: number } {
    return this.#try(() => {
      const { lastInsertRowid, changes } = this.#statement(sql).run(values);
      return { id: Number(lastInsertRowid), changes };
    });
  }

  /** Runs the action with the right to write, and keeps all that it wrote or nothing. */
  transaction<T>(action: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const value = action();
      this.exec('COMMIT');
      return value;
    } catch (error) {
      // A full disk has rolled back already.
      if (this.#database.inTransaction) this.exec('ROLLBACK');
      throw error;
    }
  }

  /** The text of a column that was selected as a blob. */
  textOf(value: unknown, what: string): string {
    try {
      return utf8.decode(value as Uint8Array);
    } catch (error) {
      throw corrupt(this.path, `${what} is not text`, error);
    }
  }

  /** Lets go of the file without writing to it. */
  abandon(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#statements.clear();
    this.#database.close();
  }

  close(): void {
    if (!this.#open) return;
    if (this.#access !== 'write') return this.abandon();
    try {
      this.#database.exec('PRAGMA busy_timeout = 0');
      this.#statement('PRAGMA wal_checkpoint(TRUNCATE)').get([]);
      this.#statement('PRAGMA journal_mode = DELETE').get([]);
    } catch {
      // Another process uses the file, or there is no space: whoever closes or opens it next tidies up.
    }
    this.abandon();
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    if (statement.reader) statement.raw();
    this.#statements.set(sql, statement);
    return statement;
  }

  #try<T>(action: () => T): T {
    if (!this.#open) throw new StoreError('STORE_UNREACHABLE', `${this.path}: the store was closed`);
    try {
      return action();
    } catch (error) {
      throw storeErrorOf(error, this.path);
    }
  }
}

/** libsql has no option for it, but SQLite reads addresses. */
export function locationOf(path: string, access: FileAccess): string {
  if (access === 'write') return path;
  return `${pathToFileURL(path).href}?${access === 'read' ? 'mode=ro' : 'immutable=1'}`;
}
