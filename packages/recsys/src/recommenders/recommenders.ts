/** All recommenders by name: a new one is a file beside this one and a line here. */
import type { Json, Recommender } from '@rashomon/kernel';
import { bprMf } from './bpr-mf.ts';
import { ease } from './ease.ts';
import { ials } from './ials.ts';
import { itemKnn } from './item-knn.ts';
import { popular } from './popular.ts';
import { random } from './random.ts';
import { InvalidParameters, type RecommenderDefinition } from './recommender-definition.ts';

export const recommenders: readonly RecommenderDefinition[] = [random, popular, itemKnn, ease, ials, bprMf];

/**
 * The recommender of that name. Parameters left out have their defaults.
 * @throws InvalidParameters for an unknown name, an unknown parameter or a value that does not fit
 */
export function createRecommender(name: string, parameters: { readonly [name: string]: Json } = {}): Recommender {
  const definition = recommenders.find((known) => known.name === name);
  if (definition !== undefined) return definition.create(parameters);
  const names = recommenders.map((known) => `"${known.name}"`).join(', ');
  throw new InvalidParameters(name, [{ path: 'name', value: name, expected: `one of ${names}` }]);
}
