/** The keys that recommenders and minds add to the configuration under `recommender.` and `mind.`. */
import { recommenders } from '@rashomon/recsys';
import type { z } from 'zod';
import { minds } from '../run/minds.ts';
import type { ConfigKey } from './schema.ts';

export type PartSection = 'recommender' | 'mind';

/** One recommender or mind with its keys. */
export interface Part {
  readonly section: PartSection;
  readonly name: string;
  /** One line for people; empty where there is none. */
  readonly about: string;
  readonly keys: readonly ConfigKey[];
}

/** All recommenders, then all minds. */
export function configParts(): readonly Part[] {
  return [
    ...recommenders.map(({ name, about, parameters }): Part => ({
      section: 'recommender',
      name,
      about,
      keys: keysOf('recommender', parameters),
    })),
    ...Object.entries(minds).map(([name, { parameters }]): Part => ({
      section: 'mind',
      name,
      about: '',
      keys: keysOf('mind', parameters),
    })),
  ];
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
