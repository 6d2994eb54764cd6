/** Who began a run: the engine that RunStarted names, which a branch shares with the run it comes from. */
import type { RunLog } from '@rashomon/kernel';
import { ENGINE_VERSION } from '../run/engine.ts';
import type { Origin } from './conditions-of.ts';

export async function originOf(log: RunLog): Promise<Origin> {
  // A run that was stopped before its first event has no conditions yet.
  const first = log.length === 0 ? null : await log.event(0);
  return { run: log.id, engine: first?.type === 'RunStarted' ? first.data.engine : ENGINE_VERSION };
}
