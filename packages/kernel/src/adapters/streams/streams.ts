/**
 * All that a store can be built on: append-only streams of records with optimistic concurrency, as event stores have
 * them. Appending several records at once is atomic up to `recordsPerAppend`; nothing is ever changed or taken back.
 */
export interface StreamRecord {
  /** JSON: what can be read without opening the data. */
  readonly metadata: string;
  readonly data: Uint8Array;
}

export interface Streams {
  /** The most records that one append takes. */
  readonly recordsPerAppend: number;

  /**
   * Appends all records or none, durably.
   * @param expectedCount number of records that the stream must have before
   * @throws StreamConflict when it has another number
   */
  append(stream: string, expectedCount: number, records: readonly StreamRecord[]): Promise<void>;

  /** Records from a number on, at most `count`, in order; none where there is no such stream. */
  read(stream: string, from: number, count?: number): Promise<readonly StreamRecord[]>;
}

/** A stream has grown since it was looked at. */
export class StreamConflict extends Error {
  readonly code = 'STREAM_CONFLICT';

  constructor(stream: string, expected: number, actual: number) {
    super(`stream ${stream} has ${actual} records, expected ${expected}; nothing was written`);
    this.name = 'StreamConflict';
  }
}

/** Tries until no other writer came between looking and appending. */
export async function untilUncontested<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StreamConflict)) throw error;
    }
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A record that is all metadata. */
export function noteOf(metadata: object): StreamRecord {
  return { metadata: JSON.stringify(metadata), data: new Uint8Array() };
}

/** A record whose data is JSON. */
export function jsonRecord(metadata: object, value: unknown): StreamRecord {
  return { metadata: JSON.stringify(metadata), data: encoder.encode(JSON.stringify(value)) };
}

export function jsonIn({ data }: StreamRecord): unknown {
  return JSON.parse(decoder.decode(data));
}
