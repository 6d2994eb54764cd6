/** Events to bytes and back (law L5), blocks, digests, JSON, and the numbers everything rests on. */
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  DamagedBlock,
  eventAt,
  eventBytesAt,
  EVENTS_PER_BLOCK,
  openBlock,
  packBlocks,
  typeBit,
} from '../src/encoding/block.ts';
import { ByteReader, ByteWriter, MalformedBytes } from '../src/encoding/bytes.ts';
import { canonicalJson, type Json } from '../src/encoding/canonical-json.ts';
import { crc32 } from '../src/encoding/crc32.ts';
import { int, json, milliNumber, record, text, uint, type Fault } from '../src/encoding/field.ts';
import { encodeBatch } from '../src/events/batch.ts';
import { type EventType, eventCatalogue, type LogEvent } from '../src/events/catalogue.ts';
import { createCodec, eventCodec, UnknownEvent } from '../src/events/codec.ts';
import { defineEvent } from '../src/events/definition.ts';
import { DigestChain } from '../src/events/digest.ts';
import { arbitraryEvent } from '../src/testing/arbitrary-event.ts';
import { arbitraryBatches } from '../src/testing/store-events.ts';
import { plainBatch } from '../src/testing/store-records.ts';

const types = Object.keys(eventCatalogue) as EventType[];

const anyEvent = fc.oneof(...types.map(arbitraryEvent));

function bytesOf(event: LogEvent): Uint8Array {
  const writer = new ByteWriter();
  eventCodec.encode(event, writer);
  return writer.copy();
}

/** The bytes of the event that the bytes hold; the bytes themselves when they are refused as they should be. */
function spelledAgain(bytes: Uint8Array, position: number): Uint8Array {
  try {
    return bytesOf(eventCodec.decode(bytes, 0, bytes.length, position));
  } catch (error) {
    if (error instanceof MalformedBytes || error instanceof UnknownEvent) return bytes;
    throw error;
  }
}

