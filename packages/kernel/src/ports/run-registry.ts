/**
 * The run registry: which runs there are, and the facts about them that are not events.
 *
 * Guaranteed: an id is given once, also between two processes that try at the same time; a created run survives a
 * crash; a run's progress is what the last append left (see the event log), with a status set since.
 */
import type { PlannedIntervention } from '../world/config.ts';

export type RunStatus = 'running' | 'interrupted' | 'failed' | 'finished';

/** Facts about a run that are not events: its name, lineage and where it was executed. */
export interface RunHeader {
  readonly id: string;
  readonly name: string | null;
  /** The run this one was branched from. */
  readonly parent: string | null;
  /** The first ancestor: its own id for a run that is no branch. */
  readonly root: string;
  /** The last round shared with the parent. */
  readonly forkRound: number | null;
  /** Number of events shared with the parent: the position of the first own event. */
  readonly sharedEvents: number;
  /** Those of the ancestors that are still to come after the fork, and its own. */
  readonly interventions: readonly PlannedIntervention[];
  /** The last round to be run. */
  readonly plannedRounds: number;
  readonly seed: number;
  readonly agents: number;
  readonly recommender: string;
  readonly mind: string;
  readonly engine: {
    readonly version: string;
    readonly node: string;
    readonly v8: string;
    readonly behaviour: readonly number[];
  };
  /** ISO 8601; for people, never for the simulation. */
  readonly createdAt: string;
}

/** What changes of a run as its log grows: given with each append, and atomic with it. */
export interface RunProgress {
  /** All events of the run, those shared with its ancestors included. */
  readonly events: number;
  /** The last closed round; -1 before round 0 is closed. */
  readonly rounds: number;
  /** Running digest of all events. */
  readonly digest: string;
  readonly status: RunStatus;
  /** Totals for listings, one number per name. */
  readonly metrics: { readonly [name: string]: number };
}

export interface RunRecord {
  readonly header: RunHeader;
  readonly progress: RunProgress;
}

export interface RunRegistry {
  /** @throws StoreError RUN_EXISTS; RangeError when the run would begin with events that it does not share */
  create(header: RunHeader, progress: RunProgress): Promise<void>;

  find(run: string): Promise<RunRecord | undefined>;

  /** In order of creation, then id. */
  list(): Promise<readonly RunRecord[]>;

  /** Changes these two and nothing else. @throws StoreError RUN_NOT_FOUND */
  setStatus(run: string, status: RunStatus, plannedRounds?: number): Promise<void>;
}
