/** Stores around a store: what they do not change goes to the one inside. */
import {
  DigestChain,
  encodeBatch,
  type EncodedBlock,
  eventAt,
  type EventBatch,
  eventInBatch,
  type LogEvent,
  openBlock,
  packBlocks,
  type Store,
} from '@rashomon/kernel';

const METHODS = [
  'create',
  'run',
  'runs',
  'setStatus',
  'acquireWriter',
  'append',
  'blocks',
  'subscribe',
  'putArtefact',
  'artefact',
  'putSnapshot',
  'snapshot',
  'dropSnapshots',
  'putAnswer',
  'answers',
  'close',
] as const;

export function storeAround(store: Store, changes: Partial<Store> = {}): Store {
  const bound = Object.fromEntries(
    METHODS.map((name) => [name, (store[name] as (...args: readonly unknown[]) => unknown).bind(store)]),
  ) as unknown as Store;
  return { ...bound, ...changes };
}

/** A store whose log says something else, with block hashes that fit. */
export function forge(store: Store, change: (event: LogEvent) => LogEvent): Store {
  return storeAround(store, {
    async *blocks(id, selection) {
      for await (const block of store.blocks(id, selection)) yield* repack(block, change);
    },
  });
}

function* repack(block: EncodedBlock, change: (event: LogEvent) => LogEvent): Generator<EncodedBlock> {
  const open = openBlock(block);
  const events = Array.from({ length: open.count }, (_, index) => change(eventAt(open, index)));
  yield* packBlocks(encodeBatch(open.first, events));
}

/** The process went down between two appends. */
class PowerCut extends Error {
  readonly code = 'POWER_CUT';
}

/**
 * A store that goes down when a run would grow past `events`, having stored exactly so many of them: as
 * if batches were small and the process had ended between two. For runs that are no branches.
 */
export function cutAfter(store: Store, events: number): Store {
  const written: LogEvent[] = [];
  let down = false;
  const up =
    <A extends readonly unknown[], B>(call: (...args: A) => B) =>
    (...args: A): B => {
      if (down) throw new PowerCut();
      return call(...args);
    };
  return storeAround(store, {
    setStatus: up((id, status) => store.setStatus(id, status)),
    putSnapshot: up((id, projection, round, bytes) => store.putSnapshot(id, projection, round, bytes)),
    putAnswer: up((root, answer) => store.putAnswer(root, answer)),
    append: up(async (id, revision, batch, progress) => {
      // Decoded from its bytes: the batch's own events have lost their grounds.
      const whole = eventsOfBatch(batch);
      if (progress.events <= events) {
        written.push(...whole);
        return store.append(id, revision, batch, progress);
      }
      down = true;
      const kept = whole.slice(0, events - revision);
      if (kept.length > 0) {
        written.push(...kept);
        const closed = (await store.run(id))?.progress.rounds ?? -1;
        const rounds = kept.some(({ type }) => type === 'RoundClosed') ? progress.rounds : closed;
        await store.append(id, revision, encodeBatch(revision, kept), {
          ...progress,
          events,
          rounds,
          digest: digestOf(written),
          status: 'running',
        });
      }
      throw new PowerCut();
    }),
  });
}

function eventsOfBatch(batch: EventBatch): LogEvent[] {
  return batch.events.map((_, index) => eventInBatch(batch, index));
}

function digestOf(log: readonly LogEvent[]): string {
  const chain = new DigestChain();
  chain.addBatch(encodeBatch(0, log));
  return chain.head();
}
