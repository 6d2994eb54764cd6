/** What a run is made from, as far as the loop reads it. Packages that offer more keys validate them. */
import type { Json } from '../encoding/canonical-json.ts';

export type ActivityMethod = 'constant' | 'pareto' | 'marginal';

export interface RunConfig {
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly agents: number;
  readonly rounds: number;
  readonly clock: {
    /** Hour of the first round, 0 to 24. */
    readonly start: number;
    /** Hours from round to round. */
    readonly interval: number;
  };
  readonly activity: {
    /** constant: `probability`; pareto: each agent's own; marginal: `probability` x (idle rounds + 1). */
    readonly method: ActivityMethod;
    readonly probability: number;
    /** Most agents active in one round; 0 for no limit. */
    readonly cap: number;
  };
  readonly slate: {
    /** Films on a page. */
    readonly size: number;
    /** How many films of each page are drawn uniformly instead of ranked. */
    readonly random: number;
  };
  readonly visit: {
    /** Most pages looked at in one visit, search results included. */
    readonly pages: number;
    /** Most films watched in one visit. */
    readonly watches: number;
  };
  readonly recommender: { readonly name: string; /** Rounds between trainings. */ readonly trainEvery: number; readonly [parameter: string]: Json };
  readonly mind: { readonly name: string; readonly [parameter: string]: Json };
  readonly [key: string]: Json;
}

/** One change from outside, spelled as in `branch --set key=value`. */
export interface Intervention {
  readonly key: string;
  readonly value: Json;
}
