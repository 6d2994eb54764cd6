/** All recommenders by name: a new one is a file beside this one and a line here. */
import { type Json, type OutsideContext, type Recommender, unrecorded } from '@rashomon/kernel';
import { z } from 'zod';
import { remoteRecommender } from '../adapters/remote-recommender.ts';
import { bprMf } from './bpr-mf.ts';
import { content } from './content.ts';
import { ease } from './ease.ts';
import { ials } from './ials.ts';
import { itemKnn } from './item-knn.ts';
import { lightgcn } from './lightgcn.ts';
import { linUcb } from './linucb.ts';
import { multVae } from './multvae.ts';
import { popular } from './popular.ts';
import { random } from './random.ts';
import { defineRecommender, InvalidParameters, type RecommenderDefinition } from './recommender-definition.ts';
import { sasRec } from './sasrec.ts';
import { social } from './social.ts';
import { thompson } from './thompson.ts';

/** Those that need nothing outside. */
const inside: readonly RecommenderDefinition[] = [
  random,
  popular,
  itemKnn,
  ease,
  ials,
  bprMf,
  lightgcn,
  multVae,
  sasRec,
  linUcb,
  thompson,
  content,
  social,
];

const known: RecommenderDefinition[] = [...inside, remoteRecommender(inside)];

export const recommenders: readonly RecommenderDefinition[] = known;

/** A recommender from elsewhere; without a schema it has no parameters. */
export type OwnRecommender = Pick<RecommenderDefinition, 'name' | 'create'> &
  Partial<Pick<RecommenderDefinition, 'about' | 'parameters'>>;

/**
 * Adds a recommender of one's own to those known by name, for this process.
 * @throws InvalidParameters when the name is taken
 */
export function registerRecommender(own: OwnRecommender): void {
  if (known.some(({ name }) => name === own.name))
    throw new InvalidParameters(own.name, [
      { path: 'name', value: own.name, expected: 'a name that no other recommender has' },
    ]);
  const { name, about = '', parameters = z.strictObject({}) } = own;
  // Sound: what a schema of parameters lets through is JSON.
  known.push(
    defineRecommender({
      name,
      about,
      parameters,
      create: (given, outside) => own.create(given as { readonly [name: string]: Json }, outside),
    }),
  );
}

/**
 * The recommender of that name. Parameters left out have their defaults.
 * @param outside where what lies outside the process is recorded; by default it is not
 * @throws InvalidParameters for an unknown name, an unknown parameter or a value that does not fit
 */
export function createRecommender(
  name: string,
  parameters: { readonly [name: string]: Json } = {},
  outside: OutsideContext = unrecorded(),
): Recommender {
  const definition = known.find((each) => each.name === name);
  if (definition !== undefined) return definition.create(parameters, outside);
  const names = known.map((each) => `"${each.name}"`).join(', ');
  throw new InvalidParameters(name, [{ path: 'name', value: name, expected: `one of ${names}` }]);
}
