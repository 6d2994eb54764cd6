/** Parameters as the log of a run has them. */
import type { Recommender, RunConfig } from '@rashomon/kernel';
import type { PartDefinition } from '../registry/definitions.ts';

/**
 * The recommender, telling only the parameters that its run knows: an event of a training holds them, and those that
 * came later are in none (law L13).
 * @param given its section as logged
 */
export function asRecorded(
  recommender: Recommender,
  { before = {} }: Pick<PartDefinition, 'before'>,
  given: RunConfig['recommender'],
): Recommender {
  const later = Object.keys(before).filter((name) => !Object.hasOwn(given, name));
  if (later.length === 0) return recommender;
  const told = Object.entries(recommender.parameters).filter(([name]) => !later.includes(name));
  return {
    name: recommender.name,
    parameters: Object.fromEntries(told),
    train: (request) => recommender.train(request),
    load: (bytes, catalogue) => recommender.load(bytes, catalogue),
  };
}
