/** Verify: whether the stored log is the one that was written, without executing anything (law L12). */
import {
  DamagedBlock,
  DigestChain,
  eventAt,
  eventBytesAt,
  type LogEvent,
  MalformedBytes,
  type OpenBlock,
  RunLog,
  sha256,
  type Store,
  StoreError,
  UnknownEvent,
} from '@rashomon/kernel';
import type { VerifyReport } from '../reports.ts';
import { HeaderCheck } from './header-faults.ts';

interface Fault {
  readonly position: number;
  readonly reason: string;
}

/**
 * Reads the whole log: block hashes, sequence, known types, order of rounds, causes, the digest at every round and at
 * the end; and whether header and totals say what the log says.
 */
export async function verify(store: Store, id: string): Promise<VerifyReport> {
  const log = await RunLog.open(store, id);
  const reading = new Reading(new HeaderCheck(log.record));
  let fault: Fault | null = null;
  try {
    for await (const { block, from, end } of log.blocks()) {
      fault = reading.block(block, from, end);
      if (fault !== null) break;
    }
    fault ??= reading.end(log);
  } catch (error) {
    fault = faultOf(error, reading.next);
  }
  return {
    schema: 'rashomon.verify/1',
    run: id,
    ok: fault === null,
    events: reading.next,
    digest: log.record.progress.digest,
    fault,
  };
}

function faultOf(error: unknown, position: number): Fault {
  if (error instanceof DamagedBlock) return { position: error.position, reason: error.reason };
  if (error instanceof MalformedBytes || error instanceof UnknownEvent) return { position, reason: error.message };
  if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return { position, reason: error.message };
  throw error;
}

/** How far the log has been read, and what it must go on with. */
class Reading {
  next = 0;
  readonly #header: HeaderCheck;
  #round = 0;
  #chain = new DigestChain();
  #unhashed: { block: OpenBlock; from: number } | null = null;

  constructor(header: HeaderCheck) {
    this.#header = header;
  }

  /** Reads the events of a block; the first fault, or null. */
  block(block: OpenBlock, from: number, end: number): Fault | null {
    if (from !== this.next) return { position: this.next, reason: `events ${this.next} to ${from - 1} are missing` };
    this.#unhashed = { block, from: from - block.first };
    for (let position = from; position < end; position++) {
      const index = position - block.first;
      const fault = this.#event(eventAt(block, index), block, index);
      if (fault !== null) return fault;
      this.next = position + 1;
    }
    this.#hashUpTo(end - block.first);
    return null;
  }

  /** What the run's header says of the whole. */
  end({ record: { progress } }: RunLog): Fault | null {
    if (this.next !== progress.events)
      return { position: this.next, reason: `the log ends after ${this.next} events, expected ${progress.events}` };
    const digest = this.next === 0 ? sha256() : this.#chain.head();
    if (digest !== progress.digest)
      return {
        position: Math.max(0, this.next - 1),
        reason: `the events give digest ${digest}, the run has ${progress.digest}`,
      };
    return this.#header.fault();
  }

  #event(event: LogEvent, block: OpenBlock, index: number): Fault | null {
    const fault = (reason: string): Fault => ({ position: event.position, reason });
    if (event.position === 0 && event.type !== 'RunStarted')
      return fault(`the first event is ${event.type}, expected RunStarted`);
    if (event.position > 0 && event.type === 'RunStarted') return fault('a second RunStarted');
    const opens = event.type === 'RoundOpened' ? 1 : 0;
    if (event.round !== this.#round + opens) return fault(`round ${event.round}, expected ${this.#round + opens}`);
    this.#round = event.round;
    this.#header.read(event);
    if (event.type === 'RoundClosed') {
      this.#hashUpTo(index);
      const digest = this.#chain.head();
      if (digest !== event.data.digest)
        return fault(`RoundClosed carries digest ${event.data.digest}, the events before it give ${digest}`);
      this.#chain = DigestChain.before(digest);
      this.#unhashed = { block, from: index };
    }
    return null;
  }

  /** Hashes the events of the present block before an index. */
  #hashUpTo(index: number): void {
    if (this.#unhashed === null || index <= this.#unhashed.from) return;
    const { block, from } = this.#unhashed;
    const start = eventBytesAt(block, from).byteOffset - block.bytes.byteOffset;
    this.#chain.addBytes(block.bytes.subarray(start, block.ends[index - 1]));
    this.#unhashed = { block, from: index };
  }
}
