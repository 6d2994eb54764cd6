/** Live events and live projections as observables. */
import { defer, from, type Observable, scan } from 'rxjs';
import type { LogEvent } from '../events/catalogue.ts';
import { RunLog } from '../log/run-log.ts';
import type { Store } from '../ports/store.ts';
import { foldStep, type Projection } from '../state/projection.ts';

/**
 * The events of a run from a position on, past and to come; completes when the signal is given.
 * Each subscriber reads the log for itself.
 */
export async function liveEvents(
  store: Store,
  run: string,
  fromPosition: number,
  signal: AbortSignal,
): Promise<Observable<LogEvent>> {
  const log = await RunLog.open(store, run);
  return defer(() => from(log.follow(fromPosition, signal)));
}

/** The states of a projection after each event: immutable, sharing what has not changed. */
export function liveProjection<S>(
  projection: Projection<S>,
  events: Observable<LogEvent>,
  state: S = projection.initial(),
): Observable<S> {
  return events.pipe(scan((current, event) => foldStep(projection, current, event), state));
}
