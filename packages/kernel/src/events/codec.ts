/**
 * Events to canonical bytes and back (law L5).
 *
 * An event is: type code, version, round, agent + 1 (0 for none), causes as (role, distance back),
 * data. Its position is not written: it is the event's place in the log.
 */
import { ByteReader, type ByteWriter, MalformedBytes } from '../encoding/bytes.ts';
import { type Fault, record } from '../encoding/field.ts';
import { CAUSE_ROLES, type Cause, type CauseRole, eventCatalogue, type LogEvent } from './catalogue.ts';
import type { EventDefinition } from './definition.ts';
import { NO_GROUNDS } from './grounds.ts';

/** Thrown for a type or version that this engine does not know. */
export class UnknownEvent extends Error {
  readonly code = 'UNKNOWN_EVENT';
}

/** What can be told of an event without decoding its data. */
interface EventHead {
  readonly code: number;
  readonly round: number;
  readonly agent: number | null;
}

export interface EventCodec<E> {
  encode(event: E, to: ByteWriter): void;
  decode(bytes: Uint8Array, from: number, to: number, position: number): E;
  /** The event with neither its grounds nor its causes, which no fold looks at: several times faster. */
  outline(bytes: Uint8Array, from: number, to: number, position: number): E;
  /** Reads only type, round and agent: about ten times faster than decoding. */
  peek(bytes: Uint8Array, from: number): EventHead;
  /** Every fault of an event that came from outside as JSON; empty when it is sound. */
  check(event: unknown): Fault[];
}

type Definitions = { readonly [type: string]: EventDefinition };
type AnyEvent = Omit<LogEvent, 'type' | 'data'> & { readonly type: string; readonly data: unknown };

/** A codec for a catalogue of event types; the system's own is {@link eventCodec}. */
export function createCodec(definitions: Definitions): EventCodec<AnyEvent> {
  const byCode: (string | undefined)[] = [];
  for (const [type, { code }] of Object.entries(definitions)) {
    if (byCode[code] !== undefined)
      throw new RangeError(`event code ${code} is given twice: ${byCode[code]} and ${type}`);
    byCode[code] = type;
  }
  const roleCodes = new Map<CauseRole, number>(CAUSE_ROLES.map((role, index) => [role, index]));
  const leanReads = new Map(Object.entries(definitions).flatMap(([type, definition]) => leanRead(type, definition)));
  const readerOver = sharedReader();

  function decode(bytes: Uint8Array, from: number, to: number, position: number, outline: boolean): AnyEvent {
    const reader = readerOver(bytes, from, to);
    const code = reader.uint();
    const type = byCode[code];
    const stored = reader.uint();
    const definition = type === undefined ? undefined : definitions[type];
    if (type === undefined || definition === undefined)
      throw new UnknownEvent(`position ${position}: unknown event type code ${code}`);
    if (stored < 1 || stored > definition.version) {
      throw new UnknownEvent(
        `position ${position}: ${type} version ${stored}; this engine knows versions 1 to ${definition.version}`,
      );
    }
    const round = reader.uint();
    const agent = reader.uint();
    const causes = outline ? skipCauses(reader) : readCauses(reader, position);
    const lean = outline && stored === definition.version ? leanReads.get(type) : undefined;
    if (lean !== undefined)
      return {
        position,
        round,
        agent: agent === 0 ? null : agent - 1,
        type,
        version: stored,
        data: lean(reader),
        causes,
      };
    const data = readData(definition, stored, reader);
    if (reader.offset !== to) throw new MalformedBytes(`${type} ends early`, reader.offset);
    return { position, round, agent: agent === 0 ? null : agent - 1, type, version: definition.version, data, causes };
  }

  return {
    encode(event, to) {
      const definition = definitions[event.type];
      if (definition === undefined) throw new UnknownEvent(`unknown event type "${event.type}"`);
      to.uint(definition.code);
      to.uint(definition.version);
      to.uint(event.round);
      to.uint(event.agent === null ? 0 : event.agent + 1);
      to.uint(event.causes.length);
      for (const cause of event.causes) {
        const distance = event.position - cause.position;
        if (!(distance > 0))
          throw new RangeError(
            `${event.type} at ${event.position} names a cause at ${cause.position}: causes point backwards`,
          );
        const role = roleCodes.get(cause.role);
        if (role === undefined)
          throw new RangeError(
            `${event.type} at ${event.position}: cause role "${cause.role}" is none of ${CAUSE_ROLES.join(', ')}`,
          );
        to.byte(role);
        to.uint(distance);
      }
      // Sound where the event is one of the catalogue's, which its type says.
      definition.data.write(to, event.data as never);
    },

    decode: (bytes, from, to, position) => decode(bytes, from, to, position, false),
    outline: (bytes, from, to, position) => decode(bytes, from, to, position, true),

    peek(bytes, from) {
      const reader = readerOver(bytes, from, bytes.length);
      const code = reader.uint();
      reader.uint();
      const round = reader.uint();
      const agent = reader.uint();
      return { code, round, agent: agent === 0 ? null : agent - 1 };
    },

    check(event) {
      const faults: Fault[] = [];
      const { type, data } = (event ?? {}) as { readonly type?: unknown; readonly data?: unknown };
      const definition = typeof type === 'string' ? definitions[type] : undefined;
      if (definition === undefined)
        faults.push({ path: 'type', value: type, expected: `one of ${Object.keys(definitions).join(', ')}` });
      else definition.data.check(data, 'data', faults);
      return faults;
    },
  };
}

