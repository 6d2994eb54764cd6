/** Plays the rounds of a run that is open for writing, from where it stands to its plan or to a stop. */
import {
  appendBatch,
  CURRENT_BEHAVIOUR,
  type EventBatch,
  type FilmCatalogue,
  figuresOfRound,
  type Intervention,
  type Journal,
  type OutsideUse,
  type Population,
  type Ports,
  type RunConfig,
  type RunHeader,
  type RunProgress,
  saveSnapshot,
  Simulation,
  type Standing,
  type Store,
} from '@rashomon/kernel';
import { scheduled } from '../interventions/inherited.ts';
import type { Registry } from '../registry/definitions.ts';
import { ENGINE_VERSION } from './engine.ts';
import { Halt } from './halt.ts';

/** What there is to tell after each round. */
export interface RoundReport {
  readonly run: string;
  readonly round: number;
  readonly rounds: number;
  readonly events: number;
  /** Agents that acted in the round. */
  readonly active: number;
  readonly use: OutsideUse;
}

export interface PlayOptions {
  /** Stops the run after the events already written; it can be resumed. */
  readonly signal?: AbortSignal;
  readonly onRound?: (report: RoundReport) => void;
  /** Turns of outside minds under way at the same time; the same log at any number. */
  readonly concurrency?: number;
  /** The recommenders, minds and searches there are; by default those that come with this repository. */
  readonly registry?: Registry;
  /** Rounds between snapshots of the state, which make branching and looking quick. */
  readonly snapshotEvery?: number;
}

/** The signal was given: everything written is whole and the run can be resumed. */
export class Interrupted extends Error {
  readonly code = 'INTERRUPTED';
  readonly run: string;

  /** @param what is to be said of the run */
  constructor(run: string, what = `was interrupted; \`rashomon resume ${run}\` goes on`, options?: ErrorOptions) {
    super(`run ${run} ${what}`, options);
    this.name = 'Interrupted';
    this.run = run;
  }
}

const SNAPSHOT_EVERY = 5;

/** A run about to be played. */
export interface Playing {
  readonly store: Store;
  readonly header: RunHeader;
  readonly ports: Ports;
  readonly use: OutsideUse;
  readonly base: FilmCatalogue;
  /** From where to go on; from the start with this population otherwise. */
  readonly from: Standing | { readonly config: RunConfig; readonly population: Population };
  /** Events of the open round that are in the log already: they must come out the same. */
  readonly journal?: Journal;
}

/**
 * Plays to the end and marks the run finished.
 * @throws Interrupted when the signal is given; StoreError; whatever a port throws, with the run marked failed
 */
export async function play(
  { store, header, ports, use, base, from, journal }: Playing,
  options: PlayOptions,
): Promise<void> {
  const { signal, onRound, snapshotEvery = SNAPSHOT_EVERY } = options;
  const halt = new Halt();
  const stop = (): void => halt.call(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const simulation = new Simulation(
    halt.over(ports),
    journal ?? storeJournal(store, header.id),
    base,
    'world' in from ? from : undefined,
  );
  let saved = -1;
  const save = async (): Promise<void> => {
    const { round } = simulation.world.system;
    if (saved === round) return;
    saved = round;
    await saveSnapshot(store, header.id, simulation.world);
  };
  let kept = simulation.model;
  /** Each model is kept, so that nobody has to train it again to ask why a film was shown. */
  const keepModel = async (): Promise<void> => {
    const { model } = simulation;
    if (model === null || model === kept) return;
    kept = model;
    await store.artefacts.put(model.digest, model.toBytes());
  };
  try {
    if (!('world' in from))
      await simulation.start({
        config: from.config,
        population: from.population,
        engine: ENGINE_VERSION,
        behaviour: CURRENT_BEHAVIOUR,
      });
    while (simulation.world.system.round < header.plannedRounds) {
      // Lets a signal that is waiting be heard: rounds of quick minds never wait otherwise.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      await simulation.round(interventionsAt(header, simulation.world.system.round + 1));
      const { round } = simulation.world.system;
      const active = figuresOfRound(simulation.world.metrics)['agentRounds'] ?? 0;
      onRound?.({ run: header.id, round, rounds: header.plannedRounds, events: simulation.revision, active, use });
      await keepModel();
      if (round % snapshotEvery === 0) await save();
    }
    // The end is the last thing written: whatever fails before it leaves something to resume.
    await save();
    await simulation.finish();
  } catch (error) {
    halt.call(error);
    const interrupted = signal?.aborted === true;
    // The first error is the one to tell.
    await store.runs.setStatus(header.id, interrupted ? 'interrupted' : 'failed').catch(() => undefined);
    throw interrupted ? new Interrupted(header.id) : error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** What a branch was given to apply at the opening of a round. */
export function interventionsAt(header: RunHeader, round: number): readonly Intervention[] {
  return header.forkRound === null ? [] : scheduled(header).filter((planned) => planned.round === round);
}

export function storeJournal(store: Store, run: string): Journal {
  return { append: (batch: EventBatch, progress: RunProgress) => appendBatch(store.log, run, batch, progress) };
}
