/**
 * Where the real data is, if anywhere: RASHOMON_DATA, or ../shared/data beside the repository. It may not be
 * redistributed, so the repository does not hold it; tests that need it show as skipped, and why, where it is absent.
 */
import { describe, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const shelf = process.env['RASHOMON_DATA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data');

/** Runs the tests on a folder of real data. */
export function onRealData(folder: string, name: string, body: (path: string) => void): void {
  const path = join(shelf, folder);
  const title = `${name} (real data)`;
  if (existsSync(path)) {
    // oxlint-disable-next-line jest/valid-title -- the caller's
    describe(title, () => {
      body(path);
    });
    return;
  }
  process.stderr.write(`skipped: "${name}", as there is no ${path}; RASHOMON_DATA may name another place\n`);
  // One skipped test stands for all: bodies may read the data while they declare their tests.
  // oxlint-disable-next-line jest/no-disabled-tests, jest/valid-title -- there is nothing to test on
  test['skip'](title, () => body(path));
}

/** A file or folder of the real data. */
export function realData(...names: readonly string[]): string {
  return join(shelf, ...names);
}
