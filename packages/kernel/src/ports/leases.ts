/**
 * The writer's lease: the right to write a run, held by one at a time.
 *
 * Guaranteed: while one is held a second one is refused, through any handle of any process; a lease ends when it is
 * released, when its store is closed, and when the process that holds it dies (at once where the system tells, after a
 * stated time elsewhere). It keeps two writers from wasting each other's work. That they never mix in the log is the
 * event log's own promise (expected revisions) and does not rest on leases. Readers need none.
 */
export interface WriterLease {
  /** Releasing twice is releasing once. */
  release(): Promise<void>;
}

export interface Leases {
  /** @throws StoreError RUN_BUSY when another holds it, RUN_NOT_FOUND */
  acquire(run: string): Promise<WriterLease>;

  /** Whether somebody holds it now: a run that is said to go on and that nobody writes has died. */
  isHeld(run: string): Promise<boolean>;
}
