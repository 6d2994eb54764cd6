/** The store contract, passed by every store that needs no server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../src/adapters/memory-store.ts';
import { openSqliteStore } from '../src/adapters/sqlite-store.ts';
import { storeContract } from '../src/testing/store-contract.ts';
import type { StoreHarness } from '../src/testing/store-harness.ts';

const memory: StoreHarness = {
  async open() {
    const store = memoryStore();
    return { store, reopen: async () => store, dispose: () => store.close() };
  },
};

const sqlite: StoreHarness = {
  async open() {
    const directory = mkdtempSync(join(tmpdir(), 'rashomon-store-'));
    const path = join(directory, 'runs.rashomon');
    const store = openSqliteStore(path);
    return {
      store,
      reopen: async () => openSqliteStore(path),
      async dispose() {
        await store.close();
        rmSync(directory, { recursive: true });
      },
    };
  },
};

describe('the contract', () => {
  const cases = [...storeContract('memory', memory), ...storeContract('sqlite', sqlite)];
  test.each(cases.map(({ name, run }) => [name, run] as const))(
    '%s',
    async (_, run) => {
      await expect(run()).resolves.toBeUndefined();
    },
    30_000,
  );
});
