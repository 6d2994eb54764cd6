/**
 * Events on their way into the log: objects for folding, canonical bytes for storing and hashing,
 * made once and used by both.
 */
import { ByteWriter } from '../encoding/bytes.ts';
import type { LogEvent } from './catalogue.ts';
import { eventCodec } from './codec.ts';
import { type Edition, LATEST_EDITION } from './editions.ts';

export interface EventBatch {
  /** Position of the first event. */
  readonly first: number;
  /** As folds need them: grounds and causes may be left out, the bytes have them. */
  readonly events: readonly LogEvent[];
  /** The events' canonical bytes, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each event's bytes end. */
  readonly ends: readonly number[];
}

/** Gathers events one by one, encoding each as it comes. */
export class BatchBuilder {
  readonly #first: number;
  readonly #events: LogEvent[] = [];
  readonly #ends: number[] = [];
  readonly #writer = new ByteWriter(1 << 16);
  readonly #edition: Edition;

  /**
   * @param first position of the first event to come
   * @param edition of the run: in which versions events are written
   */
  constructor(first: number, edition: Edition = LATEST_EDITION) {
    this.#first = first;
    this.#edition = edition;
  }

  /** The position that the next event must have. */
  get next(): number {
    return this.#first + this.#events.length;
  }

  get size(): number {
    return this.#events.length;
  }

  /**
   * @returns the event as it will be read again, which is what is to be folded
   * @throws RangeError when the position is out of sequence or a value does not fit its field
   */
  add(event: LogEvent): LogEvent {
    if (event.position !== this.next)
      throw new RangeError(`${event.type} has position ${event.position}, expected ${this.next}`);
    const { length } = this.#writer;
    try {
      eventCodec.encode(event, this.#writer, this.#edition);
    } catch (error) {
      // What was written of it must not become part of the next event.
      this.#writer.length = length;
      throw error;
    }
    const settled = this.#edition === LATEST_EDITION ? event : eventCodec.settled(event, this.#edition);
    this.#events.push(settled);
    this.#ends.push(this.#writer.length);
    return settled;
  }

  /** The batch so far; the builder is not to be used afterwards. */
  build(): EventBatch {
    return { first: this.#first, events: this.#events, bytes: this.#writer.view(), ends: this.#ends };
  }
}

/** Encodes events that follow one another. @throws RangeError like {@link BatchBuilder.add} */
export function encodeBatch(first: number, events: readonly LogEvent[], edition?: Edition): EventBatch {
  const builder = new BatchBuilder(first, edition);
  for (const event of events) builder.add(event);
  return builder.build();
}

/** The events of a batch from a position on, as a batch of their own. */
export function tailOf(batch: EventBatch, from: number): EventBatch {
  const skip = from - batch.first;
  const start = skip === 0 ? 0 : (batch.ends[skip - 1] as number);
  return {
    first: from,
    events: batch.events.slice(skip),
    bytes: batch.bytes.subarray(start),
    ends: batch.ends.slice(skip).map((end) => end - start),
  };
}

/** The event at an index, whole. */
export function eventInBatch({ first, bytes, ends }: EventBatch, index: number): LogEvent {
  return eventCodec.decode(bytes, index === 0 ? 0 : (ends[index - 1] as number), ends[index] as number, first + index);
}

/** The canonical bytes of the event at an index. */
export function bytesInBatch(batch: EventBatch, index: number): Uint8Array {
  return batch.bytes.subarray(index === 0 ? 0 : batch.ends[index - 1], batch.ends[index]);
}
