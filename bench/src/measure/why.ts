/** How long `why` takes: the first question of a process, the same again, and with the test of each cause. */
import { why } from '@rashomon/replay';
import { type Sample, spentBy } from '../sample.ts';
import { openRun, type StoredRun } from './stored-run.ts';

export interface WhyInput extends StoredRun {
  /** Of the event that is asked about. */
  readonly position: number;
  readonly butFor: boolean;
}

/** Milliseconds. */
export async function measureWhy({ position, butFor, ...run }: WhyInput): Promise<Sample> {
  const { store, id } = await openRun(run);
  const ask = async (): Promise<number> => 1000 * (await spentBy(() => why(store, id, { position }, { butFor }))).wall;
  const first = await ask();
  const again = await ask();
  await store.close();
  return { first, again };
}
