/**
 * The running digest of a log: SHA-256 over the events' canonical bytes, cut at each RoundClosed.
 *
 * Up to the first RoundClosed it is the hash of the events before it; after a RoundClosed it is the
 * hash of the digest that event carries, followed by the bytes from that event on. As RoundClosed
 * carries the digest of all events before it, a reader can pick the chain up at any round without
 * reading what lies before.
 */
import { RunningHash } from '../encoding/sha256.ts';
import type { EventBatch } from './batch.ts';

export class DigestChain {
  #hash = new RunningHash();

  /** A chain over everything before a RoundClosed that carries `closed`; that event is to be added next. */
  static before(closed: string): DigestChain {
    const chain = new DigestChain();
    chain.#hash = new RunningHash(closed);
    return chain;
  }

  /** The digest of everything added so far. */
  head(): string {
    return this.#hash.value();
  }

  /** What the digest would be with a batch added that holds no RoundClosed but at its start. */
  with(batch: EventBatch): string {
    const hash =
      batch.events[0]?.type === 'RoundClosed' ? new RunningHash(batch.events[0].data.digest) : this.#hash.copy();
    hash.update(batch.bytes);
    return hash.value();
  }

  /** Adds the bytes of events among which is no RoundClosed, unless {@link before} has just cut there. */
  addBytes(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Adds a batch with one hash call for each round it touches. */
  addBatch(batch: EventBatch): void {
    let start = 0;
    batch.events.forEach((event, index) => {
      if (event.type !== 'RoundClosed') return;
      // What lies before this event is hashed into the digest that it carries.
      start = index === 0 ? 0 : (batch.ends[index - 1] as number);
      this.#hash = new RunningHash(event.data.digest);
    });
    this.#hash.update(batch.bytes.subarray(start));
  }
}