/** One reader for as long as the bytes are the same: events are read by the thousand from one block. */
function sharedReader(): (bytes: Uint8Array, from: number, to: number) => ByteReader {
  let shared = new ByteReader(new Uint8Array(0));
  return (bytes, from, to) => {
    if (!shared.isOver(bytes)) shared = new ByteReader(bytes);
    shared.seek(from, to);
    return shared;
  };
}

const NO_CAUSES: readonly Cause[] = [];

function readCauses(reader: ByteReader, position: number): readonly Cause[] {
  const count = reader.uint();
  if (count === 0) return NO_CAUSES;
  const causes: Cause[] = [];
  for (let i = 0; i < count; i++) {
    const role = CAUSE_ROLES[reader.byte()];
    const distance = reader.uint();
    if (role === undefined || distance === 0 || distance > position)
      throw new MalformedBytes('no such cause', reader.offset);
    causes.push({ role, position: position - distance });
  }
  return causes;
}

function skipCauses(reader: ByteReader): readonly Cause[] {
  for (let count = reader.uint(); count > 0; count--) {
    reader.byte();
    reader.uint();
  }
  return NO_CAUSES;
}

/** How to read the data of a decision without its grounds, which stand last. */
function leanRead(type: string, { data }: EventDefinition): readonly [string, (reader: ByteReader) => unknown][] {
  const members = Object.entries(data.shape);
  const [last] = members.at(-1) ?? [];
  if (last !== 'grounds') return [];
  const rest = record(Object.fromEntries(members.slice(0, -1)));
  return [[type, (reader) => Object.assign(rest.read(reader), { grounds: NO_GROUNDS })]];
}

function readData(definition: EventDefinition, stored: number, reader: ByteReader): unknown {
  if (stored === definition.version) return definition.data.read(reader);
  let data: unknown = definition.older[stored - 1]?.data.read(reader);
  // Sound: each step takes what the step before it, or the stored version, gives.
  for (const step of definition.older.slice(stored - 1)) data = step.up(data as never);
  return data;
}

/** The codec of the log. The cast is sound: the definitions are those that LogEvent is made from. */
export const eventCodec = createCodec(eventCatalogue) as unknown as EventCodec<LogEvent>;
