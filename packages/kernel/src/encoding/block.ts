/**
 * Blocks: how packed events are stored. A block is a stretch of a run's log with an index over it,
 * so that a store can find an agent's, a round's or a type's events without reading the rest.
 *
 * Layout: format (1 byte, now 1), first position, event count, each event's length, the events'
 * canonical bytes, one CRC-32 per event (4 bytes, little-endian). The store keeps a SHA-256 of
 * index and block beside it; the checksums name the damaged event when that hash does not fit.
 */
import type { EventBatch } from '../events/batch.ts';
import { eventCatalogue, type EventType, type LogEvent } from '../events/catalogue.ts';
import { eventCodec } from '../events/codec.ts';
import { ByteReader, ByteWriter, MalformedBytes } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { sha256 } from './sha256.ts';

/** Events per block: 60 kB or so, read and written in one piece. */
export const EVENTS_PER_BLOCK = 1000;
/** Bytes of a block: with what a store adds, half of what the narrowest of them takes at once. */
export const BLOCK_BYTES_MAX = 512 * 1024;
/** What a block holds besides its events' bytes, at most: in front of all of them, and for each. */
const BYTES_IN_FRONT = 32;
const BYTES_PER_EVENT = 8;
const FORMAT = 1;

export interface BlockIndex {
  readonly first: number;
  readonly count: number;
  readonly roundFrom: number;
  readonly roundTo: number;
  /** Smallest and largest id of the agents that act in it; -1 when none does. */
  readonly agentFrom: number;
  readonly agentTo: number;
  /** Types in it as a bit set over {@link typeBit}. */
  readonly types: number;
}

export interface EncodedBlock {
  readonly index: BlockIndex;
  /** The packed block. */
  readonly bytes: Uint8Array;
  /** SHA-256 of index and bytes as taken when the block was made. */
  readonly hash: string;
}

/**
 * The bit of a type in a block's index. Codes past 48 share bits with smaller ones: the index may
 * then offer a block too many, never one too few.
 */
export function typeBit(type: EventType): number {
  let bit = 1;
  for (let i = eventCatalogue[type].code % 48; i > 0; i--) bit *= 2;
  return bit;
}

/** Thrown for a block whose bytes are not those that were written. */
export class DamagedBlock extends Error {
  readonly code = 'DAMAGED_BLOCK';
  readonly position: number;
  readonly reason: string;

  constructor(position: number, reason: string) {
    super(`position ${position}: ${reason}`);
    this.name = 'DamagedBlock';
    this.position = position;
    this.reason = reason;
  }
}

/**
 * Cuts a batch into blocks of at most {@link EVENTS_PER_BLOCK} events and {@link BLOCK_BYTES_MAX} bytes. A single event
 * that is larger has a block of its own.
 */
export function packBlocks(batch: EventBatch): EncodedBlock[] {
  const blocks: EncodedBlock[] = [];
  for (let from = 0; from < batch.events.length;) {
    const to = endOfBlock(batch, from);
    blocks.push(packBlock(batch, from, to));
    from = to;
  }
  return blocks;
}

function endOfBlock({ events, ends }: EventBatch, from: number): number {
  const room = BLOCK_BYTES_MAX - BYTES_IN_FRONT + (from === 0 ? 0 : (ends[from - 1] as number));
  let to = Math.min(from + EVENTS_PER_BLOCK, events.length);
  while (to > from + 1 && (ends[to - 1] as number) + BYTES_PER_EVENT * (to - from) > room) to--;
  return to;
}

function packBlock(batch: EventBatch, from: number, to: number): EncodedBlock {
  const startOf = (index: number): number => (index === 0 ? 0 : (batch.ends[index - 1] as number));
  const body = batch.bytes.subarray(startOf(from), batch.ends[to - 1]);
  const writer = new ByteWriter(body.length + (to - from) * 6 + 32);
  writer.byte(FORMAT);
  writer.uint(batch.first + from);
  writer.uint(to - from);
  for (let i = from; i < to; i++) writer.uint((batch.ends[i] as number) - startOf(i));
  writer.raw(body);
  for (let i = from; i < to; i++) {
    const sum = crc32(batch.bytes, startOf(i), batch.ends[i]);
    for (let shift = 0; shift < 32; shift += 8) writer.byte((sum >>> shift) & 255);
  }
  const bytes = writer.view();
  const index = indexOf(batch.first + from, batch.events.slice(from, to));
  return { index, bytes, hash: hashOf(index, bytes) };
}

