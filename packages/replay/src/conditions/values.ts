/** Values by key, and what a table of them holds for an engine of old. */
import type { Json } from '@rashomon/kernel';

export interface Values {
  readonly [key: string]: Json;
}

export interface DefaultsOfOld {
  /** By section or key of the configuration. */
  readonly config: Values;
  /** Parameters by recommender, and by mind. */
  readonly recommenders: { readonly [name: string]: Values };
  readonly minds: { readonly [name: string]: Values };
}
