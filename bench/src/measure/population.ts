/** Making up a population: personas, tastes, activity and ties. */
import { generatePopulation } from '@rashomon/agents';
import { loadDataset } from '@rashomon/recsys';
import { peakMiB, type Sample, spentBy } from '../sample.ts';

export interface PopulationInput {
  readonly agents: number;
  /** Folder of the films. */
  readonly data: string;
}

export async function measurePopulation({ agents, data }: PopulationInput): Promise<Sample> {
  const { catalogue } = loadDataset(data);
  const { cpu, wall } = await spentBy(() => generatePopulation({ agents, seed: 1, catalogue }));
  return { cpu, wall, mebibytes: peakMiB() };
}
