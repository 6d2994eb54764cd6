/** What can be measured in a process of its own, by name. */
import { measureAccuracy } from './measure/accuracy.ts';
import { measureAppend } from './measure/append.ts';
import { measureBranch } from './measure/branch.ts';
import { measureFold } from './measure/fold.ts';
import { measurePopulation } from './measure/population.ts';
import { measureReplay } from './measure/replay.ts';
import { measureRun } from './measure/run.ts';
import { measureWhy } from './measure/why.ts';
import { measureRecsys, measureSlowRecsys } from './measure/recsys.ts';
import { measureSearch } from './measure/search.ts';
import type { Sample } from './sample.ts';

export type { Sample } from './sample.ts';

const measurements = {
  accuracy: measureAccuracy,
  append: measureAppend,
  branch: measureBranch,
  fold: measureFold,
  population: measurePopulation,
  recsys: measureRecsys,
  'recsys-slow': measureSlowRecsys,
  replay: measureReplay,
  run: measureRun,
  search: measureSearch,
  why: measureWhy,
} as const;

export type Measurements = typeof measurements;
export type Measurement = keyof Measurements;

/** Measures by name, with the input as JSON: how another process asks. */
export function measureByName(name: string, input: string): Promise<Sample> {
  const measure = measurements[name as Measurement] as ((input: unknown) => Promise<Sample>) | undefined;
  if (measure === undefined)
    throw new RangeError(`measurement "${name}": expected one of ${Object.keys(measurements).join(', ')}`);
  return measure(JSON.parse(input));
}
