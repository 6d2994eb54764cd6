/** Going on with a run after a stop or a crash. */
import {
  type FilmCatalogue,
  noUse,
  type OutsideUse,
  type RunHeader,
  RunLog,
  type Standing,
  standingAt,
  type Store,
} from '@rashomon/kernel';
import type { RunReport } from '../reports.ts';
import { originOf } from '../conditions/origin-of.ts';
import type { Registry } from '../registry/definitions.ts';
import { journalRecord, logRecord } from './answer-record.ts';
import { play, type PlayOptions, storeJournal } from './play.ts';
import { portsOf } from './ports.ts';
import { RecordedJournal } from './recorded.ts';
import { reportOf } from './report.ts';

/** The run was stopped before its agents had all joined: there is nothing to go on from. */
export class NothingToResume extends Error {
  override readonly name = 'NothingToResume';
  readonly code = 'NOTHING_TO_RESUME';
}

/**
 * Goes on to the planned end, to the digest an uninterrupted run would have (law L7). The round that
 * was open is executed again; events of it that are in the log must come out the same.
 * A finished run is reported as it is.
 * @throws NothingToResume; Diverged; Interrupted; StoreError RUN_BUSY when it is being written
 */
export async function resume(
  store: Store,
  id: string,
  options: PlayOptions & { readonly onStart?: (header: RunHeader) => void } = {},
): Promise<RunReport> {
  const began = performance.now();
  const use = noUse();
  const lease = await store.leases.acquire(id);
  try {
    const log = await RunLog.open(store, id);
    const { header, progress } = log.record;
    if (progress.status === 'finished') return await reportOf(store, id, use, began);
    if (progress.rounds < 0)
      throw new NothingToResume(
        `run ${id} was stopped before round 0 was closed: nothing of it was acknowledged; start it again`,
      );
    options.onStart?.(header);
    await continueFrom(store, log, await restore(store, log, progress.rounds, options.registry), use, options);
    return await reportOf(store, id, use, began);
  } finally {
    await lease.release();
  }
}

export type Restored = Standing & { readonly base: FilmCatalogue };

/** Where the run stood at the close of a round. @throws RoundNotFound */
export async function restore(store: Store, log: RunLog, round: number, registry?: Registry): Promise<Restored> {
  // Models are loaded, or trained again from what the log says was answered; nobody is asked.
  const ports = portsOf({ record: logRecord(log), use: noUse() }, { origin: await originOf(log), registry });
  return standingAt(store, log, round, ports);
}

/** Plays on from the close of a round; the caller holds the lease. */
export async function continueFrom(
  store: Store,
  log: RunLog,
  standing: Restored,
  use: OutsideUse,
  options: PlayOptions,
): Promise<void> {
  const { header } = log.record;
  await store.runs.setStatus(header.id, 'running');
  const context = { record: journalRecord(store, header.root), use, signal: options.signal };
  const { registry, concurrency } = options;
  const ports = portsOf(context, { origin: await originOf(log), registry, concurrency });
  const journal = new RecordedJournal(log, standing.revision, storeJournal(store, header.id));
  await play({ store, header, ports, use, base: standing.base, from: standing, journal }, options);
}
