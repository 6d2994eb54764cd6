/** Executing a stored run again and comparing every event. */
import { replay } from '@rashomon/replay';
import { peakMiB, type Sample, spentBy } from '../sample.ts';
import { openRun, type StoredRun } from './stored-run.ts';

export async function measureReplay(run: StoredRun): Promise<Sample> {
  const { store, id } = await openRun(run);
  const { cpu, wall } = await spentBy(async () => {
    const { divergence, events, matched } = await replay(store, id);
    if (divergence !== null || matched !== events)
      throw new Error(`replay matched ${matched} of ${events} events, expected all`);
  });
  await store.close();
  return { cpu, wall, mebibytes: peakMiB() };
}
