/** The store contract: following a run, first what is stored, then what comes. */
import * as fc from 'fast-check';
import type { EncodedBlock } from '../encoding/block.ts';
import { expectSame } from './store-expect.ts';
import { arbitraryBatches } from './store-events.ts';
import type { ContractCases } from './store-harness.ts';
import { appendNext, eventsIn, plainBatch, sampleHeader, sampleProgress, storeRun } from './store-records.ts';

/** Takes blocks until they hold events up to the given number. */
async function take(blocks: AsyncIterable<EncodedBlock>, end: number, stop: AbortController): Promise<EncodedBlock[]> {
  const taken: EncodedBlock[] = [];
  for await (const block of blocks) {
    taken.push(block);
    if (block.index.first + block.index.count >= end) stop.abort();
  }
  return taken;
}

export const followingCases: ContractCases = {
  'a follower sees what is stored, then what comes, in order, once each': async ({ store, reopen }) => {
    const other = await reopen();
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(), fc.nat(20), fc.boolean(), async (batches, before, elsewhere) => {
        const id = `run ${tried++}`;
        await storeRun(store, sampleHeader(id), batches.slice(0, before));
        const stop = new AbortController();
        const all = batches.flatMap(({ events }) => events);
        const following = take(store.log.subscribe(id, 0, stop.signal), all.length, stop);
        for (const batch of batches.slice(before)) await appendNext(elsewhere ? other : store, id, batch);
        expectSame(eventsIn(await following), all, 'events');
      }),
      { numRuns: 10 },
    );
    await other.close();
  },

  'a follower may begin anywhere, also past the end': async ({ store }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 10), plainBatch(10, 10)]);
    for (const from of [0, 10, 15, 20]) {
      const stop = new AbortController();
      const revision = (await store.runs.find('a'))?.progress.events ?? 0;
      const following = take(store.log.subscribe('a', from, stop.signal), revision + 5, stop);
      await appendNext(store, 'a', plainBatch(revision, 5));
      const blocks = await following;
      expectSame(
        eventsIn(blocks).filter(({ position }) => position >= from).length,
        revision + 5 - from,
        `events from ${from}`,
      );
    }
  },

  'a follower ends when it is told to, waiting or not': async ({ store }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 10), plainBatch(10, 10)]);
    const waiting = new AbortController();
    const blocks = store.log.subscribe('a', 20, waiting.signal)[Symbol.asyncIterator]();
    const next = blocks.next();
    waiting.abort();
    expectSame((await next).done, true, 'the end of one that waits');
    const early = new AbortController();
    early.abort();
    expectSame(
      (await store.log.subscribe('a', 0, early.signal)[Symbol.asyncIterator]().next()).done,
      true,
      'the end of one that never began',
    );
    const busy = new AbortController();
    let seen = 0;
    for await (const block of store.log.subscribe('a', 0, busy.signal)) {
      seen += block.index.count;
      busy.abort();
    }
    expectSame(seen, 10, 'events of one that was told in between');
  },

  'a follower ends when the store closes': async ({ store }) => {
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    const blocks = store.log.subscribe('a', 0, new AbortController().signal)[Symbol.asyncIterator]();
    const next = blocks.next();
    await store.close();
    expectSame((await next).done, true, 'the end');
  },

  'a follower in the midst of reading ends when the store closes': async ({ store }) => {
    await storeRun(
      store,
      sampleHeader('a'),
      Array.from({ length: 50 }, (_, index) => plainBatch(index * 10, 10, index)),
    );
    let seen = 0;
    for await (const block of store.log.subscribe('a', 0, new AbortController().signal)) {
      seen += block.index.count;
      if (seen === 160) await store.close();
    }
    expectSame(seen, 160, 'events');
  },
};
