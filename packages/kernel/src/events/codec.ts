/**
 * Events to canonical bytes and back (law L5).
 *
 * An event is: type code, version, round, agent + 1 (0 for none), causes as (role, distance back, weight if any), data.
 * Its position is not written: it is the event's place in the log. It is written in the version of the run's edition
 * and read in the present one (law L13).
 */
import { ByteReader, type ByteWriter, MalformedBytes } from '../encoding/bytes.ts';
import { type Fault, record } from '../encoding/field.ts';
import { eventCatalogue, type LogEvent } from './catalogue.ts';
import { readCauses, skipCauses, writeCauses } from './causes.ts';
import { type EventDefinition, fieldOf, lifted, lowered } from './definition.ts';
import { type Edition, LATEST_EDITION } from './editions.ts';
import { NO_GROUNDS } from './grounds.ts';

/** Thrown for a type or version that this engine does not know. */
export class UnknownEvent extends Error {
  readonly code = 'UNKNOWN_EVENT';

  constructor(message: string) {
    super(message);
    this.name = 'UnknownEvent';
  }
}

/** What can be told of an event without decoding its data. */
interface EventHead {
  readonly code: number;
  readonly round: number;
  readonly agent: number | null;
}

export interface EventCodec<E> {
  /** @param edition in whose versions it is written; the latest by default */
  encode(event: E, to: ByteWriter, edition?: Edition): void;
  /** The event as it will be read again: an older edition may hold less of it. */
  settled(event: E, edition: Edition): E;
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
export function createCodec(definitions: Definitions, latest: Edition = LATEST_EDITION): EventCodec<AnyEvent> {
  const reader = eventReader(definitions);
  const definitionOf = (type: string): EventDefinition => {
    const definition = Object.hasOwn(definitions, type) ? definitions[type] : undefined;
    if (definition === undefined) throw new UnknownEvent(`unknown event type "${type}"`);
    return definition;
  };
  return {
    ...reader,
    encode(event, to, edition = latest) {
      const definition = definitionOf(event.type);
      const version = edition === latest ? definition.version : (edition.versions[event.type] ?? 1);
      to.uint(definition.code);
      to.uint(version);
      to.uint(event.round);
      to.uint(event.agent === null ? 0 : event.agent + 1);
      writeCauses(to, event, edition.weighsCauses);
      // Sound where the event is one of the catalogue's, which its type says.
      if (version === definition.version) definition.data.write(to, event.data as never);
      else fieldOf(definition, version).write(to, lowered(definition, version, event.data));
    },

    settled(event, edition) {
      const definition = definitionOf(event.type);
      const version = edition.versions[event.type] ?? 1;
      if (version === definition.version) return event;
      return { ...event, data: lifted(definition, version, lowered(definition, version, event.data)) };
    },

    check(event) {
      const faults: Fault[] = [];
      const { type, data } = (event ?? {}) as { readonly type?: unknown; readonly data?: unknown };
      const definition = typeof type === 'string' && Object.hasOwn(definitions, type) ? definitions[type] : undefined;
      const known = `one of ${Object.keys(definitions).join(', ')}`;
      if (definition === undefined) faults.push({ path: 'type', value: type, expected: known });
      else definition.data.check(data, 'data', faults);
      return faults;
    },
  };
}

function eventReader(definitions: Definitions): Pick<EventCodec<AnyEvent>, 'decode' | 'outline' | 'peek'> {
  const byCode = typesByCode(definitions);
  const leanReads = new Map(Object.entries(definitions).flatMap(([type, definition]) => leanRead(type, definition)));
  const readerOver = sharedReader();

  function read(bytes: Uint8Array, from: number, to: number, position: number, outline: boolean): AnyEvent {
    const reader = readerOver(bytes, from, to);
    const code = reader.uint();
    const type = byCode[code];
    const stored = reader.uint();
    const definition = type === undefined ? undefined : definitions[type];
    if (type === undefined || definition === undefined)
      throw new UnknownEvent(`position ${position}: unknown event type code ${code}`);
    const { version } = definition;
    if (stored < 1 || stored > version) {
      throw new UnknownEvent(
        `position ${position}: ${type} version ${stored}; this engine knows versions 1 to ${version}`,
      );
    }
    const round = reader.uint();
    const acting = reader.uint();
    const agent = acting === 0 ? null : acting - 1;
    const causes = outline ? skipCauses(reader) : readCauses(reader, position);
    const lean = outline && stored === version ? leanReads.get(type) : undefined;
    if (lean !== undefined) return { position, round, agent, type, version, data: lean(reader), causes };
    const own = (stored === version ? definition.data : fieldOf(definition, stored)).read(reader);
    const data = stored === version ? own : lifted(definition, stored, own);
    if (reader.offset !== to) throw new MalformedBytes(`${type} ends early`, reader.offset);
    return { position, round, agent, type, version, data, causes };
  }

  return {
    decode: (bytes, from, to, position) => read(bytes, from, to, position, false),
    outline: (bytes, from, to, position) => read(bytes, from, to, position, true),

    peek(bytes, from) {
      const reader = readerOver(bytes, from, bytes.length);
      const code = reader.uint();
      reader.uint();
      const round = reader.uint();
      const agent = reader.uint();
      return { code, round, agent: agent === 0 ? null : agent - 1 };
    },
  };
}

function typesByCode(definitions: Definitions): readonly (string | undefined)[] {
  const byCode: (string | undefined)[] = [];
  for (const [type, { code }] of Object.entries(definitions)) {
    if (byCode[code] !== undefined)
      throw new RangeError(`event code ${code} is given twice: ${byCode[code]} and ${type}`);
    byCode[code] = type;
  }
  return byCode;
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

/** How to read the data of a decision without its grounds, which stand last. */
function leanRead(type: string, { data }: EventDefinition): readonly [string, (reader: ByteReader) => unknown][] {
  const members = Object.entries(data.shape);
  const [last] = members.at(-1) ?? [];
  if (last !== 'grounds') return [];
  const rest = record(Object.fromEntries(members.slice(0, -1)));
  return [[type, (reader) => Object.assign(rest.read(reader), { grounds: NO_GROUNDS })]];
}

/** The codec of the log. The cast is sound: the definitions are those that LogEvent is made from. */
export const eventCodec = createCodec(eventCatalogue) as unknown as EventCodec<LogEvent>;
