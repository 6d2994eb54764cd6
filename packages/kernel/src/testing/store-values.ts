/** Arbitrary values of a field, found by walking its schema: what a codec must carry, edges included. */
import * as fc from 'fast-check';
import type { FieldSchema } from '../encoding/field.ts';

const uint = fc.oneof(
  fc.nat(300),
  fc.maxSafeNat(),
  fc.constantFrom(127, 128, 16_383, 16_384, 0x7fffffff, 0x80000000, 0xffffffff, Number.MAX_SAFE_INTEGER),
);
const INT_END = 0x10000000000000;
const int = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.maxSafeInteger().map((value) => Math.trunc(value / 2) + 0),
  fc.constantFrom(-INT_END, INT_END - 1, -64, 63, -65, 64),
);
/** Whole thousandths, up to where a double still tells them apart. */
const milli = fc
  .oneof(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -1e15, max: 1e15 }))
  .map((value) => value / 1000 + 0);
const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom(
      '',
      '\ufeff',
      '\ufeffabc',
      'é',
      '\u0000',
      'x'.repeat(48),
      'x'.repeat(49),
      `${'x'.repeat(47)}é`,
      '🎬'.repeat(40),
    ),
  )
  .filter((value) => value.isWellFormed());
/** JSON has one zero. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const scalars = { uint, int, milli, float32, text, json, flag: fc.boolean() };

export function arbitraryValue(schema: FieldSchema): fc.Arbitrary<unknown> {
  if (schema.of === 'word') return fc.constantFrom(...schema.words);
  if (schema.of === 'list') return fc.array(arbitraryValue(schema.inner), { maxLength: 12 });
  if (schema.of !== 'record') return scalars[schema.of];
  const members = Object.entries(schema.members).map(([name, member]) => [name, arbitraryValue(member)] as const);
  return fc.record(Object.fromEntries(members), { noNullPrototype: true });
}
