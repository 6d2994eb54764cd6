/** Replay: executing a run again from its record and comparing every event (law L2). */
import {
  type Behaviour,
  type EventOf,
  type LogEvent,
  noUse,
  type Population,
  type RunConfig,
  RunLog,
  Simulation,
  type Store,
} from '@rashomon/kernel';
import { catalogueOf } from '@rashomon/kernel';
import type { Registry } from '../registry/definitions.ts';
import type { ReplayReport } from '../reports.ts';
import { logRecord } from '../run/answer-record.ts';
import { interventionsAt } from '../run/play.ts';
import { portsOf } from '../run/ports.ts';
import { Diverged, type Divergence, RecordedJournal } from '../run/recorded.ts';

export interface ReplayOptions {
  readonly signal?: AbortSignal;
  /** The recommenders, minds and searches there are; by default those that come with this repository. */
  readonly registry?: Registry;
  readonly onRound?: (round: number, rounds: number) => void;
}

/** The run was stopped before its agents had all joined: what it was given is not on record. */
export class NothingToReplay extends Error {
  override readonly name = 'NothingToReplay';
  readonly code = 'NOTHING_TO_REPLAY';
}

/**
 * Executes a run again, its ancestors' rounds included, without a call outside: what was answered
 * comes from the log, and a request that differs from the recorded one ends it.
 */
export async function replay(store: Store, id: string, options: ReplayOptions = {}): Promise<ReplayReport> {
  const began = performance.now();
  const log = await RunLog.open(store, id);
  const journal = new RecordedJournal(log, 0, null);
  let divergence: Divergence | null = null;
  try {
    await execute(store, log, journal, options);
    const rest = await journal.rest();
    if (rest !== null) divergence = { position: rest.position, recorded: rest, replayed: null };
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    divergence = error.divergence;
  }
  const seconds = Math.round(performance.now() - began) / 1000;
  return {
    schema: 'rashomon.replay/1',
    run: id,
    events: log.length,
    matched: journal.matched,
    outsideCalls: 0,
    digest: log.record.progress.digest,
    seconds,
    divergence,
  };
}

async function execute(
  store: Store,
  log: RunLog,
  journal: RecordedJournal,
  { signal, onRound, registry }: ReplayOptions,
): Promise<void> {
  const { config, population, engine, behaviour, edition } = await beginning(log);
  const interventions = await log.collect({ types: ['InterventionApplied'] });
  const ports = portsOf({ record: logRecord(log), use: noUse() }, { origin: { run: log.id, engine }, registry });
  const simulation = new Simulation(ports, journal, await catalogueOf(store, log));
  await simulation.start({ config, population, engine, behaviour, edition });
  const { rounds } = log.record.progress;
  while (simulation.world.system.round < rounds) {
    signal?.throwIfAborted();
    const next = simulation.world.system.round + 1;
    await simulation.round(
      interventions.flatMap((event) =>
        event.type === 'InterventionApplied' && event.round === next ? [event.data] : [],
      ),
    );
    onRound?.(next, rounds);
  }
  const rest = await journal.rest();
  if (rest?.type === 'RunFinished') await simulation.finish();
  // A run that was stopped within a round has the beginning of it on record.
  if (rest?.type === 'RoundOpened') {
    journal.openEnd();
    await simulation.round(interventionsAt(log.record.header, rounds + 1));
  }
}

interface Beginning {
  readonly config: RunConfig;
  readonly population: Population;
  readonly engine: string;
  readonly behaviour: Behaviour;
  readonly edition: number;
}

/** What the run was given: the events of round 0 are its input. */
async function beginning(log: RunLog): Promise<Beginning> {
  const population: { id: number; joined: EventOf<'AgentJoined'>['data'] }[] = [];
  let started: EventOf<'RunStarted'> | null = null;
  for await (const page of log.pages({ rounds: [0, 0] })) {
    for (const event of page as readonly LogEvent[]) {
      if (event.type === 'RunStarted') started = event;
      if (event.type === 'AgentJoined' && event.agent !== null)
        population.push({ id: event.agent, joined: event.data });
    }
  }
  if (started === null || log.record.progress.rounds < 0)
    throw new NothingToReplay(
      `run ${log.id} was stopped before round 0 was closed: what it was given is not on record as a whole`,
    );
  // Sound: RunStarted was written from a RunConfig.
  return {
    config: started.data.config as RunConfig,
    population,
    engine: started.data.engine,
    behaviour: started.data.behaviour,
    edition: started.data.edition,
  };
}
