/** The embedded store under violence: killed writers, rival processes, full disks, damaged files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { SqliteFile } from '../src/adapters/sqlite/sqlite-file.ts';
import { openSqliteStore } from '../src/adapters/sqlite/sqlite-store.ts';
import { DamagedBlock, type EncodedBlock, openBlock, packBlocks } from '../src/encoding/block.ts';
import { sha256 } from '../src/encoding/sha256.ts';
import { LuckOf } from '../src/luck/luck.ts';
import type { Store } from '../src/ports/store.ts';
import { StoreError } from '../src/ports/store-error.ts';
import {
  appendNext,
  batchSizeAt,
  blocksOf,
  eventsOf,
  plainBatch,
  sampleAnswer,
  sampleHeader,
  sampleProgress,
  storeRun,
} from '../src/testing/store-records.ts';

const directory = mkdtempSync(join(tmpdir(), 'rashomon-faults-'));
const writer = fileURLToPath(new URL('./fixtures/store-writer.mjs', import.meta.url));
const children = new Set<ChildProcess>();
let files = 0;
/** An arbitrary 32-bit number that is the same in every run. */
const word = (seed: number, agent: number, number: number): number =>
  new LuckOf(seed, agent, 0).for('training').word(number);
const newPath = (): string => join(directory, `${files++}.rashomon`);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Writer {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves when the process has printed so many lines, or ended. */
  said(lines: number): Promise<void>;
  /** Resolves with its standard error when all of its output has arrived. */
  readonly ended: Promise<string>;
}

const startWriter = (...words: readonly string[]): Writer => startProcess(words);

/** Looks at a store as somebody who has no rights beyond those that a file gives to everybody. */
const startReader = (path: string): Writer =>
  startProcess(['look', path, 'a'], process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {});

function startProcess(words: readonly string[], who: { readonly uid?: number; readonly gid?: number } = {}): Writer {
  const child = spawn(process.execPath, [writer, ...words], { stdio: ['ignore', 'pipe', 'pipe'], ...who });
  children.add(child);
  const lines: string[] = [];
  const heard = new Set<() => void>();
  const hear = (): void => heard.forEach((wake) => wake());
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    hear();
  });
  let complaints = '';
  child.stderr.on('data', (data: Buffer) => {
    complaints += data.toString();
  });
  let over = false;
  const ended = once(child, 'close').then(() => {
    over = true;
    hear();
    return complaints;
  });
  const said = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        if (lines.length < count && !over) return;
        heard.delete(wake);
        resolve();
      };
      heard.add(wake);
      wake();
    });
  return { process: child, lines, said, ended };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Where batches may end when every batch has the size that its revision tells. */
function isBatchEnd(revision: number): boolean {
  let end = 0;
  while (end < revision) end += batchSizeAt(end);
  return end === revision;
}

async function codeOf(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'none';
  } catch (error) {
    return error instanceof StoreError ? error.code : String(error);
  }
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

