/** What two runs have in common: the rounds they share through their lineage, and so where a comparison begins. */
import { RunLog, type Store } from '@rashomon/kernel';

export interface SharedRounds {
  /**
   * The last round that both runs hold as one and the same events; null for unrelated runs and for a run and itself.
   */
  readonly forkRound: number | null;
  /** First and last round to compare, both inclusive; the first is past the last where nothing is left. */
  readonly rounds: readonly [number, number];
}

/**
 * Two runs of one family are compared after the rounds they share; strangers, and a run with itself, from
 * round 1 on. Both up to the last round that both have closed.
 */
export async function sharedRounds(store: Store, a: RunLog, b: RunLog): Promise<SharedRounds> {
  const last = Math.min(a.record.progress.rounds, b.record.progress.rounds);
  if (a.id === b.id) return { forkRound: null, rounds: [1, last] };
  const ofA = await roundsSharedWithAncestors(store, a);
  for (const [run, round] of await roundsSharedWithAncestors(store, b)) {
    const other = ofA.get(run);
    if (other === undefined) continue;
    const forkRound = Math.min(round, other, last);
    return { forkRound, rounds: [forkRound + 1, last] };
  }
  return { forkRound: null, rounds: [1, last] };
}

/** The run and its ancestors, nearest first, each with the last round that the run holds of it. */
async function roundsSharedWithAncestors(store: Store, log: RunLog): Promise<Map<string, number>> {
  const shared = new Map<string, number>();
  let round = log.record.progress.rounds;
  for (const { run } of log.lineage()) {
    shared.set(run, round);
    const { forkRound } = run === log.id ? log.record.header : (await RunLog.open(store, run)).record.header;
    if (forkRound !== null) round = Math.min(round, forkRound);
  }
  return shared;
}
