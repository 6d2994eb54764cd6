/** What naming a recommender or a mind comes to: its whole section, with every parameter, as a log keeps it. */
import type { Json } from '@rashomon/kernel';
import type { Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';
import type { Values } from './defaults-of-old.ts';

export type PartSection = 'recommender' | 'mind';

/**
 * Settles `recommender=NAME`, `mind=NAME`, or either with an object `{ name, …parameters }`. When to train stays as it
 * is unless the object says so. A value that was checked and found wrong comes back as it is.
 */
export function settledSection(section: PartSection, value: Json, registry: Registry = builtIns): Json {
  const given: Values | null = typeof value === 'string' ? { name: value } : isSection(value) ? value : null;
  if (given === null) return value;
  const known = section === 'recommender' ? registry.recommenders : registry.minds;
  const definition = known.find(({ name }) => name === given['name']);
  if (definition === undefined) return value;
  const { name, trainEvery, retrainEvery, ...own } = given;
  const parsed = definition.parameters.safeParse(own);
  if (!parsed.success) return value;
  const schedule = Object.entries({ trainEvery, retrainEvery }).filter(([, rounds]) => rounds !== undefined);
  // Sound: what a schema of parameters lets through is JSON.
  return { name: name as string, ...(Object.fromEntries(schedule) as Values), ...(parsed.data as Values) };
}

function isSection(value: Json): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
