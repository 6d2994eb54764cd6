/** Reading a whole log from its store and folding it into the states of all agents. */
import { agentsProjection, foldInPlace, RunLog } from '@rashomon/kernel';
import { type Sample, spentBy } from '../sample.ts';
import { openRun, type StoredRun } from './stored-run.ts';

const PASSES = 4;

/** Events a second of CPU and of wall time: of the first pass, which also compiles, and of the best one after it. */
export async function measureFold(run: StoredRun): Promise<Sample> {
  const { store, id } = await openRun(run);
  const log = await RunLog.open(store, id);
  const passes = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const { cpu, wall } = await spentBy(async () => {
      const agents = agentsProjection.initial();
      for await (const page of log.outlines()) foldInPlace(agentsProjection, agents, page);
    });
    passes.push({ cpu: log.length / cpu, wall: log.length / wall });
  }
  await store.close();
  const [first, ...later] = passes;
  return {
    firstPerCpuSecond: first?.cpu ?? 0,
    firstPerSecond: first?.wall ?? 0,
    warmPerCpuSecond: Math.max(...later.map(({ cpu }) => cpu)),
    warmPerSecond: Math.max(...later.map(({ wall }) => wall)),
  };
}
