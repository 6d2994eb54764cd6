/**
 * What still lies before a branch in its parent's story: a branch goes on as its parent did from any round, also from
 * one before the parent's own fork, so it meets the parent's interventions at their rounds.
 */
import type { Intervention, PlannedIntervention, RunHeader, RunLog } from '@rashomon/kernel';

/** An intervention with the round at whose opening it is applied. */
export type Scheduled = Intervention & { readonly round: number };

/** Interventions of a run in the rounds after this one: those on record, then those it has not come to. */
export async function inheritedAfter(log: RunLog, round: number): Promise<readonly Scheduled[]> {
  const { header, progress } = log.record;
  const applied = await log.collect({ types: ['InterventionApplied'], rounds: [round + 1, progress.rounds] });
  const played = applied.flatMap((event) =>
    event.type === 'InterventionApplied' && event.round <= progress.rounds
      ? [{ round: event.round, ...event.data }]
      : [],
  );
  return [...played, ...scheduled(header).filter((planned) => planned.round > Math.max(progress.rounds, round))];
}

/** A header's interventions with their rounds. Earlier headers have none: they mean the round after the fork. */
export function scheduled({ forkRound, interventions }: RunHeader): readonly Scheduled[] {
  const after = (forkRound ?? 0) + 1;
  return interventions.map(({ round = after, key, value }: PlannedIntervention) => ({ round, key, value }));
}
