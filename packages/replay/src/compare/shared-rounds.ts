/** What two runs have in common: the rounds they share through their lineage, and so where a comparison begins. */
import { type EventData, RunLog, type Store } from '@rashomon/kernel';

export interface SharedRounds {
  /** The last round that both runs hold as one and the same events; null for runs without a common ancestor. */
  readonly forkRound: number | null;
  /** First and last round to compare, both inclusive; the first is past the last where nothing is left. */
  readonly rounds: readonly [number, number];
}

/**
 * Runs of one family are compared after the rounds they share: a run and itself share all, so nothing is left.
 * Strangers are compared from round 1 on. Both up to the last round that both have closed.
 */
export async function sharedRounds(store: Store, a: RunLog, b: RunLog): Promise<SharedRounds> {
  const last = Math.max(0, Math.min(a.record.progress.rounds, b.record.progress.rounds));
  const ofA = await roundsSharedWithAncestors(store, a);
  for (const [run, round] of await roundsSharedWithAncestors(store, b)) {
    const other = ofA.get(run);
    if (other === undefined) continue;
    const forkRound = Math.min(round, other, last);
    return { forkRound, rounds: [forkRound + 1, last] };
  }
  return { forkRound: null, rounds: [1, last] };
}

/**
 * Whether agents of one run are those of the other, so that each can be compared with itself: runs of one family, and
 * runs that began with the same people, films and seed, who meet the same luck though no round is shared.
 */
export async function sameAgents(a: RunLog, b: RunLog, { forkRound }: SharedRounds): Promise<boolean> {
  if (forkRound !== null) return true;
  if (a.record.header.seed !== b.record.header.seed) return false;
  const [ofA, ofB] = [await beginning(a), await beginning(b)];
  return ofA !== null && ofB !== null && ofA.population === ofB.population && ofA.catalogue === ofB.catalogue;
}

async function beginning(log: RunLog): Promise<EventData<'RunStarted'> | null> {
  const [started] = await log.collect({ types: ['RunStarted'], rounds: [0, 0] });
  return started?.type === 'RunStarted' ? started.data : null;
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
