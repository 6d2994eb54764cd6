/**
 * L13 a run outlives its engine: every version of every event is kept as a sample and by its schema, can be read, and
 * can still be written for the runs that are pinned to it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BEHAVIOUR, behaves, checkBehaviour, CURRENT_BEHAVIOUR } from '../src/behaviour/behaviour.ts';
import { ByteWriter } from '../src/encoding/bytes.ts';
import { BatchBuilder } from '../src/events/batch.ts';
import { type EventType, eventCatalogue, type LogEvent } from '../src/events/catalogue.ts';
import { eventCodec } from '../src/events/codec.ts';
import { type EventDefinition, fieldOf, lifted, lowered } from '../src/events/definition.ts';
import { EDITIONS, type Edition, editionOf, LATEST_EDITION, typesOutOfEdition } from '../src/events/editions.ts';
import { bestOption, type Grounds, utilityOf } from '../src/events/grounds.ts';
import { arbitraryEvent } from '../src/testing/arbitrary-event.ts';
import { arbitraryValue } from '../src/testing/store-values.ts';

const types = Object.keys(eventCatalogue) as EventType[];
const definitionOf = (type: EventType): EventDefinition => eventCatalogue[type] as unknown as EventDefinition;
const versionsOf = (type: EventType): readonly number[] =>
  Array.from({ length: eventCatalogue[type].version }, (_, index) => index + 1);
const update = process.env['UPDATE_SAMPLES'] === '1';
const directory = fileURLToPath(new URL('./samples/', import.meta.url));
const nameOf = (type: string, version: number): string => `${type}.${version}.json`;

function bytesOf(event: LogEvent, edition: Edition = LATEST_EDITION): Uint8Array {
  const writer = new ByteWriter();
  eventCodec.encode(event, writer, edition);
  return writer.copy();
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

interface Sample {
  readonly bytes: string;
  readonly event: LogEvent;
}

/** The first edition that writes the type in this version. */
function editionWith(type: EventType, version: number): Edition {
  const edition = EDITIONS.find(({ versions }) => (versions[type] ?? 1) === version);
  if (edition === undefined) throw new Error(`no edition writes ${type} in version ${version}`);
  return edition;
}

describe('L13 L5 stored samples of every version of every event', () => {
  test.each(types)('%s', (type) => {
    const { version, code } = eventCatalogue[type];
    mkdirSync(directory, { recursive: true });
    const own = `${directory}${nameOf(type, version)}`;
    if (update && !existsSync(own)) {
      const [event] = fc.sample(
        arbitraryEvent(type).filter(({ causes }) => causes.length > 0),
        { numRuns: 1, seed: code },
      ) as [LogEvent];
      writeFileSync(own, `${JSON.stringify({ bytes: hex(bytesOf(event)), event }, null, 2)}\n`);
    }
    for (const stored of versionsOf(type)) {
      const sample = JSON.parse(readFileSync(`${directory}${nameOf(type, stored)}`, 'utf8')) as Sample;
      const read = eventCodec.decode(
        Buffer.from(sample.bytes, 'hex'),
        0,
        sample.bytes.length / 2,
        sample.event.position,
      );
      expect(eventCodec.check(read)).toEqual([]);
      expect(read.data).toEqual(lifted(definitionOf(type), stored, sample.event.data));
      // What is read is written again as it was, in the edition of then.
      expect(hex(bytesOf(read, editionWith(type, stored)))).toBe(sample.bytes);
    }
  });

  test('there are no others', () => {
    const expected = types.flatMap((type) => versionsOf(type).map((version) => nameOf(type, version)));
    expect(readdirSync(directory).sort()).toEqual(expected.sort());
  });
});

describe('L13 nothing that was ever written changes its shape', () => {
  const kept = fileURLToPath(new URL('./kept-shapes.json', import.meta.url));
  const shapes = {
    editions: EDITIONS,
    schemas: Object.fromEntries(
      types.flatMap((type) =>
        versionsOf(type).map((version) => [`${type} ${version}`, fieldOf(definitionOf(type), version).schema]),
      ),
    ),
  };

  test('editions and schemas of all versions are those that are kept; new ones are added by UPDATE_SAMPLES=1', () => {
    const known = (
      existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { schemas: {}, editions: [] }
    ) as typeof shapes;
    // A change of what is kept is never accepted, only what is new: raise the version and add an edition instead.
    expect(shapes.editions.slice(0, known.editions.length)).toEqual(known.editions);
    for (const [name, schema] of Object.entries(known.schemas))
      expect([name, shapes.schemas[name]]).toEqual([name, schema]);
    if (update) writeFileSync(kept, `${JSON.stringify(shapes)}\n`);
    expect(Object.keys(known.schemas).sort()).toEqual(Object.keys(shapes.schemas).sort());
    expect(known.editions).toEqual(JSON.parse(JSON.stringify(shapes.editions)));
  });

  test('the latest edition has every type in its present version', () => {
    expect(typesOutOfEdition()).toEqual([]);
    expect(EDITIONS.map(({ number }) => number)).toEqual(EDITIONS.map((_, index) => index + 1));
    expect(() => editionOf(EDITIONS.length + 1)).toThrow(/this engine knows 1 to \d+; a newer one is needed/);
  });
});

