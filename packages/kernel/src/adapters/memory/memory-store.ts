/** The store in memory: for tests, for throw-away forks and for runs that nobody wants to keep. */
import type { Store } from '../../ports/store.ts';
import { RunChanges } from '../run-changes.ts';
import { MemoryAnswers } from './memory-answers.ts';
import { MemoryArtefacts } from './memory-artefacts.ts';
import { MemoryLeases } from './memory-leases.ts';
import { MemoryLog } from './memory-log.ts';
import { MemoryRuns } from './memory-runs.ts';
import { MemorySnapshots } from './memory-snapshots.ts';

/** A store that lives as long as the object; closing it ends subscriptions and gives up leases. */
export function memoryStore(): Store {
  const runs = new MemoryRuns();
  const changes = new RunChanges();
  const leases = new MemoryLeases(runs);
  return {
    log: new MemoryLog(runs, changes),
    runs,
    artefacts: new MemoryArtefacts(),
    answers: new MemoryAnswers(),
    snapshots: new MemorySnapshots(runs),
    leases,
    async close() {
      changes.endAll();
      leases.clear();
    },
  };
}
