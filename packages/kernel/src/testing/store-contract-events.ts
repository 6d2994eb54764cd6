/** The store contract: what is appended is what is read, whole batches only, in one order (laws L5, L6). */
import * as fc from 'fast-check';
import { openBlock, typeBit } from '../encoding/block.ts';
import type { EventBatch } from '../events/batch.ts';
import { type EventType, eventCatalogue, type LogEvent } from '../events/catalogue.ts';
import type { BlockSelection } from '../ports/event-log.ts';
import type { Store } from '../ports/store.ts';
import { expectRefusal, expectSame, expectTrue } from './store-expect.ts';
import { arbitraryBatches } from './store-events.ts';
import type { ContractCases } from './store-harness.ts';
import {
  appendNext,
  blocksOf,
  eventsIn,
  eventsOf,
  plainBatch,
  sampleHeader,
  sampleProgress,
  storeRun,
} from './store-records.ts';

const RUNS = { numRuns: 20 };
const eventTypes = Object.keys(eventCatalogue) as EventType[];

/** Tries the property on one new run of the store after another. */
async function onNewRuns<T>(values: fc.Arbitrary<T>, attempt: (id: string, value: T) => Promise<void>): Promise<void> {
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(values, (value) => attempt(`run ${tried++}`, value)),
    RUNS,
  );
}

const eventsOfAll = (batches: readonly EventBatch[]): LogEvent[] => batches.flatMap(({ events }) => events);

const arbitrarySelection: fc.Arbitrary<BlockSelection> = fc.record(
  {
    from: fc.nat(120),
    to: fc.nat(160),
    agent: fc.nat(45),
    types: fc.subarray(eventTypes, { minLength: 1, maxLength: 4 }),
    rounds: fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
  },
  { requiredKeys: [] },
);

function matches(
  event: LogEvent,
  { from = 0, to = Infinity, agent, types, rounds = [0, Infinity] }: BlockSelection,
): boolean {
  if (event.position < from || event.position > to || event.round < rounds[0] || event.round > rounds[1]) return false;
  return (agent === undefined || event.agent === agent) && (types === undefined || types.includes(event.type));
}

