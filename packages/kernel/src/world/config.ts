/**
 * What a run is made from, as far as the loop reads it. Packages that offer more keys validate them.
 * A member that may be missing came later: a run from before it behaves as it did.
 */
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
  /** Other members are the recommender's own parameters. */
  readonly recommender: TrainingSchedule & { readonly name: string; readonly [parameter: string]: Json };
  readonly mind: { readonly name: string; readonly [parameter: string]: Json };
  readonly [key: string]: Json;
}

/** When a recommender is trained: what stays when another takes its place. */
export type TrainingSchedule = {
  /** Rounds between trainings. */
  readonly trainEvery: number;
  /** Rounds between trainings from scratch, a multiple of `trainEvery`; 0 or missing: as the recommender sees fit. */
  readonly retrainEvery?: number;
};

export const SCHEDULE_KEYS: readonly string[] = ['trainEvery', 'retrainEvery'] satisfies (keyof TrainingSchedule)[];

/** Whether a training in this round forgets the model before. */
export function trainsFromScratch(round: number, { retrainEvery = 0 }: TrainingSchedule): boolean {
  return retrainEvery > 0 && (round - 1) % retrainEvery === 0;
}

export function scheduleOf({ trainEvery, retrainEvery }: TrainingSchedule): TrainingSchedule {
  return retrainEvery === undefined ? { trainEvery } : { trainEvery, retrainEvery };
}

/** One change from outside, spelled as in `branch --set key=value`. */
export interface Intervention {
  readonly key: string;
  readonly value: Json;
}

/** An intervention that a run is given in advance. */
export interface PlannedIntervention extends Intervention {
  /** The round at whose opening it is applied; missing in earlier headers, where it is the one after the fork. */
  readonly round?: number;
}