describe('L5 events and their bytes', () => {
  test.each(types)('decode(encode(%s)) is the event, and its bytes are its only ones', (type) => {
    fc.assert(
      fc.property(arbitraryEvent(type), (event) => {
        const bytes = bytesOf(event);
        const read = eventCodec.decode(bytes, 0, bytes.length, event.position);
        expect(read).toEqual(event);
        expect(bytesOf(read)).toEqual(bytes);
        expect(eventCodec.check(event)).toEqual([]);
        const { code, round, agent } = eventCodec.peek(bytes, 0);
        expect({ code, round, agent }).toEqual({
          code: eventCatalogue[type].code,
          round: event.round,
          agent: event.agent,
        });
      }),
      { numRuns: 40 },
    );
  });

  test('bytes that end early or go on too long are refused', () => {
    fc.assert(
      fc.property(
        anyEvent,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat(255),
        (event, share, extra) => {
          const bytes = bytesOf(event);
          const cut = Math.floor(bytes.length * share);
          expect(() => eventCodec.decode(bytes, 0, cut, event.position)).toThrow(MalformedBytes);
          const padded = Uint8Array.of(...bytes, extra);
          expect(() => eventCodec.decode(padded, 0, padded.length, event.position)).toThrow(MalformedBytes);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('changed bytes are refused or are the one spelling of another event', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat(), fc.integer({ min: 1, max: 255 }), (event, where, change) => {
        const bytes = bytesOf(event);
        const offset = where % bytes.length;
        bytes[offset] = (bytes[offset] ?? 0) ^ change;
        expect(spelledAgain(bytes, event.position)).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test('a JSON number too large for a number is refused like any other spelling that nobody writes', () => {
    const writer = new ByteWriter();
    writer.text('{"seed":1e999}');
    expect(() => eventCatalogue.RunStarted.data.shape.config.read(new ByteReader(writer.copy()))).toThrow(
      MalformedBytes,
    );
  });

  test('an unknown type and an unknown version are refused by name', () => {
    const writer = new ByteWriter();
    for (const value of [999, 1, 0, 0, 0]) writer.uint(value);
    expect(() => eventCodec.decode(writer.view(), 0, writer.length, 12)).toThrow(
      new UnknownEvent('position 12: unknown event type code 999'),
    );
    writer.clear();
    for (const value of [eventCatalogue.RoundOpened.code, 7, 0, 0, 0, 0]) writer.uint(value);
    expect(() => eventCodec.decode(writer.view(), 0, writer.length, 12)).toThrow(
      /position 12: RoundOpened version 7; .* versions 1 to 1/,
    );
    const nameless = { position: 0, round: 0, agent: null, type: 'Sneezed', version: 1, data: {}, causes: [] };
    expect(() => createCodec(eventCatalogue).encode(nameless, writer)).toThrow(/unknown event type "Sneezed"/);
  });

  test('causes point backwards', () => {
    const [event] = plainBatch(5, 1).events;
    if (event === undefined) throw new Error('no event');
    for (const position of [5, 6]) {
      expect(() => bytesOf({ ...event, causes: [{ role: 'follows', position }] })).toThrow(/causes point backwards/);
    }
    const bytes = bytesOf({ ...event, causes: [{ role: 'follows', position: 0 }] });
    expect(() => eventCodec.decode(bytes, 0, bytes.length, 4)).toThrow(MalformedBytes);
  });

  test('positions of a batch follow one another', () => {
    expect(() => encodeBatch(3, plainBatch(4, 2).events)).toThrow(/has position 4, expected 3/);
  });
});

describe('L5 older versions', () => {
  const first = createCodec({ Tasted: defineEvent({ code: 7, version: 1, about: '', data: { dish: text } }) });
  const second = createCodec({
    Tasted: defineEvent({
      code: 7,
      version: 2,
      about: '',
      data: { dishes: record({ first: text, count: uint }) },
      older: [
        {
          version: 1,
          data: record({ dish: text }),
          up: ({ dish }: { readonly dish: string }) => ({ dishes: { first: dish, count: 1 } }),
          down: ({ dishes }: { readonly dishes: { readonly first: string } }) => ({ dish: dishes.first }),
        },
      ],
    }),
  });
  const event = {
    position: 3,
    round: 1,
    agent: 4,
    type: 'Tasted',
    version: 1,
    data: { dish: 'soup' },
    causes: [{ role: 'follows' as const, position: 1 }],
  };

  test('are lifted to the present one', () => {
    const writer = new ByteWriter();
    first.encode(event, writer);
    expect(second.decode(writer.view(), 0, writer.length, 3)).toEqual({
      ...event,
      version: 2,
      data: { dishes: { first: 'soup', count: 1 } },
    });
  });

  test('know nothing of newer ones', () => {
    const writer = new ByteWriter();
    second.encode({ ...event, version: 2, data: { dishes: { first: 'soup', count: 2 } } }, writer);
    expect(() => first.decode(writer.view(), 0, writer.length, 3)).toThrow(
      /Tasted version 2; this engine knows versions 1 to 1/,
    );
  });

  test('must lead step by step to the present one; codes are given once', () => {
    expect(() => defineEvent({ code: 7, version: 2, about: '', data: {} })).toThrow(
      /needs steps up and down for 1 to 1/,
    );
    expect(() =>
      createCodec({
        A: defineEvent({ code: 7, version: 1, about: '', data: {} }),
        B: defineEvent({ code: 7, version: 1, about: '', data: {} }),
      }),
    ).toThrow(/code 7 is given twice/);
  });
});

describe('values that have no bytes', () => {
  test.each([-1, 1.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])('%d as an integer', (value) => {
    expect(() => new ByteWriter().uint(value)).toThrow(RangeError);
  });

  test.each([0x10000000000000, -0x10000000000001, 0.5, NaN])('%d as a signed integer', (value) => {
    const faults: Fault[] = [];
    int.check(value, 'data.x', faults);
    expect(faults.map(({ path }) => path)).toEqual(['data.x']);
    expect(() => int.write(new ByteWriter(), value)).toThrow(RangeError);
  });

  test.each([0.0001, NaN, Infinity, 1e16])('%d in thousandths', (value) => {
    const faults: Fault[] = [];
    milliNumber.check(value, 'data.x', faults);
    expect(faults.length).toBe(1);
    expect(() => milliNumber.write(new ByteWriter(), value)).toThrow(RangeError);
  });

  test('half a surrogate pair', () => {
    for (const value of ['\ud83c', `${'x'.repeat(80)}\udfac`])
      expect(() => new ByteWriter().text(value)).toThrow(/half a surrogate pair/);
  });

  test('integers are read in their shortest form only, and below 2^53', () => {
    for (const bytes of [
      [0x80, 0],
      [0xff, 0x80, 0],
      [255, 255, 255, 255, 255, 255, 255, 16],
      [255, 255, 255, 255, 255, 255, 255, 255, 1],
    ]) {
      expect(() => new ByteReader(Uint8Array.from(bytes)).uint()).toThrow(MalformedBytes);
    }
    expect(new ByteReader(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)).uint()).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('JSON is read in its canonical spelling only', () => {
    for (const source of ['{ "a":1}', '{"b":1,"a":2}', '1.0', '1e2', '"\\u0041"', 'nonsense']) {
      const writer = new ByteWriter();
      writer.text(source);
      expect(() => json.read(new ByteReader(writer.view()))).toThrow(MalformedBytes);
    }
  });
});

/** The same value with the members of its objects the other way round. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => shuffled(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]: [string, Json]) => [key, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  test('says the same as JSON, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const spelled = canonicalJson(value as Json);
        expect(JSON.parse(spelled)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value as Json))).toBe(spelled);
        expect(canonicalJson(JSON.parse(spelled) as Json)).toBe(spelled);
      }),
    );
  });

  test('refuses what JSON cannot hold', () => {
    for (const value of [undefined, NaN, Infinity, () => 1, { a: undefined }, [1n]])
      expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });
});

describe('blocks', () => {
  test('give back every event and its bytes, however many there are', () => {
    for (const count of [1, EVENTS_PER_BLOCK - 1, EVENTS_PER_BLOCK, EVENTS_PER_BLOCK + 1, 2 * EVENTS_PER_BLOCK + 7]) {
      const batch = plainBatch(77, count);
      const blocks = packBlocks(batch).map(openBlock);
      expect(
        blocks.flatMap((block) => Array.from({ length: block.count }, (_, index) => eventAt(block, index))),
      ).toEqual(batch.events);
      expect(
        Buffer.concat(
          blocks.flatMap((block) => Array.from({ length: block.count }, (_, index) => eventBytesAt(block, index))),
        ),
      ).toEqual(Buffer.from(batch.bytes));
      expect(Math.max(...blocks.map((block) => block.count))).toBeLessThanOrEqual(EVENTS_PER_BLOCK);
    }
  });

  test('L12 any changed byte is found', () => {
    fc.assert(
      fc.property(arbitraryBatches(), fc.nat(), fc.integer({ min: 1, max: 255 }), (batches, where, change) => {
        const [block] = batches.flatMap(packBlocks);
        if (block === undefined) throw new Error('no block');
        const bytes = Uint8Array.from(block.bytes);
        bytes[where % bytes.length] = (bytes[where % bytes.length] ?? 0) ^ change;
        expect(() => openBlock({ ...block, bytes })).toThrow(DamagedBlock);
      }),
    );
  });

  test('have one bit per type; types that share one are at least 48 codes apart', () => {
    for (const a of types) {
      expect(Number.isSafeInteger(typeBit(a)) && typeBit(a) > 0).toBe(true);
      const sharing = types
        .filter((b) => typeBit(a) === typeBit(b))
        .map((b) => Math.abs(eventCatalogue[a].code - eventCatalogue[b].code) % 48);
      expect(new Set(sharing)).toEqual(new Set([0]));
    }
  });
});

describe('CRC-32', () => {
  test('is the known one', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(200),
        (bytes, from) => crc32(bytes, Math.min(from, bytes.length)) === zlib.crc32(bytes.subarray(from)),
      ),
    );
  });
});

describe('the running digest', () => {
  test('does not depend on how events were cut into batches and blocks', () => {
    fc.assert(
      fc.property(arbitraryBatches(), (batches) => {
        const events = batches.flatMap((batch) => batch.events);
        const byBatch = new DigestChain();
        for (const batch of batches) byBatch.addBatch(batch);
        const inOneGo = new DigestChain();
        inOneGo.addBatch(encodeBatch(0, events));
        let byBlock = new DigestChain();
        for (const block of batches.flatMap(packBlocks).map(openBlock)) {
          for (let i = 0; i < block.count; i++) {
            const event = eventAt(block, i);
            if (event.type === 'RoundClosed') byBlock = DigestChain.before(event.data.digest);
            byBlock.addBytes(eventBytesAt(block, i));
          }
        }
        expect([inOneGo.head(), byBlock.head()]).toEqual([byBatch.head(), byBatch.head()]);
      }),
    );
  });

  test('can be picked up at any RoundClosed', () => {
    fc.assert(
      fc.property(arbitraryBatches(), (batches) => {
        const events = batches.flatMap((batch) => batch.events);
        const whole = new DigestChain();
        whole.addBatch(encodeBatch(0, events));
        for (const event of events) {
          if (event.type !== 'RoundClosed') continue;
          const tail = DigestChain.before(event.data.digest);
          tail.addBatch(encodeBatch(event.position, events.slice(event.position)));
          expect(tail.head()).toBe(whole.head());
        }
      }),
    );
  });

  test('can be told for a batch that is not added', () => {
    const chain = new DigestChain();
    chain.addBatch(plainBatch(0, 5));
    const [before, told] = [chain.head(), chain.with(plainBatch(5, 4))];
    expect(chain.head()).toBe(before);
    chain.addBatch(plainBatch(5, 4));
    expect(chain.head()).toBe(told);
  });

  test('changes with any event', () => {
    const [one, other] = [plainBatch(0, 3), plainBatch(0, 3, 1)].map((batch) => {
      const chain = new DigestChain();
      chain.addBatch(batch);
      return chain.head();
    });
    expect(one).not.toBe(other);
  });
});
