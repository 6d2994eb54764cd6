/** The contract over every registered recommender, and what each of them promises beyond it. */
import { describe, expect, test } from '@jest/globals';
import { FilmCatalogue, type Interactions, LuckOf, NOBODY, type Recommender, setBit } from '@rashomon/kernel';
import { createRecommender, InvalidParameters, recommenders, withRandomShare } from '@rashomon/recsys';
import { filmWithId, recommenderContract, type RecommenderPromise } from '@rashomon/recsys/testing';
import fc from 'fast-check';

const promises: { readonly [name: string]: RecommenderPromise } = {
  'item-knn': { explains: 1e-5 },
  ials: { explains: 5e-3 },
};
/** Parameters that make the generated worlds interesting: neighbourhoods smaller than the catalogue, short factors. */
const parameters: { readonly [name: string]: { readonly [name: string]: number } } = {
  'item-knn': { neighbours: 40 },
  ials: { dimensions: 8, epochs: 4, steps: 8, refreshEvery: 2 },
};

describe('the contract of a recommender', () => {
  for (const { name } of recommenders) {
    const make = (): Recommender => createRecommender(name, parameters[name]);
    for (const { name: promise, run } of recommenderContract(name, make, promises[name])) test(promise, run);
  }
  const shared = (): Recommender => withRandomShare(createRecommender('popular'), 2);
  for (const { name: promise, run } of recommenderContract('popular with 2 at random', shared, { unranked: 2 })) test(promise, run);
});
