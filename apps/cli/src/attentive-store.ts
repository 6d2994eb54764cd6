/**
 * A store that lets the process listen while it is read. Reading a log is one long stretch of work
 * without a pause in which a signal could be heard; here there is one every few milliseconds.
 */
import type { EncodedBlock, Store } from '@rashomon/kernel';

const PAUSE_EVERY_MS = 40;

/** The same store, whose blocks come with pauses and end with the signal's reason once it is given. */
export function attentive(store: Store, signal: AbortSignal): Store {
  let paused = performance.now();
  const blocks = async function* (...selected: Parameters<Store['blocks']>): AsyncGenerator<EncodedBlock> {
    for await (const block of store.blocks(...selected)) {
      if (performance.now() - paused > PAUSE_EVERY_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        paused = performance.now();
        signal.throwIfAborted();
      }
      yield block;
    }
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'blocks') return blocks;
      const member: unknown = Reflect.get(target, name, target);
      // Stores keep their state in private members, which only they can reach.
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
