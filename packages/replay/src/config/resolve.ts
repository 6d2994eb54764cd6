/** From layers of settings (flags, environment, file) to one valid configuration. */
import { SCHEDULE_KEYS } from '@rashomon/kernel';
import type { z } from 'zod';
import { type ConfigFault, InvalidConfig, oneOfKnown } from './faults.ts';
import { flatKeys, isSection, namesPart, PART_SECTIONS, spelledKey } from './keys.ts';
import { type Config, configKeys, configSchema, valueAt } from './schema.ts';

/** Settings from one place. Keys are dotted; `recommender` and `mind` by themselves stand for their names. */
export interface ConfigLayer {
  readonly source: string;
  readonly settings: { readonly [key: string]: unknown };
}

export interface ResolvedConfig {
  readonly config: Config;
  /** Where the value of each key that was set came from; keys left out have their defaults. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Merges layers, the first wins, and checks the result. Parameters of recommenders and minds are
 * checked later, when their owners are known.
 * @throws InvalidConfig with every fault of every layer
 */
export function resolveConfig(layers: readonly ConfigLayer[]): ResolvedConfig {
  const sources = new Map<string, string>();
  const merged: { [key: string]: unknown } = {};
  const faults: ConfigFault[] = [];
  for (const { source, settings } of [...layers].reverse()) {
    // A recommender named anew does not inherit the parameters given for another.
    for (const section of PART_SECTIONS) if (isNamed(settings[section])) forget(merged, sources, section);
    for (const { key: given, value } of flatKeys(settings)) {
      // An empty section sets nothing.
      if (isSection(value) && Object.keys(value).length === 0) continue;
      const key = namesPart(given) ? `${given}.name` : given;
      if (given !== key) forget(merged, sources, given);
      sources.set(key, source);
      if (!assign(merged, key.split('.'), value))
        faults.push({ key, value, expected: 'a key that is not inside another value', source });
    }
  }
  const parsed = configSchema.safeParse(merged);
  if (parsed.success && faults.length === 0) return { config: parsed.data, sources };
  for (const issue of parsed.error?.issues ?? []) faults.push(...faultsOf(issue, merged, sources));
  throw new InvalidConfig(faults);
}

/** A recommender or mind with its name among its parameters. */
function isNamed(value: unknown): boolean {
  return isSection(value) && 'name' in value;
}

function forget(merged: { [key: string]: unknown }, sources: Map<string, string>, section: string): void {
  const members = Object.entries((merged[section] ?? {}) as { readonly [member: string]: unknown });
  merged[section] = Object.fromEntries(members.filter(([member]) => SCHEDULE_KEYS.includes(member)));
  for (const key of sources.keys())
    if (key.startsWith(`${section}.`) && !SCHEDULE_KEYS.includes(key.slice(section.length + 1))) sources.delete(key);
}

function assign(holder: { [member: string]: unknown }, path: readonly string[], value: unknown): boolean {
  const [member, ...rest] = path as [string, ...string[]];
  // A key from outside must not reach into the prototype of all objects.
  if (member === '__proto__') return false;
  if (rest.length === 0) {
    holder[member] = value;
    return true;
  }
  if (!Object.hasOwn(holder, member)) holder[member] = {};
  const inner = holder[member];
  return isSection(inner) && assign(inner, rest, value);
}

function faultsOf(issue: z.core.$ZodIssue, merged: unknown, sources: ReadonlyMap<string, string>): ConfigFault[] {
  const path = issue.path.map(String);
  const source = (key: string): string =>
    sources.get(key) ?? [...sources].find(([known]) => known.startsWith(`${key}.`))?.[1] ?? 'default';
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys();
    return issue.keys.map((name) => {
      const key = [...path, name].join('.');
      return { key, value: valueAt(merged, [...path, name]), expected: oneOfKnown(key, known), source: source(key) };
    });
  }
  const key = path.join('.');
  return [{ key, value: valueAt(merged, path), expected: expectationOf(issue), source: source(key) }];
}

/** All keys as people spell them. */
export function knownKeys(): readonly string[] {
  return configKeys().map(({ key }) => spelledKey(key));
}

/** What zod's message says was expected, in our words where it names a range. */
export function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    default:
      return issue.message;
  }
}
