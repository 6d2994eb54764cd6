/**
 * The store as the log needs it. Adapters keep blocks of packed events under the run that wrote
 * them; following a fork into its parent is done above, in `log/`, once for all of them.
 * Every adapter passes the contract suite in `testing/store-contract.ts`.
 */
import type { EncodedBlock } from '../encoding/block.ts';
import type { EventType } from '../events/catalogue.ts';
import type { EventBatch } from '../events/batch.ts';
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

/** What changes of a run as its log grows; written in one transaction with the events. */
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

/** Which of a run's own blocks are wanted. A block is given whole when anything in it may match. */
export interface BlockSelection {
  /** First and last position, both inclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly agent?: number;
  readonly types?: readonly EventType[];
  /** First and last round, both inclusive. */
  readonly rounds?: readonly [number, number];
}

export interface StoredAnswer {
  readonly round: number;
  readonly agent: number;
  readonly step: number;
  readonly attempt: number;
  /** SHA-256 of the request. */
  readonly request: string;
  readonly answer: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a dollar. */
  readonly price: number;
}

/** The right to write a run; held by one process at a time and lost with it. */
export interface WriterLease {
  release(): Promise<void>;
}

export interface Store {
  /** @throws StoreError RUN_EXISTS */
  create(header: RunHeader, progress: RunProgress): Promise<void>;
  run(id: string): Promise<RunRecord | undefined>;
  /** In order of creation, then id. */
  runs(): Promise<readonly RunRecord[]>;
  setStatus(id: string, status: RunStatus, plannedRounds?: number): Promise<void>;

  /** @throws StoreError RUN_BUSY when another holds it */
  acquireWriter(id: string): Promise<WriterLease>;

  /**
   * Appends a batch whole or not at all, and durably: when this resolves it survives a crash.
   * @param expectedRevision number of events the run must have before
   * @throws StoreError WRONG_REVISION, STORE_FULL, RUN_NOT_FOUND
   */
  append(id: string, expectedRevision: number, batch: EventBatch, progress: RunProgress): Promise<void>;

  /** The run's own blocks in order of position. @throws StoreError STORE_CORRUPT */
  blocks(id: string, selection?: BlockSelection): AsyncIterable<EncodedBlock>;

  /** The run's own blocks from a position on, then every later one as it is appended, until the signal. */
  subscribe(id: string, from: number, signal: AbortSignal): AsyncIterable<EncodedBlock>;

  /** Content-addressed bytes: catalogues, models. Writing the same digest again changes nothing. */
  putArtefact(digest: string, bytes: Uint8Array): Promise<void>;
  artefact(digest: string): Promise<Uint8Array | undefined>;

  /** Caches of folded state; losing them costs time only. */
  putSnapshot(id: string, projection: string, round: number, bytes: Uint8Array): Promise<void>;
  /** The latest snapshot of the run's own at or before the round; undefined also where it is damaged. */
  snapshot(
    id: string,
    projection: string,
    atMostRound: number,
  ): Promise<{ readonly round: number; readonly bytes: Uint8Array } | undefined>;
  dropSnapshots(id: string): Promise<void>;

  /** Answers from outside, durable before they are used; kept per root run, shared by its branches. */
  putAnswer(root: string, answer: StoredAnswer): Promise<void>;
  answers(root: string, round: number): Promise<readonly StoredAnswer[]>;

  close(): Promise<void>;
}

export type StoreErrorCode =
  'RUN_EXISTS' | 'RUN_NOT_FOUND' | 'RUN_BUSY' | 'WRONG_REVISION' | 'STORE_FULL' | 'STORE_CORRUPT' | 'STORE_UNREACHABLE';

/** A store could not do what was asked. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
