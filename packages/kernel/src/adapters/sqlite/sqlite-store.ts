/**
 * The embedded store: one SQLite file, no server. Everything in it is synchronous: no other task of this process can
 * come between the statements of a call.
 */
import type { Store } from '../../ports/store.ts';
import { RunChanges } from '../run-changes.ts';
import { SqliteAnswers } from './sqlite-answers.ts';
import { SqliteArtefacts } from './sqlite-artefacts.ts';
import { SqliteLeases } from './sqlite-leases.ts';
import { SqliteLog } from './sqlite-log.ts';
import { SqliteRuns } from './sqlite-runs.ts';
import { openStoreFile, type SqliteStoreOptions } from './sqlite-schema.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';

/**
 * Opens a store file, or makes it.
 * @throws StoreError STORE_UNREACHABLE (missing, a directory, no permission), STORE_CORRUPT (no store,
 *   or one of a newer engine; the file is left as it is), STORE_FULL
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const file = openStoreFile(path, options);
  const runs = new SqliteRuns(file);
  const changes = new RunChanges();
  const leases = new SqliteLeases(file.path, runs);
  return {
    log: new SqliteLog(file, runs, changes),
    runs,
    artefacts: new SqliteArtefacts(file),
    answers: new SqliteAnswers(file),
    snapshots: new SqliteSnapshots(file, runs),
    leases,
    async close() {
      changes.endAll();
      await leases.releaseAll();
      file.close();
    },
  };
}
