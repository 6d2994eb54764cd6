/** The offline accuracy of one recommender: what training and ranking take, and how good it is. */
import type { Json } from '@rashomon/kernel';
import { createRecommender, fitTo, loadSplit, measure, rankUsers } from '@rashomon/recsys';
import { peakMiB, type Sample, spentBy } from '../sample.ts';

export interface AccuracyInput {
  readonly folder: string;
  readonly protocol: string;
  readonly share: number;
  readonly valid: number;
  readonly recommender: string;
  readonly parameters: { readonly [name: string]: Json };
}

const SEED = 1;

/**
 * Seconds of CPU, the peak of the process up to the last ranking with the data in it (MiB), and the metrics by name.
 */
export async function measureAccuracy({
  folder,
  protocol,
  share,
  valid,
  recommender: name,
  parameters,
}: AccuracyInput): Promise<Sample> {
  const { split } = loadSplit(folder, { protocol, share, valid, seed: SEED });
  const recommender = createRecommender(name, parameters);
  const found: { model?: Awaited<ReturnType<typeof fitTo>>; ranked?: Awaited<ReturnType<typeof rankUsers>> } = {};
  const fit = await spentBy(async () => (found.model = await fitTo(recommender, split, SEED)));
  const { model } = found;
  if (model === undefined) throw new Error(`${name} gave no model`);
  const rank = await spentBy(async () => (found.ranked = await rankUsers(model, split, { seed: SEED })));
  const mebibytes = peakMiB();
  const metrics = Object.entries(measure([{ split, ranked: found.ranked ?? [] }], { seed: SEED }));
  return {
    fitCpu: fit.cpu,
    rankCpu: rank.cpu,
    mebibytes,
    ...Object.fromEntries(metrics.map(([metric, { mean }]) => [metric, mean])),
  };
}
