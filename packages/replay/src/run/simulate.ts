/** Starting a run. */
import { noUse, type RunHeader, type RunProgress, sha256, type Store } from '@rashomon/kernel';
import { randomUUID } from 'node:crypto';
import type { ResolvedConfig } from '../config/resolve.ts';
import type { RunReport } from '../reports.ts';
import { journalRecord } from './answer-record.ts';
import { compose } from './compose.ts';
import { ENGINE_VERSION, engineHere } from './engine.ts';
import { play, type PlayOptions } from './play.ts';
import { portsOf } from './ports.ts';
import { reportOf } from './report.ts';

export interface SimulateOptions extends PlayOptions {
  readonly name?: string;
  /** Told the run's id before its first round. */
  readonly onStart?: (header: RunHeader) => void;
}

/** A run before its first event. */
const NOTHING_YET: RunProgress = { events: 0, rounds: -1, digest: sha256(), status: 'running', metrics: {} };

/** Twelve hexadecimal digits: runs are told apart by them, and nothing is drawn from them. */
export function newRunId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12);
}

/**
 * Simulates a run from its first round to its last.
 * @throws InvalidConfig, InvalidData before anything is written; Interrupted; StoreError
 */
export async function simulate(
  store: Store,
  resolved: ResolvedConfig,
  options: SimulateOptions = {},
): Promise<RunReport> {
  const began = performance.now();
  const { config, catalogue, population } = compose(resolved, options.registry);
  const id = newRunId();
  const header: RunHeader = {
    id,
    name: options.name ?? null,
    parent: null,
    root: id,
    forkRound: null,
    sharedEvents: 0,
    interventions: [],
    plannedRounds: config.rounds,
    seed: config.seed,
    agents: population.length,
    recommender: config.recommender.name,
    mind: config.mind.name,
    engine: engineHere(),
    createdAt: new Date().toISOString(),
  };
  const use = noUse();
  const { registry, concurrency, signal } = options;
  const origin = { run: id, engine: ENGINE_VERSION };
  const ports = portsOf({ record: journalRecord(store, id), use, signal }, { origin, registry, concurrency });
  await store.artefacts.put(catalogue.digest, catalogue.toBytes());
  await store.runs.create(header, NOTHING_YET);
  const lease = await store.leases.acquire(id);
  try {
    options.onStart?.(header);
    await play({ store, header, ports, use, base: catalogue, from: { config, population } }, options);
    return await reportOf(store, id, use, began);
  } finally {
    await lease.release();
  }
}
