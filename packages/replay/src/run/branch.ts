/** Branching: a run that shares another's rounds and goes on under interventions. */
import {
  ANSWERED_TYPES,
  type Intervention,
  noUse,
  type RunHeader,
  RunLog,
  type Store,
  summarize,
  WorldFold,
} from '@rashomon/kernel';
import type { RunReport } from '../reports.ts';
import { engineHere } from './engine.ts';
import { inheritedAfter, type Scheduled } from '../interventions/inherited.ts';
import { resolveInterventions } from '../interventions/resolve-interventions.ts';
import type { Setting } from '../interventions/setting.ts';
import type { SimulateOptions } from './simulate.ts';
import { newRunId } from './simulate.ts';
import { continueFrom, type Restored, restore } from './resume.ts';
import { reportOf } from './report.ts';

export interface BranchOptions extends SimulateOptions {
  /** Rounds to run after the fork; by default as many as the parent planned. */
  readonly rounds?: number;
  /** Told what will be done, before anything is written. */
  readonly onPlan?: (plan: BranchPlan) => void;
}

/** What a branch would do, told without doing it. */
export interface BranchPlan {
  readonly schema: 'rashomon.branch-plan/1';
  readonly parent: string;
  readonly forkRound: number;
  readonly sharedEvents: number;
  readonly interventions: readonly Intervention[];
  /** Given, but the world is so already: they are left out. */
  readonly unchanged: readonly Intervention[];
  /** What the parent changes after the fork, which its branch meets at the same rounds. */
  readonly inherited: readonly Scheduled[];
  /** Rounds that will be executed. */
  readonly rounds: number;
  readonly agents: number;
  /** Outside answers recorded in the parent for those rounds: what a branch may ask again where it differs. */
  readonly recordedAnswers: number;
}

interface Prepared {
  readonly plan: BranchPlan;
  readonly header: RunHeader;
  readonly standing: Restored;
}

/** @throws InvalidConfig with every fault of the settings; RoundNotFound */
export async function planBranch(
  store: Store,
  parent: string,
  round: number,
  settings: readonly Setting[],
  options: BranchOptions = {},
): Promise<BranchPlan> {
  return (await prepare(store, parent, round, settings, options)).plan;
}

/**
 * Forks a run at the close of a round, applies the settings at the opening of the next and runs on.
 * @throws InvalidConfig before anything is written; RoundNotFound; Interrupted; StoreError
 */
export async function branch(
  store: Store,
  parent: string,
  round: number,
  settings: readonly Setting[],
  options: BranchOptions = {},
): Promise<RunReport> {
  const began = performance.now();
  const { plan, header, standing } = await prepare(store, parent, round, settings, options);
  options.onPlan?.(plan);
  const metrics = summarize(standing.world.metrics, new WorldFold(standing.base, standing.world).catalogue);
  const progress = {
    events: header.sharedEvents,
    rounds: round,
    digest: standing.chain.head(),
    status: 'running' as const,
    metrics,
  };
  await store.runs.create(header, progress);
  const lease = await store.leases.acquire(header.id);
  const use = noUse();
  try {
    options.onStart?.(header);
    await continueFrom(store, await RunLog.open(store, header.id), standing, use, options);
    return await reportOf(store, header.id, use, began);
  } finally {
    await lease.release();
  }
}

async function prepare(
  store: Store,
  parent: string,
  round: number,
  settings: readonly Setting[],
  options: BranchOptions,
): Promise<Prepared> {
  const log = await RunLog.open(store, parent);
  const { header: origin, progress } = log.record;
  const standing = await restore(store, log, round, options.registry);
  const inherited = await inheritedAfter(log, round);
  const plannedRounds = options.rounds === undefined ? Math.max(origin.plannedRounds, round) : round + options.rounds;
  const { interventions, unchanged, config } = await resolveInterventions(settings, {
    standing,
    log,
    inherited,
    plannedRounds,
    registry: options.registry,
  });
  const id = newRunId();
  const header: RunHeader = {
    id,
    name: options.name ?? null,
    parent,
    root: origin.root,
    forkRound: round,
    sharedEvents: standing.revision,
    interventions: [...inherited, ...interventions.map((each) => ({ round: round + 1, ...each }))].sort(
      (a, b) => a.round - b.round,
    ),
    plannedRounds,
    seed: origin.seed,
    agents: origin.agents,
    recommender: config.recommender.name,
    mind: config.mind.name,
    engine: engineHere(),
    createdAt: new Date().toISOString(),
  };
  const answers = await log.collect({ types: ANSWERED_TYPES, rounds: [round + 1, progress.rounds] });
  const plan: BranchPlan = {
    schema: 'rashomon.branch-plan/1',
    parent,
    forkRound: round,
    sharedEvents: header.sharedEvents,
    interventions,
    unchanged,
    inherited,
    rounds: header.plannedRounds - round,
    agents: origin.agents,
    recordedAnswers: answers.length,
  };
  return { plan, header, standing };
}
