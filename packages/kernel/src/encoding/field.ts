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

export interface Field<T> {
  /** The kind of value in words, for docs and messages. */
  readonly kind: string;
  write(to: ByteWriter, value: T): void;
  read(from: ByteReader): T;
  /** Collects every fault of a value that came from outside. */
  check(value: unknown, path: string, faults: Fault[]): void;
}

export type ValueOf<F> = F extends Field<infer T> ? T : never;

function scalar<T>(
  kind: string,
  accepts: (value: unknown) => boolean,
  write: (to: ByteWriter, value: T) => void,
  read: (from: ByteReader) => T,
): Field<T> {
  return {
    kind,
    write,
    read,
    check(value, path, faults) {
      if (!accepts(value)) faults.push({ path, value, expected: kind });
    },
  };
}

const isUint = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
const isMilli = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && milli(value) === value && !Object.is(value, -0);
const isFloat32 = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && Math.fround(value) === value;

/** Rounds to thousandths, the grain in which moods, tastes and utilities are logged. */
export function milli(value: number): number {
  // Adding 0 turns -0 into 0: the two are one value in the log.
  return Math.round(value * 1000) / 1000 + 0;
}

function writeMilli(to: ByteWriter, value: number): void {
  const thousandths = Math.round(value * 1000);
  if (thousandths / 1000 !== value) throw new RangeError(`${value} is not in whole thousandths`);
  to.int(thousandths);
}

function readMilli(from: ByteReader): number {
  return from.int() / 1000;
}

export const uint: Field<number> = scalar('non-negative integer', isUint, (to, value) => to.uint(value), (from) => from.uint());

export const int: Field<number> = scalar(
  'integer',
  (value) => Number.isSafeInteger(value) && !Object.is(value, -0),
  (to, value) => to.int(value),
  (from) => from.int(),
);

/** A number in whole thousandths; 2 bytes where a float takes 8. */
export const milliNumber: Field<number> = scalar('number in thousandths', isMilli, writeMilli, readMilli);

export const float32: Field<number> = scalar('32-bit float', isFloat32, (to, value) => to.float32(value), (from) => from.float32());

export const text: Field<string> = scalar(
  'text',
  (value) => typeof value === 'string' && value.isWellFormed(),
  (to, value) => to.text(value),
  (from) => from.text(),
);

export const flag: Field<boolean> = scalar(
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
    try {
      return JSON.parse(source) as Json;
    } catch {
      throw new MalformedBytes('text is not JSON', from.offset);
    }
  },
);

/** One of a closed set of words, stored as its index: append new words, never reorder. */
export function oneOf<const W extends string>(...words: readonly W[]): Field<W> {
  return scalar(
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

export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    kind: `${field.kind} or null`,
    write(to, value) {
      to.byte(value === null ? 0 : 1);
      if (value !== null) field.write(to, value);
    },
    read: (from) => (flag.read(from) ? field.read(from) : null),
    check(value, path, faults) {
      if (value !== null) field.check(value, path, faults);
    },
  };
}

export function list<T>(field: Field<T>): Field<readonly T[]> {
  return {
    kind: `list of ${field.kind}`,
    write(to, values) {
      to.uint(values.length);
      for (let i = 0; i < values.length; i++) field.write(to, values[i] as T);
    },
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

export type Shape = { readonly [name: string]: Field<never> };
export type RecordOf<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** An object with exactly these members, stored in the order of the declaration. */
export function record<S extends { readonly [name: string]: Field<any> }>(shape: S): Field<RecordOf<S>> & { readonly shape: S } {
  const names = Object.keys(shape);
  const fields = names.map((name) => shape[name] as Field<unknown>);
  return {
    shape,
    kind: `{ ${names.map((name) => `${name}: ${shape[name]?.kind}`).join('; ')} }`,
    write(to, value) {
      const members = value as { readonly [name: string]: unknown };
      for (let i = 0; i < fields.length; i++) (fields[i] as Field<unknown>).write(to, members[names[i] as string]);
    },
    read(from) {
      const value: { [name: string]: unknown } = {};
      for (let i = 0; i < fields.length; i++) value[names[i] as string] = (fields[i] as Field<unknown>).read(from);
      return value as RecordOf<S>;
    },
    check(value, path, faults) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        faults.push({ path, value, expected: `object with ${names.join(', ')}` });
        return;
      }
      const members = value as { readonly [name: string]: unknown };
      names.forEach((name, index) => fields[index]?.check(members[name], path === '' ? name : `${path}.${name}`, faults));
      for (const name of Object.keys(members)) {
        if (!(name in shape)) faults.push({ path: path === '' ? name : `${path}.${name}`, value: members[name], expected: `no such member; known: ${names.join(', ')}` });
      }
    },
  };
}
