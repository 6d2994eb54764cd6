/** Reads the sections of the recommender, the mind and the search with the schemas of those that they name. */
import type { z } from 'zod';
import type { Values } from '../conditions/values.ts';
import { ownParameters } from '../conditions/own-parameters.ts';
import type { PartDefinition, Registry } from '../registry/definitions.ts';
import { type ConfigFault, oneOfKnown } from './faults.ts';
import type { PartSection } from './keys.ts';
import { expectationOf } from './resolve.ts';
import { type Config, valueAt } from './schema.ts';

type Section = Config['recommender'] | Config['mind'];

interface Read {
  readonly values: Values;
  readonly faults: readonly ConfigFault[];
}

/** The parameters in force, and every fault in names and parameters. */
export function readParts(
  { recommender, mind, search }: Pick<Config, 'recommender' | 'mind' | 'search'>,
  { recommenders, minds, searches }: Registry,
  sourceOf: (key: string) => string,
): { readonly recommender: Values; readonly mind: Values; readonly faults: readonly ConfigFault[] } {
  const read = {
    recommender: readPart('recommender', recommender, recommenders, sourceOf),
    mind: readPart('mind', mind, minds, sourceOf),
  };
  const names = searches.map(({ name }) => name);
  const unknown: readonly ConfigFault[] = names.includes(search.method)
    ? []
    : [
        {
          key: 'search.method',
          value: search.method,
          expected: oneOfKnown(search.method, names),
          source: sourceOf('search.method'),
        },
      ];
  return {
    recommender: read.recommender.values,
    mind: read.mind.values,
    faults: [...read.recommender.faults, ...read.mind.faults, ...unknown],
  };
}

function readPart(
  section: PartSection,
  part: Section,
  known: readonly PartDefinition[],
  sourceOf: (key: string) => string,
): Read {
  const definition = known.find(({ name }) => name === part.name);
  if (definition === undefined) {
    const expected = oneOfKnown(
      part.name,
      known.map(({ name }) => name),
    );
    return { values: {}, faults: [{ key: section, value: part.name, expected, source: sourceOf(`${section}.name`) }] };
  }
  const own = ownParameters(part);
  const { parameters: schema } = definition;
  const parsed = schema.safeParse(own);
  // Sound: what a schema of parameters lets through is JSON.
  if (parsed.success) return { values: parsed.data as Values, faults: [] };
  const faults = parsed.error.issues.flatMap((issue): ConfigFault[] => {
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
  return { values: {}, faults };
}

/** Parameter names that a schema of a plain object knows. */
function parameterNames(schema: z.ZodType): readonly string[] {
  return 'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null
    ? Object.keys(schema.shape)
    : [];
}
