/**
 * When values are settled: reading them with their schema changes nothing. What somebody typed is settled once, when a
 * run is made or changed; what a log holds must be settled already, or the engine's defaults would leak into it.
 */
import type { Json } from '@rashomon/kernel';
import type { z } from 'zod';
import { type ConfigFault, oneOfKnown } from '../config/faults.ts';
import { expectationOf } from '../config/resolve.ts';
import { valueAt } from '../config/schema.ts';

const SOURCE = 'log';

/** Faults of values that are not settled; none when reading them again gives the same. */
export function faultsOfSettled(
  schema: z.ZodType,
  given: { readonly [key: string]: Json },
  section: string = '',
): ConfigFault[] {
  const keyOf = (path: readonly string[]): string => (section === '' ? path : [section, ...path]).join('.');
  const parsed = schema.safeParse(given);
  if (parsed.success)
    return missingIn(given, parsed.data, []).map((path) => ({
      key: keyOf(path),
      value: undefined,
      expected: 'a value: a log holds all its conditions',
      source: SOURCE,
    }));
  return parsed.error.issues.flatMap((issue): ConfigFault[] => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys')
      return [{ key: keyOf(path), value: valueAt(given, path), expected: expectationOf(issue), source: SOURCE }];
    const known = 'shape' in schema ? Object.keys(schema.shape as object) : [];
    return issue.keys.map((name) => ({
      key: keyOf([...path, name]),
      value: valueAt(given, [...path, name]),
      expected: path.length === 0 && known.length > 0 ? oneOfKnown(name, known) : 'no such key',
      source: SOURCE,
    }));
  });
}

/** Paths at which the second has a value and the first has none. */
function missingIn(given: unknown, read: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof read !== 'object' || read === null) return given === undefined && read !== undefined ? [path] : [];
  if (typeof given !== 'object' || given === null) return [path];
  return Object.entries(read).flatMap(([name, member]) =>
    missingIn((given as { readonly [name: string]: unknown })[name], member, [...path, name]),
  );
}
