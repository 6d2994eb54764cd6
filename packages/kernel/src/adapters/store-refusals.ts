/** What every store refuses, in the same words: unknown runs, taken names, busy writers, wrong revisions. */
import type { EncodedBlock } from '../encoding/block.ts';
import { sha256 } from '../encoding/sha256.ts';
import type { RunHeader, RunProgress, RunRecord } from '../ports/run-registry.ts';
import { StoreError } from '../ports/store-error.ts';

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

/** @throws RangeError when blocks, expected revision and progress contradict one another: a mistake of the caller's. */
export function checkAppend(
  id: string,
  expectedRevision: number,
  blocks: readonly EncodedBlock[],
  progress: RunProgress,
): void {
  if (blocks.length === 0) throw new RangeError(`run "${id}": nothing to append, expected blocks`);
  let next = expectedRevision;
  for (const { index } of blocks) {
    if (index.first !== next)
      throw new RangeError(`run "${id}": a block begins at ${index.first}, expected position ${next}`);
    next = index.first + index.count;
  }
  if (progress.events !== next)
    throw new RangeError(`run "${id}": progress says ${progress.events} events, expected ${next}`);
}

/** @throws RangeError when the bytes have another digest than is said: a mistake of the caller's. */
export function checkArtefact(digest: string, bytes: Uint8Array): void {
  const actual = sha256(bytes);
  if (actual !== digest) throw new RangeError(`artefact hashes to ${actual}, expected ${digest}`);
}

/** Sorts by time of creation, then id, both by code unit: no locale. */
export function inOrderOfCreation(records: readonly RunRecord[]): RunRecord[] {
  return [...records].sort((a, b) => (createdBefore(a.header, b.header) ? -1 : 1));
}

function createdBefore(a: RunHeader, b: RunHeader): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
}
