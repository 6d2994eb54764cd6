/** The store contract, passed by every store that needs no server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { memoryStore } from '../src/adapters/memory/memory-store.ts';
import { openSqliteStore } from '../src/adapters/sqlite/sqlite-store.ts';
import { memoryStreams } from '../src/adapters/streams/memory-streams.ts';
import { streamStore } from '../src/adapters/streams/stream-store.ts';
import type { Streams } from '../src/adapters/streams/streams.ts';
import { BLOCK_BYTES_MAX, type EncodedBlock, EVENTS_PER_BLOCK, packBlocks } from '../src/encoding/block.ts';
import { type EventBatch, encodeBatch } from '../src/events/batch.ts';
import { reasoned } from '../src/events/grounds.ts';
import { RunLog } from '../src/log/run-log.ts';
import { storeContract } from '../src/testing/store-contract.ts';
import type { StoreHarness } from '../src/testing/store-harness.ts';
import {
  appendNext,
  eventsOf,
  plainBatch,
  sampleHeader,
  sampleProgress,
  storeRun,
} from '../src/testing/store-records.ts';

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

/** Streams that take a batch at once, and such as take a record at a time: what was not sealed must not show. */
const overStreams = (recordsPerAppend?: number): StoreHarness => ({
  async open() {
    const streams = memoryStreams(recordsPerAppend);
    const store = streamStore(streams);
    return { store, reopen: async () => streamStore(streams), dispose: () => store.close() };
  },
});

describe('the contract', () => {
  const cases = [
    ...storeContract('memory', memory),
    ...storeContract('sqlite', sqlite),
    ...storeContract('streams', overStreams()),
    ...storeContract('streams of single records', overStreams(1)),
  ];
  test.each(cases.map(({ name, run }) => [name, run] as const))(
    '%s',
    async (_, run) => {
      await expect(run()).resolves.toBeUndefined();
    },
    30_000,
  );
});

describe('a store of streams that take one record at a time', () => {
  test('L6 a batch cut off between two records is absent, and the next one takes its place', async () => {
    const streams = memoryStreams(1);
    await storeRun(streamStore(streams), sampleHeader('a'), [plainBatch(0, 10)]);
    // Room for the creation, the first batch and two of the three blocks of the next.
    let left = 2;
    const dying: Streams = {
      ...streams,
      append: (...args) => (left-- > 0 ? streams.append(...args) : Promise.reject(new TypeError('gone'))),
    };
    await expect(appendNext(streamStore(dying), 'a', plainBatch(10, 2500))).rejects.toThrow('gone');
    const store = streamStore(streams);
    expect((await store.runs.find('a'))?.progress.events).toBe(10);
    expect(await eventsOf(store, 'a')).toHaveLength(10);
    await appendNext(store, 'a', plainBatch(10, 1500, 1));
    const events = await eventsOf(streamStore(streams), 'a');
    expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 1510 }, (_, position) => position));
    expect(events.slice(10).every(({ round }) => round === 1)).toBe(true);
  });
});

describe('the writer above the ports', () => {
  /** Events whose feelings are so many letters long, in one batch. */
  const wordy = (lengths: readonly number[]): EventBatch =>
    encodeBatch(
      0,
      lengths.map((length, position) => ({
        position,
        round: 0,
        agent: position,
        type: 'FilmRated',
        version: 1,
        data: {
          film: 1,
          rating: 4,
          feeling: 'x'.repeat(length),
          satisfaction: 0,
          fatigue: 0,
          taste: { genres: [], values: [] },
          grounds: reasoned(''),
        },
        causes: [],
      })),
    );

  test('blocks hold at most a thousand events and 512 KiB, or one single event', () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(200), fc.nat(200_000), fc.integer({ min: 524_000, max: 700_000 })), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.nat(2500),
        (large, small) => {
          const batch = wordy([...large, ...Array.from({ length: small }, () => 20)]);
          const blocks = packBlocks(batch);
          let next = 0;
          for (const { index, bytes } of blocks) {
            expect(index.first).toBe(next);
            next += index.count;
            expect(index.count).toBeLessThanOrEqual(EVENTS_PER_BLOCK);
            if (index.count > 1) expect(bytes.length).toBeLessThanOrEqual(BLOCK_BYTES_MAX);
          }
          expect(next).toBe(batch.events.length);
        },
      ),
      { numRuns: 30 },
    ));

  test('no meaning depends on where a block ends: any packing of a run is read as the same events', async () => {
    const batch = plainBatch(0, 300);
    const store = memoryStore();
    for (const [id, size] of [
      ['a', 300],
      ['b', 7],
      ['c', 1],
    ] as const) {
      await store.runs.create(sampleHeader(id), sampleProgress(0));
      const blocks = Array.from({ length: Math.ceil(300 / size) }, (_, i) =>
        packBlocks(encodeBatch(i * size, batch.events.slice(i * size, (i + 1) * size))),
      ).flat();
      await store.log.append(id, 0, blocks, sampleProgress(300));
    }
    const whole = await (await RunLog.open(store, 'a')).collect({ from: 13, agent: 17 });
    for (const id of ['b', 'c'])
      expect(await (await RunLog.open(store, id)).collect({ from: 13, agent: 17 })).toEqual(whole);
  });

  test('blocks that do not fit the revision or the progress are refused before anything is written', async () => {
    const store = memoryStore();
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    const blocks = packBlocks(plainBatch(0, 2500));
    const [first, , third] = blocks as [EncodedBlock, EncodedBlock, EncodedBlock];
    for (const [revision, given, events] of [
      [0, [], 0],
      [5, blocks, 2505],
      [0, [first, third], 1500],
      [0, blocks, 2400],
    ] as const)
      await expect(store.log.append('a', revision, given, sampleProgress(events))).rejects.toThrow(RangeError);
    expect((await store.runs.find('a'))?.progress.events).toBe(0);
  });
});
