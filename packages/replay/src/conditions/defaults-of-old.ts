/**
 * Which defaults complete a run from before the log held all its conditions: chosen by the engine that began the run,
 * as RunStarted names it. Later engines log every value, and nothing is completed.
 */
import type { Json } from '@rashomon/kernel';
import { DEFAULTS_0_1 } from './defaults-0.1.data.ts';
import { DEFAULTS_0_2 } from './defaults-0.2.data.ts';

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

/** Null for engines whose logs hold every condition. */
export function defaultsOfOld(engine: string): DefaultsOfOld | null {
  if (/^0\.1\./.test(engine)) return DEFAULTS_0_1;
  return /^0\.2\./.test(engine) ? DEFAULTS_0_2 : null;
}
