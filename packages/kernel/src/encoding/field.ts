/**
 * The schema language of the log: a field knows how to write, read and check one kind of value,
 * and TypeScript infers the value's type from it. Events, films and snapshots are described once,
 * here, and get their canonical bytes, their validation and their documentation from it.
 */
import { canonicalJson, type Json } from './canonical-json.ts';
import { type ByteReader, type ByteWriter, MalformedBytes } from './bytes.ts';

/** One thing wrong with a value: where, and what was expected there. */
export interface Fault {
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;
}

/** What a field is made of, for whoever walks a schema: documentation, generators of test data. */
export type FieldSchema =
  | { readonly of: 'uint' | 'int' | 'milli' | 'float32' | 'text' | 'flag' | 'json' }
  | { readonly of: 'word'; readonly words: readonly string[] }
  | { readonly of: 'list'; readonly inner: FieldSchema }
  | { readonly of: 'record'; readonly members: { readonly [name: string]: FieldSchema } };

export interface Field<T> {
  readonly schema: FieldSchema;
  /** The kind of value in words, for docs and messages. */
  readonly kind: string;
  write(to: ByteWriter, value: T): void;
  read(from: ByteReader): T;
  /** Collects every fault of a value that came from outside. */
  check(value: unknown, path: string, faults: Fault[]): void;
}

export type ValueOf<F> = F extends Field<infer T> ? T : never;

function scalar<T>(
  schema: FieldSchema,
  kind: string,
  accepts: (value: unknown) => boolean,
  write: (to: ByteWriter, value: T) => void,
  read: (from: ByteReader) => T,
): Field<T> {
  return {
    schema,
    kind,
    write,
    read,
    check(value, path, faults) {
      if (!accepts(value)) faults.push({ path, value, expected: kind });
    },
  };
}

const INT_END = 0x10000000000000;
const isUint = (value: unknown): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
/** Zigzag doubles a number, so that half of the safe integers fit. */
const isInt = (value: unknown): boolean =>
  Number.isSafeInteger(value) && (value as number) < INT_END && (value as number) >= -INT_END && !Object.is(value, -0);
const isMilli = (value: unknown): boolean =>
  typeof value === 'number' && milli(value) === value && isInt(Math.round(value * 1000)) && !Object.is(value, -0);
const isFloat32 = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && Math.fround(value) === value;

/** Rounds to thousandths, the grain in which moods, tastes and utilities are logged. */
export function milli(value: number): number {
  // Adding 0 turns -0 into 0: the two are one value in the log.
  return Math.round(value * 1000) / 1000 + 0;
}

export const uint: Field<number> = scalar(
  { of: 'uint' },
  'non-negative integer',
  isUint,
  (to, value) => to.uint(value),
  (from) => from.uint(),
);

export const int: Field<number> = scalar(
  { of: 'int' },
  'integer',
  isInt,
  (to, value) => to.int(value),
  (from) => from.int(),
);

/** A number in whole thousandths; 2 bytes where a float takes 8. */
export const milliNumber: Field<number> = scalar(
  { of: 'milli' },
  'number in thousandths',
  isMilli,
  (to, value) => to.milli(value),
  (from) => from.milli(),
);

function writeFloat32(to: ByteWriter, value: number): void {
  if (!isFloat32(value)) throw new RangeError(`${value} is no 32-bit float: round it with Math.fround`);
  to.float32(value);
}

function readFloat32(from: ByteReader): number {
  const value = from.float32();
  if (!Number.isFinite(value)) throw new MalformedBytes('float is not a number', from.offset - 4);
  return value;
}

export const float32: Field<number> = scalar({ of: 'float32' }, '32-bit float', isFloat32, writeFloat32, readFloat32);

export const text: Field<string> = scalar(
  { of: 'text' },
  'text',
  (value) => typeof value === 'string' && value.isWellFormed(),
  (to, value) => to.text(value),
  (from) => from.text(),
);

export const flag: Field<boolean> = scalar(
  { of: 'flag' },
  'true or false',
  (value) => typeof value === 'boolean',
  (to, value) => to.byte(value ? 1 : 0),
  (from) => {
    const byte = from.byte();
    if (byte > 1) throw new MalformedBytes(`${byte} is neither true nor false`, from.offset - 1);
    return byte === 1;
  },
);

/** Any JSON value, stored as canonical JSON text. */
export const json: Field<Json> = scalar(
  { of: 'json' },
  'JSON value',
  (value) => {
    try {
      canonicalJson(value as Json);
      return true;
    } catch {
      return false;
    }
  },
  (to, value) => to.text(canonicalJson(value)),
  (from) => {
    const source = from.text();
    const { value, spelled } = parsed(source, from);
    if (spelled !== source) throw new MalformedBytes('JSON is not in its canonical spelling', from.offset);
    return value;
  },
);

