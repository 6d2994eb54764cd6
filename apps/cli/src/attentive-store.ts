/**
 * A store that lets the process listen while it is read. Reading a log is one long stretch of work
 * without a pause in which a signal could be heard; here there is one every few milliseconds.
 */
import type { EncodedBlock, EventLog, Store } from '@rashomon/kernel';

const PAUSE_EVERY_MS = 40;

/** The same store, whose blocks come with pauses and end with the signal's reason once it is given. */
export function attentive(store: Store, signal: AbortSignal): Store {
  let paused = performance.now();
  const blocks = async function* (...selected: Parameters<EventLog['blocks']>): AsyncGenerator<EncodedBlock> {
    for await (const block of store.log.blocks(...selected)) {
      if (performance.now() - paused > PAUSE_EVERY_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        paused = performance.now();
        signal.throwIfAborted();
      }
      yield block;
    }
  };
  const log: EventLog = {
    append: (...appended) => store.log.append(...appended),
    blocks,
    subscribe: (...followed) => store.log.subscribe(...followed),
  };
  return { ...store, log };
}
