/** What SQLite's errors mean for a store: damaged, full, or out of reach. Each message names the file. */
import { StoreError, type StoreErrorCode } from '../../ports/store-error.ts';

/** Primary result codes, and the extended I/O codes that mean "no space" (sqlite.org/rescode.html). */
const FULL = 13;
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);
const IO_ERROR = 10;
const IO_NO_SPACE: ReadonlySet<number> = new Set([778, 1034, 1290, 1546, 4874]);
const IO_SHORT_READ: ReadonlySet<number> = new Set([266, 522, 8458, 33]);
const BUSY: ReadonlySet<number> = new Set([5, 6]);

/** The StoreError for whatever the engine threw; errors that are not the engine's are given back as they are. */
export function storeErrorOf(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const { rawCode } = error as Error & { readonly rawCode?: unknown };
  if (typeof rawCode !== 'number') {
    if (!/Unable to open|ConnectionFailed/.test(error.message)) return error;
    return new StoreError(
      'STORE_UNREACHABLE',
      `${path}: cannot be opened; expected a store file that may be read and written`,
      { cause: error },
    );
  }
  const [code, what] = meaningOf(rawCode, error.message);
  return new StoreError(code, `${path}: ${what}`, { cause: error });
}

function meaningOf(rawCode: number, message: string): readonly [StoreErrorCode, string] {
  const primary = rawCode & 0xff;
  if (DAMAGED.has(primary)) return ['STORE_CORRUPT', `is damaged (${message}); expected an intact Rashomon store`];
  if (primary === FULL || IO_NO_SPACE.has(rawCode))
    return ['STORE_FULL', `no space left (${message}); nothing was written`];
  if (primary === IO_ERROR && IO_SHORT_READ.has(rawCode))
    return ['STORE_CORRUPT', `cannot be read through (${message}); expected a whole file`];
  if (BUSY.has(primary)) return ['STORE_UNREACHABLE', 'stays locked by another process'];
  return ['STORE_UNREACHABLE', message];
}

/** Something in the file contradicts what the store wrote. */
export function corrupt(path: string, what: string, cause?: unknown): StoreError {
  return new StoreError('STORE_CORRUPT', `${path}: ${what}`, cause === undefined ? {} : { cause });
}