function parsed(source: string, from: ByteReader): { readonly value: Json; readonly spelled: string } {
  try {
    const value = JSON.parse(source) as Json;
    // A number such as 1e999 parses to an infinity, which has no spelling.
    return { value, spelled: canonicalJson(value) };
  } catch {
    throw new MalformedBytes('text is not JSON', from.offset);
  }
}

/** One of a closed set of words, stored as its index: append new words, never reorder. */
export function oneOf<const W extends string>(...words: readonly W[]): Field<W> {
  return scalar(
    { of: 'word', words },
    words.map((word) => `"${word}"`).join(' | '),
    (value) => (words as readonly unknown[]).includes(value),
    (to, value) => {
      const index = words.indexOf(value);
      if (index < 0) throw new RangeError(`"${value}" is none of ${words.join(', ')}`);
      to.byte(index);
    },
    (from) => {
      const word = words[from.byte()];
      if (word === undefined) throw new MalformedBytes(`no such word among ${words.join(', ')}`, from.offset - 1);
      return word;
    },
  );
}

export function list<T>(field: Field<T>): Field<readonly T[]> {
  return {
    schema: { of: 'list', inner: field.schema },
    kind: `list of ${field.kind}`,
    write:
      (field as unknown) === milliNumber ? (writeMillis as unknown as Field<readonly T[]>['write']) : writerOf(field),
    read(from) {
      const size = from.uint();
      if (size > from.end - from.offset) throw new MalformedBytes(`list of ${size} does not fit`, from.offset);
      const values: T[] = [];
      for (let i = 0; i < size; i++) values.push(field.read(from));
      return values;
    },
    check(value, path, faults) {
      if (!Array.isArray(value)) {
        faults.push({ path, value, expected: `list of ${field.kind}` });
        return;
      }
      value.forEach((entry, index) => field.check(entry, `${path}[${index}]`, faults));
    },
  };
}

function writerOf<T>(field: Field<T>): (to: ByteWriter, values: readonly T[]) => void {
  return (to, values) => {
    to.uint(values.length);
    for (let i = 0; i < values.length; i++) field.write(to, values[i] as T);
  };
}

/** The columns of grounds are most of a log: their loop has no call that the engine cannot inline. */
function writeMillis(to: ByteWriter, values: readonly number[]): void {
  to.uint(values.length);
  for (let i = 0; i < values.length; i++) to.milli(values[i] as number);
}

/** A field of whatever: `Field` takes its values both in and out, so that only `any` fits them all. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type AnyField = Field<any>;

export type RecordOf<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** An object with exactly these members, stored in the order of the declaration. */
export function record<S extends { readonly [name: string]: AnyField }>(
  shape: S,
): Field<RecordOf<S>> & { readonly shape: S } {
  const names = Object.keys(shape);
  const fields = names.map((name) => shape[name] as Field<unknown>);
  const { read, write } = unrolled(names, fields);
  return {
    schema: {
      of: 'record',
      members: Object.fromEntries(names.map((name, index) => [name, (fields[index] as Field<unknown>).schema])),
    },
    shape,
    kind: `{ ${names.map((name) => `${name}: ${shape[name]?.kind}`).join('; ')} }`,
    write: write as (to: ByteWriter, value: RecordOf<S>) => void,
    read: read as (from: ByteReader) => RecordOf<S>,
    check(value, path, faults) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        faults.push({ path, value, expected: `object with ${names.join(', ')}` });
        return;
      }
      const members = value as { readonly [name: string]: unknown };
      names.forEach((name, index) =>
        fields[index]?.check(members[name], path === '' ? name : `${path}.${name}`, faults),
      );
      for (const name of Object.keys(members)) {
        if (!(name in shape))
          faults.push({
            path: path === '' ? name : `${path}.${name}`,
            value: members[name],
            expected: `no such member; known: ${names.join(', ')}`,
          });
      }
    },
  };
}

/**
 * The reading and writing of a record as straight-line code with its members' names in it. A loop
 * over names is one piece of code for all records, which V8 cannot specialise to the shape of any:
 * unrolled, events are read and written 1.3 times as fast or better. The names are those of
 * declarations in our sources, never data.
 */
function unrolled(
  names: readonly string[],
  fields: readonly Field<unknown>[],
): { readonly read: unknown; readonly write: unknown } {
  const parameters = fields.map((_, index) => `f${index}`);
  const reads = names.map((name, index) => `${JSON.stringify(name)}: f${index}.read(from)`);
  const writes = names.map((name, index) => `f${index}.write(to, value[${JSON.stringify(name)}]);`);
  const body = `return { read: (from) => ({ ${reads.join(', ')} }), write: (to, value) => { ${writes.join(' ')} } };`;
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- for speed, from constants; see above
  return new Function(...parameters, body)(...fields);
}
