/**
 * A store over nothing but append-only streams: the proof that an event store can be one, and the layout for it. The
 * test kit runs it over streams in memory.
 */
import type { Store } from '../../ports/store.ts';
import { RunChanges } from '../run-changes.ts';
import { StreamAnswers } from './stream-answers.ts';
import { StreamArtefacts } from './stream-artefacts.ts';
import { StreamLeases } from './stream-leases.ts';
import { StreamLog } from './stream-log.ts';
import { StreamRuns } from './stream-runs.ts';
import { StreamSnapshots } from './stream-snapshots.ts';
import type { Streams } from './streams.ts';

/** Another handle onto whatever the streams hold. */
export function streamStore(streams: Streams): Store {
  const runs = new StreamRuns(streams);
  const changes = new RunChanges();
  const artefacts = new StreamArtefacts(streams);
  const leases = new StreamLeases(streams, runs);
  return {
    log: new StreamLog(streams, runs, changes),
    runs,
    artefacts,
    answers: new StreamAnswers(streams),
    snapshots: new StreamSnapshots(streams, runs, artefacts),
    leases,
    async close() {
      changes.endAll();
      await leases.releaseAll();
    },
  };
}
