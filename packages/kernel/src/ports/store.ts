/**
 * A store: six ports over one place, each with promises of its own that its file states. Every adapter passes the
 * contract suite in `testing/store-contract.ts`.
 *
 * A store is a plain object with one member a port, so `{ ...store, log: another }` is a store with another log.
 */
import type { Answers } from './answers.ts';
import type { Artefacts } from './artefacts.ts';
import type { EventLog } from './event-log.ts';
import type { Leases } from './leases.ts';
import type { RunRegistry } from './run-registry.ts';
import type { Snapshots } from './snapshots.ts';

export interface Store {
  readonly log: EventLog;
  readonly runs: RunRegistry;
  readonly artefacts: Artefacts;
  readonly answers: Answers;
  readonly snapshots: Snapshots;
  readonly leases: Leases;
  /** Ends subscriptions and gives up leases. Closing twice is closing once. */
  readonly close: () => Promise<void>;
}