async function messageOf(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

/** One hash per block that the batches up to a revision are packed into. */
function hashesUpTo(end: number): string[] {
  const hashes: string[] = [];
  for (let first = 0; first < end; first += batchSizeAt(first)) {
    for (const block of packBlocks(plainBatch(first, batchSizeAt(first)))) {
      const { bytes, start, ends } = openBlock(block);
      hashes.push(sha256(bytes.subarray(start, ends.at(-1))));
    }
  }
  return hashes;
}

const contentOf = (path: string): string => readFileSync(path).toString('hex');

/** A closed store with two runs and something of everything. */
async function intact(path: string): Promise<void> {
  const store = openSqliteStore(path);
  await storeRun(store, sampleHeader('a'), [plainBatch(0, 1800), plainBatch(1800, 500, 1)]);
  await storeRun(store, sampleHeader('b', { parent: 'a', root: 'a', forkRound: 0, sharedEvents: 1800 }), [
    plainBatch(1800, 300, 1),
  ]);
  await store.artefacts.put(sha256('catalogue'), new TextEncoder().encode('catalogue'));
  await store.snapshots.put('a', 'agents', 1, new Uint8Array(5000).fill(7));
  await store.answers.put('a', sampleAnswer());
  await store.close();
}

/** Everything that carries a checksum; damage shows as an error with a name. */
async function readAll(store: Store): Promise<unknown> {
  await store.runs.list();
  return {
    a: await eventsOf(store, 'a'),
    b: await eventsOf(store, 'b'),
    artefact: [...((await store.artefacts.get(sha256('catalogue'))) ?? [])],
  };
}

describe('a writer that is killed', () => {
  test('L7 at any instant leaves whole batches, all that it was promised, and the right to go on', async () => {
    const path = newPath();
    const seed = Date.now() % 1_000_000;
    let promised = 0;
    for (let kill = 0; kill < 12; kill++) {
      const child = startWriter('write', path, 'a');
      // Every third dies at some moment of its start, the others some time into their appends.
      if (kill % 3 !== 0) await child.said(1 + (word(seed, 0, kill) % 5));
      await wait(word(seed, 1, kill) % (kill % 3 === 0 ? 150 : 12));
      child.process.kill('SIGKILL');
      const complaints = await child.ended;
      expect({ seed, kill, complaints }).toEqual({ seed, kill, complaints: '' });
      promised = Math.max(promised, ...child.lines.map(Number));

      const store = openSqliteStore(path);
      const run = await store.runs.find('a');
      // Killed before it created its run, it promised nothing.
      const events = run?.progress.events ?? 0;
      const read = run === undefined ? 0 : (await eventsOf(store, 'a')).length;
      expect({ seed, kill, whole: isBatchEnd(events), kept: events >= promised, read }).toEqual({
        seed,
        kill,
        whole: true,
        kept: true,
        read: events,
      });
      if (run !== undefined) await (await store.leases.acquire('a')).release();
      await store.close();
    }
    expect(promised).toBeGreaterThan(0);
    const store = openSqliteStore(path);
    const blocks = await blocksOf(store, 'a');
    const events = blocks.map(openBlock).map(({ bytes, start, ends }) => sha256(bytes.subarray(start, ends.at(-1))));
    expect(events).toEqual(hashesUpTo((await store.runs.find('a'))?.progress.events ?? 0));
    await store.close();
  }, 60_000);

  test('gives its lease up by dying, and no earlier; a link to the store is the same store', async () => {
    const path = newPath();
    const link = newPath();
    const store = openSqliteStore(path);
    symlinkSync(path, link);
    const child = startWriter('hold', link, 'a');
    await child.said(1);
    const other = openSqliteStore(link);
    expect(await codeOf(() => store.leases.acquire('a'))).toBe('RUN_BUSY');
    expect(await codeOf(() => other.leases.acquire('a'))).toBe('RUN_BUSY');
    expect(await eventsOf(store, 'a')).toEqual([]);
    expect(await other.leases.isHeld('a')).toBe(true);
    child.process.kill('SIGKILL');
    await child.ended;
    expect(await other.leases.isHeld('a')).toBe(false);
    const lease = await store.leases.acquire('a');
    expect(await codeOf(() => other.leases.acquire('a'))).toBe('RUN_BUSY');
    await lease.release();
    await (await other.leases.acquire('a')).release();
    await other.close();
    await store.close();
  }, 30_000);
});

describe('two processes', () => {
  test('L6 on one run: each revision is won exactly once', async () => {
    const path = newPath();
    const store = openSqliteStore(path);
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    const rivals = [startWriter('race', path, 'a', '60'), startWriter('race', path, 'a', '60')];
    const complaints = await Promise.all(rivals.map((rival) => rival.ended));
    expect(complaints).toEqual(['', '']);
    const won = rivals.flatMap(({ lines }) => lines.filter((line) => line !== 'ready').map(Number));
    expect(new Set(won).size).toBe(won.length);
    let end = 0;
    for (const first of won.sort((a, b) => a - b)) {
      expect(first).toBe(end);
      end += batchSizeAt(first);
    }
    expect((await eventsOf(store, 'a')).length).toBe(end);
    await store.close();
  }, 30_000);

  test('on two runs of one file: both succeed', async () => {
    const path = newPath();
    openSqliteStore(path);
    const rivals = [startWriter('race', path, 'a', '40'), startWriter('race', path, 'b', '40')];
    expect(await Promise.all(rivals.map((rival) => rival.ended))).toEqual(['', '']);
    expect(rivals.map(({ lines }) => lines.length)).toEqual([41, 41]);
  }, 30_000);

  test('that make one file at the same time both get it', async () => {
    const path = newPath();
    const rivals = ['a', 'b', 'c'].map((id) => startWriter('race', path, id, '2'));
    expect(await Promise.all(rivals.map((rival) => rival.ended))).toEqual(['', '', '']);
    const store = openSqliteStore(path);
    expect((await store.runs.list()).length).toBe(3);
    await store.close();
  }, 30_000);
});

describe('a full disk', () => {
  test('refuses a batch whole, and takes it when there is space', async () => {
    const path = newPath();
    const store = openSqliteStore(path, { maxPages: 400 });
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    await store.snapshots.put('a', 'agents', 0, new Uint8Array(600_000));
    let revision = 0;
    let code = 'none';
    while (code === 'none') {
      code = await codeOf(() => appendNext(store, 'a', plainBatch(revision, 2500)));
      if (code === 'none') revision += 2500;
    }
    expect(code).toBe('STORE_FULL');
    expect((await store.runs.find('a'))?.progress).toEqual(sampleProgress(revision));
    expect((await eventsOf(store, 'a')).length).toBe(revision);
    expect(await codeOf(() => store.artefacts.put(sha256(new Uint8Array(900_000)), new Uint8Array(900_000)))).toBe(
      'STORE_FULL',
    );
    await store.snapshots.drop('a');
    await appendNext(store, 'a', plainBatch(revision, 2500));
    expect((await eventsOf(store, 'a')).length).toBe(revision + 2500);
    await store.close();
  });
});

describe('looking', () => {
  /** Everything in a folder: names and contents. */
  const folderOf = (folder: string): unknown =>
    readdirSync(folder).map((name) => [name, contentOf(join(folder, name))]);

  test('L8 leaves file and folder as they are, and writes nothing', async () => {
    const folder = mkdtempSync(join(directory, 'looked-at-'));
    const path = join(folder, 'runs.rashomon');
    await intact(path);
    const before = folderOf(folder);
    const store = openSqliteStore(path, { readonly: true });
    await readAll(store);
    expect(await store.leases.isHeld('a')).toBe(false);
    expect(await store.snapshots.latest('a', 'agents', 5)).toBeDefined();
    expect(await codeOf(() => appendNext(store, 'a', plainBatch(2300, 5)))).toBe('STORE_UNREACHABLE');
    expect(await codeOf(() => store.runs.setStatus('a', 'failed'))).toBe('STORE_UNREACHABLE');
    await store.close();
    expect(folderOf(folder)).toEqual(before);
    expect(await codeOf(() => openSqliteStore(`${path}-none`, { readonly: true }))).toBe('STORE_UNREACHABLE');
    expect(folderOf(folder)).toEqual(before);
  });

  test('L8 leaves what a killed writer left: the file and its write-ahead log', async () => {
    const path = newPath();
    const child = startWriter('write', path, 'a');
    await child.said(3);
    child.process.kill('SIGKILL');
    await child.ended;
    const left = [contentOf(path), contentOf(`${path}-wal`)];
    const store = openSqliteStore(path, { readonly: true });
    const events = await eventsOf(store, 'a');
    expect(events.length).toBeGreaterThanOrEqual(Number(child.lines.at(-1)));
    await store.close();
    expect([contentOf(path), contentOf(`${path}-wal`)]).toEqual(left);
  }, 30_000);

  test('needs no right to write: a store in a folder where nothing may be made, as its owner left it', async () => {
    const folder = mkdtempSync(join(directory, 'read-only-'));
    const path = join(folder, 'runs.rashomon');
    await intact(path);
    const tidy = readFileSync(path);
    // Left in write-ahead logging by somebody who read while its writer closed it.
    const untidy = Uint8Array.from(tidy);
    untidy[18] = untidy[19] = 2;
    for (const content of [tidy, untidy]) {
      writeFileSync(path, content);
      chmodSync(path, 0o444);
      chmodSync(folder, 0o555);
      const reader = startReader(path);
      chmodSync(directory, 0o755);
      expect({ complaints: await reader.ended, lines: reader.lines }).toEqual({
        complaints: '',
        lines: ['2 2300 300'],
      });
      chmodSync(folder, 0o755);
      chmodSync(path, 0o644);
      expect(readdirSync(folder)).toEqual(['runs.rashomon']);
      expect(readFileSync(path).equals(content)).toBe(true);
    }
  }, 30_000);
});

describe('what is no store', () => {
  test.each([
    ['text', 'This is a text.\n'.repeat(400)],
    ['one byte', 'S'],
    ['the beginning of a database', 'SQLite format 3\0'],
  ])('%s is refused and left as it is', async (_, content) => {
    const path = newPath();
    writeFileSync(path, content);
    const before = contentOf(path);
    expect(await codeOf(() => openSqliteStore(path))).toBe('STORE_CORRUPT');
    expect(await messageOf(() => openSqliteStore(path))).toMatch(path);
    expect(await messageOf(() => openSqliteStore(path))).toMatch(/expected/);
    expect(contentOf(path)).toBe(before);
  });

  test('an empty file is taken as a new store, but not where one is expected', async () => {
    const path = newPath();
    writeFileSync(path, '');
    expect(await codeOf(() => openSqliteStore(path, { create: false }))).toBe('STORE_CORRUPT');
    expect(contentOf(path)).toBe('');
    const store = openSqliteStore(path);
    expect(await store.runs.list()).toEqual([]);
    await store.close();
  });

  test('a missing file, a missing directory and a directory are out of reach', async () => {
    const path = newPath();
    expect(await codeOf(() => openSqliteStore(path, { create: false }))).toBe('STORE_UNREACHABLE');
    expect(await messageOf(() => openSqliteStore(join(path, 'deeper')))).toMatch(path);
    expect(await codeOf(() => openSqliteStore(join(path, 'deeper')))).toBe('STORE_UNREACHABLE');
    mkdirSync(path);
    expect(await codeOf(() => openSqliteStore(path))).toBe('STORE_UNREACHABLE');
  });

  test("another program's database and a newer engine's are refused and left as they are", async () => {
    const foreign = newPath();
    const file = new SqliteFile(foreign, 0);
    file.exec('CREATE TABLE films (title TEXT)');
    file.close();
    const newer = newPath();
    await openSqliteStore(newer).close();
    const changed = new SqliteFile(newer, 0);
    changed.exec('PRAGMA user_version = 99');
    changed.close();
    for (const [path, why] of [
      [foreign, /another program/],
      [newer, /version 99; this engine knows versions 1 to 1/],
    ] as const) {
      const before = contentOf(path);
      expect(await codeOf(() => openSqliteStore(path))).toBe('STORE_CORRUPT');
      expect(await messageOf(() => openSqliteStore(path))).toMatch(why);
      expect(contentOf(path)).toBe(before);
    }
  });

  test('a store that was closed does nothing more', async () => {
    const store = openSqliteStore(newPath());
    await store.close();
    await store.close();
    expect(await codeOf(() => store.runs.list())).toBe('STORE_UNREACHABLE');
  });
});

describe('a damaged store', () => {
  test('L12 a changed byte of a block is found and its event named', async () => {
    const path = newPath();
    await intact(path);
    const file = new SqliteFile(path, 0);
    const bytes = Uint8Array.from(file.get('SELECT bytes FROM block_bytes WHERE key = 1')?.[0] as Uint8Array);
    const store = openSqliteStore(path, { create: false });
    const firstBlock = async (): Promise<EncodedBlock[]> => blocksOf(store, 'a', { to: 0 });
    const intactBlocks = await firstBlock();
    const [open] = intactBlocks.map(openBlock);
    if (open === undefined) throw new Error('the store has no block');
    for (let flip = 0; flip < 60; flip++) {
      const offset = word(12, 0, flip) % bytes.length;
      const changed = Uint8Array.from(bytes);
      changed[offset] = (changed[offset] ?? 0) ^ (1 << (flip % 8));
      file.run('UPDATE block_bytes SET bytes = ? WHERE key = 1', changed);
      const damage = (await firstBlock()).map((block) => thrownBy(() => openBlock(block)));
      // A changed length or checksum is found too, but which event it belongs to is then told by the block's start.
      const hit = offset < open.start ? -1 : open.ends.findIndex((end) => offset < end);
      const named = hit < 0 ? { code: 'DAMAGED_BLOCK' } : { code: 'DAMAGED_BLOCK', position: hit };
      expect(damage).toEqual([expect.objectContaining(named)]);
    }
    file.run('UPDATE block_bytes SET bytes = ? WHERE key = 1', bytes);
    expect(await firstBlock()).toEqual(intactBlocks);
    await store.close();
    file.close();
  }, 30_000);

  test('L12 a changed byte of the file never yields another event in silence', async () => {
    const path = newPath();
    await intact(path);
    const original = readFileSync(path);
    const opened = openSqliteStore(path);
    const whole = JSON.stringify(await readAll(opened));
    await opened.close();
    const outcomes = { named: 0, unharmed: 0 };
    for (let flip = 0; flip < 250; flip++) {
      const changed = Buffer.from(original);
      // Half of the flips go where the tables are described, half anywhere.
      const offset = word(7, 1, flip) % (flip % 2 === 0 ? 4096 * 8 : changed.length);
      changed[offset] = (changed[offset] ?? 0) ^ (1 << (flip % 8));
      const damaged = newPath();
      writeFileSync(damaged, changed);
      let store: Store | undefined;
      try {
        store = openSqliteStore(damaged, { create: false });
        const read = JSON.stringify(await readAll(store));
        expect({ offset, same: read === whole }).toEqual({ offset, same: true });
        outcomes.unharmed++;
      } catch (error) {
        const named =
          error instanceof DamagedBlock ||
          (error instanceof StoreError && ['STORE_CORRUPT', 'RUN_NOT_FOUND', 'STORE_UNREACHABLE'].includes(error.code));
        if (!named) throw error;
        outcomes.named++;
      }
      await store?.close();
      rmSync(damaged, { force: true });
    }
    expect(outcomes.named).toBeGreaterThan(50);
  }, 60_000);

  test('a truncated file is refused or its loss is named', async () => {
    const path = newPath();
    await intact(path);
    const size = readFileSync(path).length;
    for (const share of [0.999_999, 0.999, 0.9, 0.5, 0.2, 0.02]) {
      const short = newPath();
      writeFileSync(short, readFileSync(path));
      truncateSync(short, Math.floor(size * share));
      const code = await codeOf(async () => readAll(openSqliteStore(short, { create: false })));
      expect({ share, code }).toEqual({ share, code: 'STORE_CORRUPT' });
    }
  });

  test('a missing block, a missing blob and text that is none are named with their place', async () => {
    const path = newPath();
    await intact(path);
    const cases: readonly (readonly [string, RegExp])[] = [
      ['DELETE FROM block_bytes WHERE key = 2', /position 1000: the bytes of this block are missing/],
      ['DELETE FROM blocks WHERE run = 1 AND first = 1000', /run "a", position 1000: this event's block is missing/],
      ['DELETE FROM blocks WHERE run = 1 AND first = 1800', /run "a", position 1800: this event's block is missing/],
      ["UPDATE runs SET digest = CAST(x'ff' AS TEXT)", /digest is not text/],
      ["UPDATE artefacts SET bytes = x'00'", /artefact .* is damaged/],
    ];
    const original = readFileSync(path);
    for (const [sql, message] of cases) {
      const damaged = newPath();
      writeFileSync(damaged, original);
      const file = new SqliteFile(damaged, 0);
      file.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
      file.close();
      const store = openSqliteStore(damaged);
      expect(await codeOf(() => readAll(store))).toBe('STORE_CORRUPT');
      expect(await messageOf(() => readAll(store))).toMatch(message);
      expect(await messageOf(() => readAll(store))).toMatch(damaged);
      await store.close();
    }
  });

  test('a damaged snapshot is as good as none', async () => {
    const path = newPath();
    await intact(path);
    const file = new SqliteFile(path, 0);
    file.exec("UPDATE snapshots SET bytes = x'00'");
    file.close();
    const store = openSqliteStore(path);
    expect(await store.snapshots.latest('a', 'agents', 5)).toBeUndefined();
    await store.close();
  });
});
