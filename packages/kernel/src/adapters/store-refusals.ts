/** What every store refuses, in the same words: unknown runs, taken names, busy writers, wrong revisions. */
import type { EventBatch } from '../events/batch.ts';
import { type RunHeader, type RunProgress, type RunRecord, StoreError } from '../ports/store.ts';

export function runNotFound(id: string): StoreError {
  return new StoreError('RUN_NOT_FOUND', `no run "${id}" in this store`);
}

export function runExists(id: string): StoreError {
  return new StoreError('RUN_EXISTS', `run "${id}" exists already; a run's id is given once`);
}

export function runBusy(id: string): StoreError {
  return new StoreError('RUN_BUSY', `run "${id}" is being written by another; wait for it or stop it`);
}

export function wrongRevision(id: string, expected: number, actual: number): StoreError {
  return new StoreError(
    'WRONG_REVISION',
    `run "${id}" has ${actual} events, expected ${expected}; nothing was written`,
  );
}

/** @throws RangeError when a run would begin with events that nobody appended. */
export function checkCreation(header: RunHeader, progress: RunProgress): void {
  if (progress.events !== header.sharedEvents) {
    throw new RangeError(
      `run "${header.id}" starts with ${progress.events} events, expected the ${header.sharedEvents} it shares`,
    );
  }
}

/** @throws RangeError when batch, expected revision and progress contradict one another: a mistake of the caller's. */
export function checkAppend(id: string, expectedRevision: number, batch: EventBatch, progress: RunProgress): void {
  if (batch.first !== expectedRevision) {
    throw new RangeError(`run "${id}": batch begins at ${batch.first}, expected revision ${expectedRevision}`);
  }
  const events = batch.first + batch.events.length;
  if (progress.events !== events)
    throw new RangeError(`run "${id}": progress says ${progress.events} events, expected ${events}`);
}

/** Sorts by time of creation, then id, both by code unit: no locale. */
export function inOrderOfCreation(records: readonly RunRecord[]): RunRecord[] {
  return [...records].sort((a, b) => (createdBefore(a.header, b.header) ? -1 : 1));
}

function createdBefore(a: RunHeader, b: RunHeader): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
}
