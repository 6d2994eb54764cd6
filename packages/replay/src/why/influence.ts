/**
 * How much of a decision a cause brought: what the mind that weighed it wrote down. Runs of the first edition have no
 * such record; there it is derived (unweighed-influence.ts).
 */
import type { LogEvent } from '@rashomon/kernel';
import type { Evidence } from './evidence.ts';
import { derivedInfluences } from './unweighed-influence.ts';

/** The influence of each cause of an event, in their order, -1 to 1; null where none was weighed. */
export async function influencesOf(event: LogEvent, evidence: Evidence): Promise<readonly (number | null)[]> {
  if (!(await evidence.edition()).weighsCauses) return derivedInfluences(event, evidence);
  return event.causes.map(({ weight }) => weight ?? null);
}
