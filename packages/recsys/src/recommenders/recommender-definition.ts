/** What a file under recommenders/ exports: a name, its parameters with their checks, and how to make one. */
import type { Fault, Json, OutsideContext, Recommender } from '@rashomon/kernel';
import type { z } from 'zod';
import { withoutCredentials } from './without-credentials.ts';

export interface RecommenderDefinition {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** Whether somebody outside the process answers for it: it needs more than watches. */
  readonly outside: boolean;
  /** Parameters with their defaults; unknown ones are refused. */
  readonly parameters: z.ZodType;
  /**
   * What a parameter that came later is in runs from before it: a log holds every parameter that there was, and the
   * default of a later one is not for them.
   */
  readonly before?: { readonly [name: string]: Json };
  /**
   * @param outside where what lies outside the process is recorded, for recommenders that do
   * @throws InvalidParameters
   */
  create(parameters: { readonly [name: string]: Json }, outside: OutsideContext): Recommender;
}

/** Thrown when a recommender is unknown or its parameters do not fit its schema; nothing was made. */
export class InvalidParameters extends Error {
  readonly code = 'INVALID_PARAMETERS';
  readonly faults: readonly Fault[];

  constructor(recommender: string, faults: readonly Fault[]) {
    const lines = faults.map(
      ({ path, value, expected }) => `  ${path}: ${JSON.stringify(value) ?? 'nothing'}, expected ${expected}`,
    );
    super(`recommender "${recommender}":\n${lines.join('\n')}`);
    this.name = 'InvalidParameters';
    this.faults = faults;
  }
}

/** Ties a schema to the function that takes what the schema lets through. */
export function defineRecommender<S extends z.ZodType>(definition: {
  readonly name: string;
  readonly about: string;
  readonly outside?: true;
  readonly parameters: S;
  readonly before?: { readonly [name: string]: Json };
  readonly create: (parameters: z.output<S>, outside: OutsideContext) => Recommender;
}): RecommenderDefinition {
  const { name, about, outside: isOutside = false, parameters: schema, before } = definition;
  return {
    name,
    about,
    outside: isOutside,
    parameters: schema,
    ...(before === undefined ? {} : { before }),
    create(parameters, outside) {
      const parsed = schema.safeParse(parameters);
      if (parsed.success) return definition.create(parsed.data, outside);
      throw new InvalidParameters(
        name,
        parsed.error.issues.flatMap((issue) => faultsOf(issue, parameters)),
      );
    },
  };
}

/** Parameters are flat: a path has one key, or none where whole keys are unknown. */
function faultsOf(issue: z.core.$ZodIssue, parameters: { readonly [name: string]: Json }): Fault[] {
  const unknown = issue.code === 'unrecognized_keys';
  const keys = unknown ? issue.keys : issue.path.map(String);
  return keys.map((key) => ({
    path: key,
    value: withoutCredentials(parameters[key]),
    expected: unknown ? 'no such parameter' : issue.message,
  }));
}