const changed = types.filter((type) => eventCatalogue[type].version > 1);
const olderVersions = changed.flatMap((type) =>
  versionsOf(type)
    .slice(0, -1)
    .map((version) => [type, version] as const),
);

describe('L13 older versions are written as well as read', () => {
  test.each(olderVersions)('%s version %i: down after up is the same, whatever the data', (type, version) => {
    const definition = definitionOf(type);
    fc.assert(
      fc.property(arbitraryValue(fieldOf(definition, version).schema), (data) => {
        const present = lifted(definition, version, data);
        expect(definition.data.check(present, '', [])).toBeUndefined();
        expect(lowered(definition, version, present)).toEqual(data);
      }),
      { numRuns: 50 },
    );
  });

  test.each(EDITIONS.map(({ number }) => number))(
    'edition %i: what is written is what is folded and read again',
    (number) => {
      const edition = editionOf(number);
      fc.assert(
        fc.property(fc.constantFrom(...types).chain(arbitraryEvent), (event) => {
          const builder = new BatchBuilder(event.position, edition);
          const settled = builder.add(event);
          const { bytes } = builder.build();
          const read = eventCodec.decode(bytes, 0, bytes.length, event.position);
          expect(read.data).toEqual(settled.data);
          expect(read.causes.map(({ role, position }) => ({ role, position }))).toEqual(
            event.causes.map(({ role, position }) => ({ role, position })),
          );
          if (edition.weighsCauses) expect(read.causes).toEqual(event.causes);
          // Written once more it is the same bytes: a replay of the run can prove itself equal.
          expect(hex(bytesOf(read, edition))).toBe(hex(bytes));
        }),
        { numRuns: 200 },
      );
    },
  );

  test('options keep their utilities in an edition whose grounds know fewer terms', () => {
    const grounds: Grounds = {
      options: [3, 9],
      terms: [
        { name: 'taste', values: [0.5, 0.25] },
        { name: 'a hunch', values: [1, 1.5] },
        { name: 'another', values: [0, -0.125] },
      ],
      reason: '',
    };
    const event = {
      position: 1,
      round: 0,
      agent: 0,
      type: 'StayedSilent',
      version: 2,
      data: { grounds },
      causes: [],
    } as LogEvent;
    const settled = eventCodec.settled(event, editionOf(1)).data as { readonly grounds: Grounds };
    expect([0, 1].map((option) => utilityOf(settled.grounds, option))).toEqual(
      [0, 1].map((option) => utilityOf(grounds, option)),
    );
    expect(bestOption(settled.grounds)).toBe(bestOption(grounds));
    expect(settled.grounds.terms.map(({ name }) => name)).toEqual(['base', 'taste']);
  });
});

describe('behaviour flags', () => {
  const flags = Object.entries(BEHAVIOUR);

  test('have numbers of their own, from 1 on without a gap, and a story', () => {
    expect(flags.map(([, { number }]) => number)).toEqual(flags.map((_, index) => index + 1));
    expect(flags.every(([, { story }]) => story.length > 40)).toBe(true);
    expect(CURRENT_BEHAVIOUR).toEqual(flags.map(([, { number }]) => number));
  });

  test('hold for the runs that name them, and for no others', () => {
    expect(behaves([1], 'namedLuck')).toBe(true);
    expect(behaves([], 'namedLuck')).toBe(false);
    expect(behaves([1], 'explanationsApart')).toBe(false);
  });

  test('of a newer engine end the execution by their number', () => {
    expect(() => checkBehaviour(CURRENT_BEHAVIOUR)).not.toThrow();
    expect(() => checkBehaviour([1, 99])).toThrow(/behaviour 99: this engine knows 1, 2; a newer one is needed/);
  });
});
