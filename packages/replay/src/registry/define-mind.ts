/** Minds as a registry holds them: their schema tied to the function that takes what it lets through. */
import type { Json, Mind, OutsideContext } from '@rashomon/kernel';
import { z } from 'zod';
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

/** A mind from elsewhere: one that decides as it is, or one that is made from parameters. */
export type OwnMind = {
  readonly name: string;
  readonly about?: string;
  readonly before?: { readonly [name: string]: Json };
} & (
  | Pick<Mind, 'decide'>
  | { readonly kind: 'mind'; readonly parameters?: z.ZodType; readonly create: MindDefinition['create'] }
);

/** Without a schema it has no parameters. */
export function ownMind(own: OwnMind): MindDefinition {
  const { name, about = '', before } = own;
  return defineMind({
    name,
    about,
    ...(before === undefined ? {} : { before }),
    parameters: 'create' in own ? (own.parameters ?? z.strictObject({})) : z.strictObject({}),
    // Sound: what a schema of parameters lets through is JSON.
    create: (given, outside) =>
      'create' in own
        ? own.create(given as { readonly [name: string]: Json }, outside)
        : { name, decide: (question) => own.decide(question) },
  });
}
