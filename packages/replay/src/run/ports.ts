/** Fills the kernel's ports with the recommender, mind and search that a configuration names. */
import type { Json, OutsideContext, Ports, RunConfig } from '@rashomon/kernel';
import { hybridSearch, recommenders, textSearch } from '@rashomon/recsys';
import type { z } from 'zod';
import { type ConfigFault, oneOfKnown } from '../config/faults.ts';
import { expectationOf } from '../config/resolve.ts';
import { valueAt } from '../config/schema.ts';
import { minds, ownParameters } from './minds.ts';
import { recommenderInForce } from './recommender-in-force.ts';

/** Turns of outside minds under way at the same time, unless the caller says otherwise: no part of the run (law L1). */
const CONCURRENCY = 8;

export function portsOf(context: OutsideContext, concurrency: number = CONCURRENCY): Ports {
  return {
    recommender: (config) => recommenderInForce(config, context),
    mind(config) {
      const definition = minds[config.mind.name];
      if (definition === undefined)
        throw new RangeError(
          `mind "${config.mind.name}": expected ${oneOfKnown(config.mind.name, Object.keys(minds))}`,
        );
      return definition.create(ownParameters(config.mind), context);
    },
    // A run from before there was a choice searches by words.
    search: ({ search }) =>
      (search as { readonly method?: string } | undefined)?.method === 'hybrid' ? hybridSearch : textSearch,
    concurrency,
  };
}

/** Every fault in the names and parameters of a configuration's recommender and mind. */
export function faultsOfParts(config: RunConfig, sourceOf: (key: string) => string): ConfigFault[] {
  const known = new Map<string, z.ZodType>(recommenders.map(({ name, parameters }) => [name, parameters]));
  const mindSchemas = new Map(Object.entries(minds).map(([name, { parameters }]) => [name, parameters]));
  return [
    ...faultsOfPart('recommender', config.recommender, known, sourceOf),
    ...faultsOfPart('mind', config.mind, mindSchemas, sourceOf),
  ];
}

function faultsOfPart(
  section: 'recommender' | 'mind',
  part: { readonly name: string; readonly [parameter: string]: Json },
  known: ReadonlyMap<string, z.ZodType>,
  sourceOf: (key: string) => string,
): ConfigFault[] {
  const schema = known.get(part.name);
  if (schema === undefined)
    return [
      {
        key: section,
        value: part.name,
        expected: oneOfKnown(part.name, [...known.keys()]),
        source: sourceOf(`${section}.name`),
      },
    ];
  const own = ownParameters(part);
  const parsed = schema.safeParse(own);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const names = parameterNames(schema);
      return issue.keys.map((name) => {
        const key = [section, ...issue.path, name].join('.');
        return {
          key,
          value: valueAt(own, [...issue.path.map(String), name]),
          expected:
            names.length === 0
              ? `no parameter; ${part.name} has none`
              : `a parameter of ${part.name}: ${oneOfKnown(name, names)}`,
          source: sourceOf(key),
        };
      });
    }
    const key = [section, ...issue.path].join('.');
    return [
      { key, value: valueAt(own, issue.path.map(String)), expected: expectationOf(issue), source: sourceOf(key) },
    ];
  });
}

/** Parameter names that a schema of a plain object knows. */
function parameterNames(schema: z.ZodType): readonly string[] {
  return 'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null
    ? Object.keys(schema.shape)
    : [];
}
