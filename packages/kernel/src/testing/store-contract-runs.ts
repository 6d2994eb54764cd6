/** The store contract: runs, their order and status, and the right to write one. */
import type { RunHeader } from '../ports/run-registry.ts';
import type { Store } from '../ports/store.ts';
import { expectRefusal, expectSame, expectTrue } from './store-expect.ts';
import type { ContractCases } from './store-harness.ts';
import { appendNext, eventsOf, plainBatch, sampleHeader, sampleProgress, storeRun } from './store-records.ts';

const AWKWARD_IDS = ['a', 'A', 'ä/b c', '../up', "it's; --", '%_"', 'x'.repeat(100)];

export const runCases: ContractCases = {
  'a run is kept as it was created': async ({ store }) => {
    const header = sampleHeader('child', {
      parent: 'p',
      root: 'r',
      forkRound: 3,
      sharedEvents: 25,
      name: null,
      interventions: [{ key: 'recommender', value: { name: 'itemknn', k: 20, deep: [null, 'é'] } }],
    });
    const progress = sampleProgress(25, { rounds: 3, metrics: { 'average rating': 3.7000000000000006, watches: 0 } });
    await store.runs.create(header, progress);
    expectSame(await store.runs.find('child'), { header, progress }, 'the run');
  },

  'a run that was never created is unknown': async ({ store }) => {
    expectSame(await store.runs.find('none'), undefined, 'the run');
    await expectRefusal(store.runs.setStatus('none', 'failed'), 'RUN_NOT_FOUND', 'setStatus');
    await expectRefusal(store.leases.acquire('none'), 'RUN_NOT_FOUND', 'acquire');
    await expectRefusal(appendNext(store, 'none', plainBatch(0, 2)), 'RUN_NOT_FOUND', 'append');
    await expectRefusal(eventsOf(store, 'none'), 'RUN_NOT_FOUND', 'blocks');
    const stop = new AbortController();
    await expectRefusal(
      store.log.subscribe('none', 0, stop.signal)[Symbol.asyncIterator]().next(),
      'RUN_NOT_FOUND',
      'subscribe',
    );
  },

  'an id is given once': async ({ store }) => {
    await storeRun(store, sampleHeader('a', { name: 'first' }), [plainBatch(0, 3)]);
    await expectRefusal(
      store.runs.create(sampleHeader('a', { name: 'second' }), sampleProgress(0)),
      'RUN_EXISTS',
      'second create',
    );
    expectSame((await store.runs.find('a'))?.header.name, 'first', 'name');
    expectSame((await eventsOf(store, 'a')).length, 3, 'events');
  },

  'runs with awkward ids do not mix': async ({ store }) => {
    for (const [index, id] of AWKWARD_IDS.entries())
      await storeRun(store, sampleHeader(id), [plainBatch(0, index + 1)]);
    for (const [index, id] of AWKWARD_IDS.entries()) {
      expectSame((await eventsOf(store, id)).length, index + 1, `events of ${id}`);
      const lease = await store.leases.acquire(id);
      await lease.release();
    }
  },

  'runs are listed in order of creation, then id': async ({ store }) => {
    const headers: readonly RunHeader[] = [
      sampleHeader('z', { createdAt: '2030-01-01T00:00:01.000Z' }),
      sampleHeader('b', { createdAt: '2030-01-01T00:00:02.000Z' }),
      sampleHeader('a', { createdAt: '2030-01-01T00:00:02.000Z' }),
      sampleHeader('y', { createdAt: '2029-01-01T00:00:00.000Z' }),
    ];
    for (const header of headers) await store.runs.create(header, sampleProgress(0));
    expectSame(
      (await store.runs.list()).map(({ header }) => header.id),
      ['y', 'z', 'a', 'b'],
      'ids',
    );
  },

  'status and planned rounds change, nothing else': async ({ store }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 3)]);
    await store.runs.setStatus('a', 'interrupted');
    expectSame(
      await store.runs.find('a'),
      { header: sampleHeader('a'), progress: sampleProgress(3, { status: 'interrupted' }) },
      'after interruption',
    );
    await store.runs.setStatus('a', 'running', 35);
    expectSame(
      await store.runs.find('a'),
      { header: sampleHeader('a', { plannedRounds: 35 }), progress: sampleProgress(3) },
      'after extension',
    );
  },

  'a second writer of a run is refused, a writer of another run and readers are not': async ({ store, reopen }) => {
    await storeRun(store, sampleHeader('a'), [plainBatch(0, 3)]);
    await store.runs.create(sampleHeader('b'), sampleProgress(0));
    const lease = await store.leases.acquire('a');
    const other = await reopen();
    expectSame(await other.leases.isHeld('a'), true, 'held, seen through another handle');
    expectSame(await other.leases.isHeld('b'), false, 'held, of a run that nobody writes');
    await expectRefusal(store.leases.acquire('a'), 'RUN_BUSY', 'through the same handle');
    await expectRefusal(other.leases.acquire('a'), 'RUN_BUSY', 'through another handle');
    const beside = await other.leases.acquire('b');
    expectSame((await eventsOf(other, 'a')).length, 3, 'events read beside the writer');
    await lease.release();
    const next = await other.leases.acquire('a');
    await lease.release();
    await expectRefusal(store.leases.acquire('a'), 'RUN_BUSY', 'after a second release of the first lease');
    await next.release();
    await beside.release();
    expectSame(await other.leases.isHeld('a'), false, 'held, after the release');
    await other.close();
  },

  'closing a handle gives its leases up': async ({ store, reopen }) => {
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    const other = await reopen();
    await other.leases.acquire('a');
    await other.close();
    const again = await reopen();
    const lease = await again.leases.acquire('a');
    expectTrue(typeof lease.release === 'function', 'a lease can be released');
    await lease.release();
    await again.close();
  },

  'a port can be replaced by spreading the store': async ({ store }) => {
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    const silent: Store = { ...store, artefacts: { put: async () => undefined, get: async () => undefined } };
    await appendNext(silent, 'a', plainBatch(0, 3));
    expectSame((await eventsOf(store, 'a')).length, 3, 'events written through the changed store');
  },
};
