/**
 * The file of the embedded store: its tables, and how it is opened and made.
 *
 * The header of the file carries an application id and the schema's version, so that no foreign and
 * no newer file is ever written to. A run's header and totals are stored once, as JSON; its readable
 * columns and the view of its metrics are computed from them. Block indices stand apart from the
 * bytes, so that looking for an agent's blocks reads no event.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StoreError } from '../../ports/store-error.ts';
import { corrupt } from './sqlite-errors.ts';
import { SqliteFile } from './sqlite-file.ts';

/** "RASH" in ASCII. */
const APPLICATION_ID = 0x52415348;
const SCHEMA_VERSION = 1;
/** The header of a SQLite database; no smaller file is one. */
const HEADER_BYTES = 100;
const BUSY_MS_MAX = 10_000;
const PAUSE_MS = 5;

const SCHEMA = `
CREATE TABLE runs (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  events INTEGER NOT NULL,
  rounds INTEGER NOT NULL,
  digest TEXT NOT NULL,
  metrics TEXT NOT NULL,
  header TEXT NOT NULL,
  name TEXT GENERATED ALWAYS AS (header ->> 'name') VIRTUAL,
  parent TEXT GENERATED ALWAYS AS (header ->> 'parent') VIRTUAL,
  root TEXT GENERATED ALWAYS AS (header ->> 'root') VIRTUAL,
  fork_round INTEGER GENERATED ALWAYS AS (header ->> 'forkRound') VIRTUAL,
  shared_events INTEGER GENERATED ALWAYS AS (header ->> 'sharedEvents') VIRTUAL,
  interventions TEXT GENERATED ALWAYS AS (header -> 'interventions') VIRTUAL,
  planned_rounds INTEGER GENERATED ALWAYS AS (header ->> 'plannedRounds') VIRTUAL,
  seed INTEGER GENERATED ALWAYS AS (header ->> 'seed') VIRTUAL,
  agents INTEGER GENERATED ALWAYS AS (header ->> 'agents') VIRTUAL,
  recommender TEXT GENERATED ALWAYS AS (header ->> 'recommender') VIRTUAL,
  mind TEXT GENERATED ALWAYS AS (header ->> 'mind') VIRTUAL,
  created_at TEXT GENERATED ALWAYS AS (header ->> 'createdAt') VIRTUAL
) STRICT;

CREATE VIEW metrics AS
  SELECT runs.id AS run, entry.key AS name, entry.value AS value FROM runs, json_each(runs.metrics) AS entry;

CREATE TABLE block_bytes (
  key INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE blocks (
  run INTEGER NOT NULL REFERENCES runs (key),
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  round_from INTEGER NOT NULL,
  round_to INTEGER NOT NULL,
  agent_from INTEGER NOT NULL,
  agent_to INTEGER NOT NULL,
  types INTEGER NOT NULL,
  bytes INTEGER NOT NULL REFERENCES block_bytes (key),
  PRIMARY KEY (run, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE artefacts (
  digest TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE snapshots (
  run INTEGER NOT NULL REFERENCES runs (key),
  projection TEXT NOT NULL,
  round INTEGER NOT NULL,
  hash TEXT NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (run, projection, round)
) STRICT;

CREATE TABLE answers (
  root TEXT NOT NULL,
  round INTEGER NOT NULL,
  agent INTEGER NOT NULL,
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  price INTEGER NOT NULL,
  UNIQUE (root, round, agent, step, attempt, request)
) STRICT;

PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;

export interface SqliteStoreOptions {
  /** Whether a missing file is made; true unless told otherwise. */
  readonly create?: boolean;
  /** Only to be looked at: nothing is written and no right to write is needed; no file is made. */
  readonly readonly?: boolean;
  /** The most pages the file may have: a full disk, for tests. */
  readonly maxPages?: number;
}

/**
 * Opens the file, or makes it.
 * @throws StoreError STORE_UNREACHABLE when it is missing, a directory or may not be touched;
 *   STORE_CORRUPT when it is no store of this or an older version. Such a file is left as it is.
 */
export function openStoreFile(path: string, options: SqliteStoreOptions): SqliteFile {
  const { readonly = false, create = !readonly, maxPages } = options;
  const real = resolve(path, create);
  if (readonly) return openToLook(real);
  const file = new SqliteFile(real, BUSY_MS_MAX);
  try {
    if (!isStore(file)) {
      if (!create) throw corrupt(real, 'is empty; expected a Rashomon store');
      makeStore(file);
    }
    checkLength(file);
    toWriteAheadLog(file);
    file.exec('PRAGMA synchronous = FULL');
    if (maxPages !== undefined) file.get(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
    return file;
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** Opens the file without a right to write it. */
function openToLook(path: string): SqliteFile {
  try {
    return looked(new SqliteFile(path, BUSY_MS_MAX, 'read'));
  } catch (error) {
    // Left in write-ahead logging, in a folder where nothing may be made beside it: with an empty log nobody writes it.
    const ahead = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (ahead > 0 || !(error instanceof StoreError) || error.code !== 'STORE_UNREACHABLE') throw error;
    return looked(new SqliteFile(path, BUSY_MS_MAX, 'frozen'));
  }
}

function looked(file: SqliteFile): SqliteFile {
  try {
    if (!isStore(file)) throw corrupt(file.path, 'is empty; expected a Rashomon store');
    checkLength(file);
    return file;
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** The one true path: two names of a file must give one writer's lock. */
function resolve(path: string, create: boolean): string {
  if (existsSync(path)) {
    if (!statSync(path).isFile())
      throw new StoreError('STORE_UNREACHABLE', `${path}: is no file; expected a store file`);
    return realpathSync(path);
  }
  if (!create) throw new StoreError('STORE_UNREACHABLE', `${path}: no such file; expected a Rashomon store`);
  const directory = dirname(path);
  if (!existsSync(directory))
    throw new StoreError('STORE_UNREACHABLE', `${path}: cannot be made; there is no directory ${directory}`);
  return join(realpathSync(directory), basename(path));
}

/**
 * Whether the file is a store already; false for one without any content. SQLite takes a file of a
 * few bytes for an empty one; here it is a foreign file.
 * @throws StoreError STORE_CORRUPT for anything else
 */
function isStore(file: SqliteFile): boolean {
  const size = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < HEADER_BYTES) throw corrupt(file.path, `is ${size} bytes long; expected a Rashomon store`);
  const application = file.get('PRAGMA application_id')?.[0];
  const version = file.get('PRAGMA user_version')?.[0];
  if (application === 0 && version === 0 && file.get('SELECT count(*) FROM sqlite_schema')?.[0] === 0) return false;
  if (application !== APPLICATION_ID)
    throw corrupt(file.path, 'is a SQLite database of another program; expected a Rashomon store');
  if (typeof version !== 'number' || version < 1 || version > SCHEMA_VERSION) {
    throw corrupt(file.path, `has store version ${String(version)}; this engine knows versions 1 to ${SCHEMA_VERSION}`);
  }
  return true;
}

/**
 * SQLite notices a file that is short by whole pages only.
 * @throws StoreError STORE_CORRUPT
 */
function checkLength(file: SqliteFile): void {
  const expected = Number(file.get('PRAGMA page_count')?.[0]) * Number(file.get('PRAGMA page_size')?.[0]);
  // Pages may still be in the write-ahead log. Looked at in this order: no writer can slip in between.
  const ahead = statSync(`${file.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const size = statSync(file.path).size;
  if (ahead === 0 && size < expected) throw corrupt(file.path, `is cut short: ${size} bytes, expected ${expected}`);
}

function makeStore(file: SqliteFile): void {
  file.transaction(() => {
    // Another process may have made it meanwhile.
    if (!isStore(file)) file.exec(SCHEMA);
  });
}

/** Readers never wait for the writer then. The switch itself needs the file for a moment. */
function toWriteAheadLog(file: SqliteFile): void {
  const until = Date.now() + BUSY_MS_MAX;
  for (;;) {
    try {
      file.get('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'STORE_UNREACHABLE' || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
