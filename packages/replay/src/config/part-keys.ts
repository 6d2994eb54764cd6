/** The keys that recommenders and minds add to the configuration under `recommender.` and `mind.`. */
import type { z } from 'zod';
import type { PartDefinition, Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';
import type { PartSection } from './keys.ts';
import type { ConfigKey } from './schema.ts';

/** One recommender or mind with its keys. */
export interface Part {
  readonly section: PartSection;
  readonly name: string;
  /** One line for people; empty where there is none. */
  readonly about: string;
  readonly keys: readonly ConfigKey[];
}

/** All recommenders, then all minds. */
export function configParts({ recommenders, minds }: Registry = builtIns): readonly Part[] {
  const partsOf = (section: PartSection, definitions: readonly PartDefinition[]): Part[] =>
    definitions.map(({ name, about, parameters }) => ({ section, name, about, keys: keysOf(section, parameters) }));
  return [...partsOf('recommender', recommenders), ...partsOf('mind', minds)];
}

function keysOf(section: PartSection, schema: z.ZodType): ConfigKey[] {
  if (!('shape' in schema) || typeof schema.shape !== 'object' || schema.shape === null) return [];
  return Object.entries(schema.shape as { readonly [name: string]: z.ZodType }).map(([name, member]) => {
    // What a parameter is when nothing is said; undefined where something must be said.
    const empty = member.safeParse(undefined);
    return {
      key: `${section}.${name}`,
      about: member.description ?? '',
      default: empty.success ? empty.data : undefined,
    };
  });
}
