/** What parts of a run look like to those who name them. */
import type { Json, Mind, OutsideContext, SearchEngine } from '@rashomon/kernel';
import type { RecommenderDefinition } from '@rashomon/recsys';

/** What recommenders and minds have in common. */
export type PartDefinition = Pick<RecommenderDefinition, 'name' | 'about' | 'parameters' | 'before'>;

export interface MindDefinition extends PartDefinition {
  /** @param parameters all of them, as `parameters` lets them through */
  create(parameters: { readonly [name: string]: Json }, outside: OutsideContext): Mind;
}

export interface SearchDefinition {
  readonly name: string;
  readonly search: SearchEngine;
}

export interface Registry {
  readonly recommenders: readonly RecommenderDefinition[];
  readonly minds: readonly MindDefinition[];
  readonly searches: readonly SearchDefinition[];
}