export const eventCases: ContractCases = {
  'L5 what was appended is read, in order, through any handle': async ({ store, reopen }) => {
    const later = await reopen();
    await onNewRuns(arbitraryBatches(), async (id, batches) => {
      await storeRun(store, sampleHeader(id), batches);
      const written = eventsOfAll(batches);
      expectSame(await eventsOf(store, id), written, 'events');
      expectSame(await eventsOf(later, id), written, 'events through another handle');
      expectSame(
        await store.runs.find(id),
        { header: sampleHeader(id), progress: sampleProgress(written.length) },
        'the run',
      );
    });
    await later.close();
  },

  "a branch's own events begin where the shared ones end": async ({ store }) => {
    await onNewRuns(arbitraryBatches(500), async (id, batches) => {
      await storeRun(store, sampleHeader(id, { parent: 'p', root: 'p', sharedEvents: 500 }), batches);
      expectSame(await eventsOf(store, id, { from: 3 }), eventsOfAll(batches), 'events');
    });
  },

  'blocks carry the index of what is in them, whatever the size of the batch': async ({ store }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 2500), plainBatch(2500, 1, 1), plainBatch(2501, 1000, 2)]);
    let next = 0;
    for (const block of await blocksOf(store, 'a')) {
      const events = eventsIn([block]);
      const agents = events.map(({ agent }) => agent ?? -1);
      const { first, count, roundFrom, roundTo, agentFrom, agentTo, types } = block.index;
      expectSame(first, next, 'first position');
      next = first + count;
      expectSame([roundFrom, roundTo], [events[0]?.round, events.at(-1)?.round], 'rounds');
      expectSame([agentFrom, agentTo], [Math.min(...agents), Math.max(...agents)], 'agents');
      expectSame(types, typeBit('FilmWatched'), 'types');
    }
    expectSame(next, 3501, 'events');
  },

  'L6 a wrong expected revision writes nothing': async ({ store }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 5)]);
    for (const first of [0, 4, 6, 1000]) {
      await expectRefusal(appendNext(store, 'a', plainBatch(first, 3)), 'WRONG_REVISION', `append at ${first}`);
    }
    expectSame(await store.runs.find('a'), { header: sampleHeader('a'), progress: sampleProgress(5) }, 'the run');
    expectSame((await eventsOf(store, 'a')).length, 5, 'events');
    await appendNext(store, 'a', plainBatch(5, 3));
    expectSame((await eventsOf(store, 'a')).length, 8, 'events after a right revision');
  },

  'L6 of two writers with the same revision one wins, and they never interleave': async ({ store, reopen }) => {
    const other = await reopen();
    await onNewRuns(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 6,
      }),
      async (id, sizes) => {
        await store.runs.create(sampleHeader(id), sampleProgress(0));
        const written: LogEvent[] = [];
        for (const [round, [left, right]] of sizes.entries()) {
          const batches = [plainBatch(written.length, left, round), plainBatch(written.length, right, round)];
          const outcomes = await Promise.allSettled(
            batches.map((batch, index) => appendNext(index === 0 ? store : other, id, batch)),
          );
          const won = batches.filter((_, index) => outcomes[index]?.status === 'fulfilled');
          expectSame(won.length, 1, 'winners');
          written.push(...eventsOfAll(won));
        }
        expectSame(await eventsOf(other, id), written, 'events');
      },
    );
    await other.close();
  },

  'L6 a batch shows whole or not at all to a reader beside the writer': async ({ store, reopen }) => {
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    const other = await reopen();
    const sizes = [1500, 1, 2200, 999, 1000, 3001];
    const writing = writeAll(store, 'a', sizes);
    const ends = new Set(
      sizes.map((_, index) => sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0)).concat(0),
    );
    let seen = 0;
    while (seen < 8701) {
      seen = (await other.runs.find('a'))?.progress.events ?? 0;
      expectTrue(ends.has(seen), `the run has ${seen} events, which is the end of no batch`);
      expectTrue((await eventsOf(other, 'a')).length >= seen, 'events that progress promises are there');
    }
    await writing;
    await other.close();
  },

  'a selection gives all blocks that hold what was asked for': async ({ store }) => {
    await onNewRuns(
      fc.tuple(arbitraryBatches(), fc.array(arbitrarySelection, { minLength: 8, maxLength: 8 })),
      async (id, [batches, selections]) => {
        await storeRun(store, sampleHeader(id), batches);
        const all = eventsOfAll(batches);
        for (const selection of selections) {
          const found = (await eventsOf(store, id, selection)).filter((event) => matches(event, selection));
          expectSame(
            found,
            all.filter((event) => matches(event, selection)),
            `events of ${JSON.stringify(selection)}`,
          );
        }
      },
    );
  },

  'a selection leaves out blocks whose index rules them out': async ({ store }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 10, 0), plainBatch(10, 10, 1), plainBatch(20, 10, 2)]);
    const firsts = async (selection: BlockSelection): Promise<number[]> =>
      (await blocksOf(store, 'a', selection)).map(({ index }) => index.first);
    expectSame(await firsts({ rounds: [1, 1] }), [10], 'round 1');
    expectSame(await firsts({ from: 12 }), [10, 20], 'from 12');
    expectSame(await firsts({ from: 10, to: 19 }), [10], 'from 10 to 19');
    expectSame(await firsts({ to: 9 }), [0], 'to 9');
    expectSame(await firsts({ agent: 4000 }), [], 'an agent that never acted');
    expectSame(await firsts({ types: ['MessageSent'] }), [], 'a type that never occurred');
    expectSame(await firsts({ from: 30 }), [], 'from the end');
  },

  'reading may be left off and does not hold a writer back': async ({ store }) => {
    await storeRun(
      store,
      sampleHeader('a'),
      Array.from({ length: 40 }, (_, index) => plainBatch(index * 10, 10, index)),
    );
    let revision = 400;
    for await (const block of store.log.blocks('a')) {
      openBlock(block);
      if (revision === 420) break;
      await appendNext(store, 'a', plainBatch(revision, 10, 40));
      revision += 10;
    }
    expectSame((await eventsOf(store, 'a')).length, 420, 'events');
  },

  'everything is there through a handle that is opened after the first was closed': async ({ store, reopen }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 1200), plainBatch(1200, 7, 1)]);
    await store.close();
    const later = await reopen();
    expectSame((await eventsOf(later, 'a')).length, 1207, 'events');
    await appendNext(later, 'a', plainBatch(1207, 3, 2));
    expectSame((await later.runs.find('a'))?.progress, sampleProgress(1210), 'progress');
    await later.close();
  },
};

async function writeAll(store: Store, id: string, sizes: readonly number[]): Promise<void> {
  let first = 0;
  for (const [round, size] of sizes.entries()) {
    await appendNext(store, id, plainBatch(first, size, round));
    first += size;
  }
}
