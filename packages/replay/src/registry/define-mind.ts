/** Minds as a registry holds them: their schema tied to the function that takes what it lets through. */
import type { Json, Mind, OutsideContext } from '@rashomon/kernel';
import type { z } from 'zod';
import type { MindDefinition } from './definitions.ts';

export function defineMind<S extends z.ZodType>(definition: {
  readonly name: string;
  readonly about: string;
  readonly parameters: S;
  /** What a parameter that came later is in runs from before it. */
  readonly before?: { readonly [name: string]: Json };
  readonly create: (parameters: z.output<S>, outside: OutsideContext) => Mind;
}): MindDefinition {
  const { create, parameters: schema, ...about } = definition;
  return { ...about, parameters: schema, create: (given, outside) => create(schema.parse(given), outside) };
}