/** The index is hashed with the bytes: a changed index would hide events from those who look for them. */
function hashOf(
  { first, count, roundFrom, roundTo, agentFrom, agentTo, types }: BlockIndex,
  bytes: Uint8Array,
): string {
  return sha256([first, count, roundFrom, roundTo, agentFrom, agentTo, types].join(' '), bytes);
}

function indexOf(first: number, events: readonly LogEvent[]): BlockIndex {
  let agentFrom = -1;
  let agentTo = -1;
  const present = new Set<EventType>();
  let latest: EventType | undefined;
  for (const { agent, type } of events) {
    // Neighbours are often alike: most need no look-up.
    if (type !== latest) present.add((latest = type));
    if (agent === null) continue;
    if (agentFrom < 0 || agent < agentFrom) agentFrom = agent;
    if (agent > agentTo) agentTo = agent;
  }
  const bits = new Set([...present].map(typeBit));
  const types = [...bits].reduce((sum, bit) => sum + bit, 0);
  const roundFrom = (events[0] as LogEvent).round;
  const roundTo = (events[events.length - 1] as LogEvent).round;
  return { first, count: events.length, roundFrom, roundTo, agentFrom, agentTo, types };
}

/** An opened block: where each event's bytes lie. */
export interface OpenBlock {
  readonly first: number;
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Where the events' bytes begin, and where each one's end. */
  readonly start: number;
  readonly ends: readonly number[];
}

/**
 * Opens a block for reading after checking its hash.
 * @throws DamagedBlock that names the first event whose bytes have changed (law L12)
 */
export function openBlock(block: EncodedBlock): OpenBlock {
  if (hashOf(block.index, block.bytes) !== block.hash) throw damageOf(block);
  const open = layOut(block.bytes);
  if (open.first !== block.index.first || open.count !== block.index.count) {
    throw new DamagedBlock(
      block.index.first,
      `block says ${open.count} events from ${open.first}, its index ${block.index.count} from ${block.index.first}`,
    );
  }
  return open;
}

function layOut(bytes: Uint8Array): OpenBlock {
  const reader = new ByteReader(bytes);
  const format = reader.byte();
  if (format !== FORMAT) throw new MalformedBytes(`block format ${format}, expected ${FORMAT},`, 0);
  const first = reader.uint();
  const count = reader.uint();
  if (count > bytes.length) throw new MalformedBytes(`block of ${count} events does not fit`, reader.offset);
  const ends: number[] = [];
  let length = 0;
  for (let i = 0; i < count; i++) {
    length += reader.uint();
    ends.push(length);
  }
  const start = reader.offset;
  for (let i = 0; i < count; i++) ends[i] = (ends[i] as number) + start;
  if (start + length + 4 * count !== bytes.length)
    throw new MalformedBytes('block has another length than its events', start);
  return { first, count, bytes, start, ends };
}

function damageOf(block: EncodedBlock): DamagedBlock {
  const { first, count } = block.index;
  try {
    const open = layOut(block.bytes);
    if (open.first !== first || open.count !== count) return new DamagedBlock(first, 'block header was changed');
    const sums = new DataView(block.bytes.buffer, block.bytes.byteOffset + block.bytes.length - 4 * count);
    for (let i = 0; i < count; i++) {
      const from = i === 0 ? open.start : (open.ends[i - 1] as number);
      if (crc32(block.bytes, from, open.ends[i]) !== sums.getUint32(4 * i, true)) {
        return new DamagedBlock(first + i, 'event bytes or their checksum were changed');
      }
    }
    return new DamagedBlock(first, 'the hash or the index of the block was changed');
  } catch {
    return new DamagedBlock(first, 'block header or length was changed');
  }
}

/** Decodes the event at an index of an opened block. */
export function eventAt(block: OpenBlock, index: number): LogEvent {
  const from = index === 0 ? block.start : (block.ends[index - 1] as number);
  return eventCodec.decode(block.bytes, from, block.ends[index] as number, block.first + index);
}

/** The same without grounds and causes, for folds. */
export function outlineAt(block: OpenBlock, index: number): LogEvent {
  const from = index === 0 ? block.start : (block.ends[index - 1] as number);
  return eventCodec.outline(block.bytes, from, block.ends[index] as number, block.first + index);
}

/** The canonical bytes of the event at an index. */
export function eventBytesAt(block: OpenBlock, index: number): Uint8Array {
  return block.bytes.subarray(index === 0 ? block.start : block.ends[index - 1], block.ends[index]);
}
