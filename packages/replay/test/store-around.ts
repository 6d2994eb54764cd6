/** Stores around a store: what they do not change goes to the one inside. */
import {
  appendBatch,
  DigestChain,
  encodeBatch,
  type EncodedBlock,
  eventAt,
  type LogEvent,
  openBlock,
  packBlocks,
  type RunProgress,
  type Store,
} from '@rashomon/kernel';

const PORTS = ['log', 'runs', 'artefacts', 'answers', 'snapshots', 'leases'] as const;

/** What a store does otherwise, port by port. */
type Changes = { readonly [Port in (typeof PORTS)[number]]?: Partial<Store[Port]> };

/** The store with some of its ports' methods replaced. */
export function storeAround(store: Store, changes: Changes = {}): Store {
  const around = PORTS.map((port) => {
    // Ports keep their state in private members, which only they can reach: replaced methods go before, the others
    // stay.
    const inside = store[port] as unknown as { readonly [method: string]: unknown };
    const changed = (changes[port] ?? {}) as { readonly [method: string]: unknown };
    const get = (_: object, name: string): unknown => {
      const member = Object.hasOwn(changed, name) ? changed[name] : inside[name];
      return typeof member === 'function' && !Object.hasOwn(changed, name) ? (member.bind(inside) as unknown) : member;
    };
    return [port, new Proxy({}, { get })] as const;
  });
  return { ...store, ...(Object.fromEntries(around) as Partial<Store>) };
}

/** A store whose log says something else, with block hashes that fit. */
export function forge(store: Store, change: (event: LogEvent) => LogEvent): Store {
  return storeAround(store, {
    log: {
      async *blocks(id, selection) {
        for await (const block of store.log.blocks(id, selection)) yield* repack(block, change);
      },
    },
  });
}

function* repack(block: EncodedBlock, change: (event: LogEvent) => LogEvent): Generator<EncodedBlock> {
  yield* packBlocks(encodeBatch(block.index.first, eventsIn([block]).map(change)));
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
    runs: { setStatus: up((id, status) => store.runs.setStatus(id, status)) },
    snapshots: { put: up((id, projection, round, bytes) => store.snapshots.put(id, projection, round, bytes)) },
    answers: { put: up((root, answer) => store.answers.put(root, answer)) },
    log: {
      append: up(async (id, revision, blocks, progress) => {
        const whole = eventsIn(blocks);
        if (progress.events <= events) {
          written.push(...whole);
          return store.log.append(id, revision, blocks, progress);
        }
        down = true;
        const kept = whole.slice(0, events - revision);
        if (kept.length > 0) {
          written.push(...kept);
          const closed = (await store.runs.find(id))?.progress.rounds ?? -1;
          const rounds = kept.some(({ type }) => type === 'RoundClosed') ? progress.rounds : closed;
          const digest = digestOf(written);
          const cut: RunProgress = { ...progress, events, rounds, digest, status: 'running' };
          await appendBatch(store.log, id, encodeBatch(revision, kept), cut);
        }
        throw new PowerCut();
      }),
    },
  });
}

/** The events of blocks, each decoded from its bytes. */
export function eventsIn(blocks: readonly EncodedBlock[]): LogEvent[] {
  return blocks.map(openBlock).flatMap((open) => Array.from({ length: open.count }, (_, i) => eventAt(open, i)));
}

function digestOf(log: readonly LogEvent[]): string {
  const chain = new DigestChain();
  chain.addBatch(encodeBatch(0, log));
  return chain.head();
}
