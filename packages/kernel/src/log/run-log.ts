/**
 * The log of one run, its ancestors' shared rounds included. A fork is a pointer: the store keeps
 * what each run wrote itself, and this follows the pointers.
 */
import { type EncodedBlock, eventAt, type OpenBlock, openBlock, outlineAt } from '../encoding/block.ts';
import { eventCatalogue, type EventType, type LogEvent } from '../events/catalogue.ts';
import { eventCodec } from '../events/codec.ts';
import type { BlockSelection } from '../ports/event-log.ts';
import type { RunRecord } from '../ports/run-registry.ts';
import type { Store } from '../ports/store.ts';
import { StoreError } from '../ports/store-error.ts';

/** Which events are wanted; all members must match. Ranges are inclusive. */
export type EventSelection = BlockSelection;

/** The stretch of the log that one run of the lineage wrote. */
interface Stretch {
  readonly run: string;
  readonly from: number;
  /** The first position that is no longer its. */
  readonly end: number;
  /** The last round that counts of it. */
  readonly lastRound: number;
}

/** There is no event at this position. */
export class EventNotFound extends Error {
  override readonly name = 'EventNotFound';
  readonly code = 'EVENT_NOT_FOUND';
}

export class RunLog {
  readonly #store: Store;
  readonly #stretches: readonly Stretch[];
  readonly record: RunRecord;

  private constructor(store: Store, record: RunRecord, stretches: readonly Stretch[]) {
    this.#store = store;
    this.record = record;
    this.#stretches = stretches;
  }

  /** @throws StoreError RUN_NOT_FOUND for the run or an ancestor of it */
  static async open(store: Store, id: string): Promise<RunLog> {
    const record = await find(store, id);
    const stretches: Stretch[] = [];
    let current = record;
    let end = record.progress.events;
    let lastRound = record.progress.rounds;
    for (;;) {
      const { id: run, parent, sharedEvents, forkRound } = current.header;
      stretches.unshift({ run, from: Math.min(sharedEvents, end), end, lastRound });
      if (parent === null) return new RunLog(store, record, stretches);
      end = Math.min(sharedEvents, end);
      lastRound = Math.min(forkRound ?? lastRound, lastRound);
      current = await find(store, parent);
    }
  }

  get id(): string {
    return this.record.header.id;
  }

  /** Number of events. */
  get length(): number {
    return this.record.progress.events;
  }

  /** The runs whose events this log holds, nearest first, each with the last of its rounds that counts. */
  lineage(): readonly { readonly run: string; readonly lastRound: number }[] {
    return this.#stretches.map(({ run, lastRound }) => ({ run, lastRound })).reverse();
  }

  /** Matching events, a block's worth at a time. @throws DamagedBlock, UnknownEvent, StoreError */
  pages(selection: EventSelection = {}): AsyncGenerator<LogEvent[]> {
    return this.#pages(selection, eventAt);
  }

  /** The same without grounds and causes, several times faster: for folds, which look at neither. */
  outlines(selection: EventSelection = {}): AsyncGenerator<LogEvent[]> {
    return this.#pages(selection, outlineAt);
  }

  async *#pages(selection: EventSelection, read: typeof eventAt): AsyncGenerator<LogEvent[]> {
    const wanted = matcher(selection);
    for await (const { block, from, end } of this.blocks(selection)) {
      const page: LogEvent[] = [];
      for (let position = from; position < end; position++) {
        const index = position - block.first;
        if (wanted(block, index)) page.push(read(block, index));
      }
      if (page.length > 0) yield page;
    }
  }

  /** Matching events one by one. */
  async *events(selection: EventSelection = {}): AsyncGenerator<LogEvent> {
    for await (const page of this.pages(selection)) yield* page;
  }

  /** All events in one list: for selections known to be small. */
  async collect(selection: EventSelection = {}): Promise<LogEvent[]> {
    const events: LogEvent[] = [];
    for await (const page of this.pages(selection)) events.push(...page);
    return events;
  }

  /** @throws EventNotFound */
  async event(position: number): Promise<LogEvent> {
    const [event] = await this.collect({ from: position, to: position });
    if (event === undefined)
      throw new EventNotFound(
        `run ${this.id} has no event at position ${position}; its log holds ${this.length} events`,
      );
    return event;
  }

  /** Blocks that may hold matching events, each with the stretch of positions that counts. */
  async *blocks(
    selection: EventSelection = {},
  ): AsyncGenerator<{ readonly block: OpenBlock; readonly from: number; readonly end: number }> {
    for (const stretch of this.#stretches) {
      const from = Math.max(stretch.from, selection.from ?? 0);
      const end = Math.min(stretch.end, selection.to === undefined ? Infinity : selection.to + 1);
      if (from >= end) continue;
      for await (const encoded of this.#store.log.blocks(stretch.run, { ...selection, from, to: end - 1 })) {
        const block = openBlock(encoded);
        yield { block, from: Math.max(from, block.first), end: Math.min(end, block.first + block.count) };
      }
    }
  }

  /** Events from a position on, then those to come, until the signal. */
  async *follow(from: number, signal: AbortSignal): AsyncGenerator<LogEvent> {
    for await (const event of this.#pastAndToCome(from, signal)) {
      if (signal.aborted) return;
      yield event;
    }
  }

  async *#pastAndToCome(from: number, signal: AbortSignal): AsyncGenerator<LogEvent> {
    yield* this.events({ from });
    const own = Math.max(from, this.length);
    for await (const encoded of this.#store.log.subscribe(this.id, own, signal)) yield* decodeFrom(encoded, own);
  }
}

function* decodeFrom(encoded: EncodedBlock, from: number): Generator<LogEvent> {
  const block = openBlock(encoded);
  for (let index = Math.max(0, from - block.first); index < block.count; index++) yield eventAt(block, index);
}

async function find(store: Store, id: string): Promise<RunRecord> {
  const record = await store.runs.find(id);
  if (record === undefined) throw new StoreError('RUN_NOT_FOUND', `there is no run "${id}"`);
  return record;
}

/** A test of events by their head, so that only matching ones are decoded. */
function matcher({ agent, types, rounds }: EventSelection): (block: OpenBlock, index: number) => boolean {
  if (agent === undefined && types === undefined && rounds === undefined) return () => true;
  const codes = types === undefined ? undefined : new Set(types.map((type: EventType) => eventCatalogue[type].code));
  return (block, index) => {
    const head = eventCodec.peek(block.bytes, index === 0 ? block.start : (block.ends[index - 1] as number));
    return (
      (agent === undefined || head.agent === agent) &&
      (codes === undefined || codes.has(head.code)) &&
      (rounds === undefined || (head.round >= rounds[0] && head.round <= rounds[1]))
    );
  };
}
