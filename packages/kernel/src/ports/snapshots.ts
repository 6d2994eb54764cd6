/**
 * Snapshots: folded state, kept so that the way to it is shorter next time. A cache and nothing else.
 *
 * Guaranteed: what is given is what was put, or nothing. Not guaranteed: that anything is kept. A store may lose or
 * refuse any of them, and one that is damaged counts as lost; losing them costs time only.
 */
export interface Snapshot {
  readonly round: number;
  readonly bytes: Uint8Array;
}

export interface Snapshots {
  /** Replaces one of the same projection and round. @throws StoreError RUN_NOT_FOUND, STORE_FULL */
  put(run: string, projection: string, round: number, bytes: Uint8Array): Promise<void>;

  /** The latest of the run's own at or before the round. @throws StoreError RUN_NOT_FOUND */
  latest(run: string, projection: string, atMostRound: number): Promise<Snapshot | undefined>;

  /** Forgets all of the run's own. @throws StoreError RUN_NOT_FOUND */
  drop(run: string): Promise<void>;
}
