/** How long a branch takes to get going: everything before its first own round. */
import { branch, Interrupted, type Setting } from '@rashomon/replay';
import type { Sample } from '../sample.ts';
import { openRun, type StoredRun } from './stored-run.ts';

export interface BranchInput extends StoredRun {
  readonly round: number;
}

/** Any change will do: it is applied in the first round. */
const CHANGES: readonly Setting[] = [{ key: 'visit.watches', value: 2 }];

/** Milliseconds from the call to `onStart`, to the first round being executed, and to its close. */
export async function measureBranch({ round, ...run }: BranchInput): Promise<Sample> {
  const { store, id } = await openRun(run);
  const stop = new AbortController();
  const began = performance.now();
  const at = { onStart: NaN, firstRound: NaN, closed: NaN };
  // The loop asks the signal right before it plays a round: the one place where that moment can be seen from here.
  stop.signal.throwIfAborted = () => {
    if (Number.isNaN(at.firstRound)) at.firstRound = performance.now() - began;
    else throw stop.signal.reason;
  };
  const options = {
    signal: stop.signal,
    rounds: 2,
    onStart: () => (at.onStart = performance.now() - began),
    onRound: () => {
      at.closed = performance.now() - began;
      stop.abort();
    },
  };
  await branch(store, id, round, CHANGES, options).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
  await store.close();
  return at;
}
