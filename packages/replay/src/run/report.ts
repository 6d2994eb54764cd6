/** What there is to say of a run when a command is done with it. */
import { type OutsideUse, type RunRecord, type RunStatus, type Store, StoreError } from '@rashomon/kernel';
import type { RunReport, RunsReport } from '../reports.ts';

/** @param began `performance.now()` when the command began */
export async function reportOf(store: Store, id: string, use: OutsideUse, began: number): Promise<RunReport> {
  const record = await store.runs.find(id);
  if (record === undefined) throw new StoreError('RUN_NOT_FOUND', `there is no run "${id}"`);
  const { header, progress } = record;
  return {
    schema: 'rashomon.run/1',
    run: id,
    name: header.name,
    parent: header.parent,
    forkRound: header.forkRound,
    sharedEvents: header.sharedEvents,
    seed: header.seed,
    agents: header.agents,
    rounds: Math.max(0, progress.rounds),
    events: progress.events,
    digest: progress.digest,
    recommender: header.recommender,
    mind: header.mind,
    status: progress.status,
    outsideCalls: use.calls,
    outsideFaults: use.faults,
    tokens: { in: use.tokensIn, out: use.tokensOut },
    seconds: Math.round(performance.now() - began) / 1000,
    metrics: progress.metrics,
  };
}

/** All runs of a store, without opening their logs. */
export async function listRuns(store: Store): Promise<RunsReport> {
  const runs = (await store.runs.list()).map(async ({ header, progress }: RunRecord) => ({
    run: header.id,
    name: header.name,
    parent: header.parent,
    forkRound: header.forkRound,
    rounds: Math.max(0, progress.rounds),
    agents: header.agents,
    events: progress.events,
    digest: progress.digest,
    recommender: header.recommender,
    mind: header.mind,
    status: await statusOf(store, header.id, progress.status),
    createdAt: header.createdAt,
  }));
  return { schema: 'rashomon.runs/1', runs: await Promise.all(runs) };
}

async function statusOf(store: Store, id: string, status: RunStatus): Promise<RunStatus | 'stopped'> {
  return status === 'running' && !(await store.leases.isHeld(id)) ? 'stopped' : status;
}
