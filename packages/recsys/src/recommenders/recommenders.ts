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

export const recommenders: readonly RecommenderDefinition[] = [...inside, remoteRecommender(inside)];

/** A recommender from elsewhere; without a schema it has no parameters. */
export type OwnRecommender = Pick<RecommenderDefinition, 'name' | 'create'> &
  Partial<Pick<RecommenderDefinition, 'about' | 'parameters' | 'before'>>;

/** A recommender of one's own as a registry holds it. */
export function ownRecommender(own: OwnRecommender): RecommenderDefinition {
  const { name, about = '', parameters = z.strictObject({}), before } = own;
  return defineRecommender({
    name,
    about,
    parameters,
    ...(before === undefined ? {} : { before }),
    // Sound: what a schema of parameters lets through is JSON.
    create: (given, outside) => own.create(given as { readonly [name: string]: Json }, outside),
  });
}

export interface CreateOptions {
  /** Where what lies outside the process is recorded; by default it is not. */
  readonly outside?: OutsideContext;
  /** The recommenders there are; by default those of this package. */
  readonly known?: readonly RecommenderDefinition[];
}

/**
 * The recommender of that name. Parameters left out have their defaults.
 * @throws InvalidParameters for an unknown name, an unknown parameter or a value that does not fit
 */
export function createRecommender(
  name: string,
  parameters: { readonly [name: string]: Json } = {},
  { outside = unrecorded(), known = recommenders }: CreateOptions = {},
): Recommender {
  const definition = known.find((each) => each.name === name);
  if (definition !== undefined) return definition.create(parameters, outside);
  const names = known.map((each) => `"${each.name}"`).join(', ');
  throw new InvalidParameters(name, [{ path: 'name', value: name, expected: `one of ${names}` }]);
}
