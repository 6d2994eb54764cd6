/** From a configuration to what a run starts with: its films and its agents. */
import { generatePopulation, populationFromDataset } from '@rashomon/agents';
import type { Dataset, FilmCatalogue, Population, RunConfig } from '@rashomon/kernel';
import { loadDataset, loadSampleCatalogue } from '@rashomon/recsys';
import { faultsAgainstFilms } from '../config/against-films.ts';
import { type ConfigFault, InvalidConfig } from '../config/faults.ts';
import { readParts } from '../config/read-parts.ts';
import type { ResolvedConfig } from '../config/resolve.ts';
import type { Config } from '../config/schema.ts';
import type { Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';

/** How many agents are made up when neither the configuration nor the data says. */
const AGENTS = 200;

export interface Composition {
  /** The configuration as RunStarted will carry it. */
  readonly config: RunConfig;
  readonly catalogue: FilmCatalogue;
  readonly population: Population;
}

/**
 * Reads the data and makes the population. The one place where values that nobody set become those in force: what comes
 * out holds all conditions of the run, those of its recommender and its mind included (law L13).
 * @throws InvalidConfig with every fault; InvalidData from the data's files
 */
export function compose({ config, sources }: ResolvedConfig, registry: Registry = builtIns): Composition {
  const sourceOf = (key: string): string => sources.get(key) ?? 'default';
  const parts = readParts(config, registry, sourceOf);
  const dataset = config.data === 'sample' ? null : loadDataset(config.data);
  const catalogue = dataset?.catalogue ?? loadSampleCatalogue();
  const faults = [
    ...parts.faults,
    ...faultsAgainstFilms(config, catalogue, sourceOf),
    ...faultsAgainst(dataset, config, sourceOf),
  ];
  if (faults.length > 0) throw new InvalidConfig(faults);
  const population = populate(config, catalogue, dataset);
  const { name, trainEvery, retrainEvery } = config.recommender;
  const settled: RunConfig = {
    ...config,
    // Where the data lay is no part of the run; what it held is in the digests.
    data: dataset?.name ?? 'sample',
    agents: population.length,
    recommender: { ...parts.recommender, name, trainEvery, retrainEvery },
    mind: { ...parts.mind, name: config.mind.name },
  };
  return { config: settled, catalogue, population };
}

function faultsAgainst(dataset: Dataset | null, { agents }: Config, sourceOf: (key: string) => string): ConfigFault[] {
  const users = dataset?.users.length ?? 0;
  if (agents === undefined || users === 0 || agents <= users) return [];
  return [
    { key: 'agents', value: agents, expected: `at most the ${users} users of the data`, source: sourceOf('agents') },
  ];
}

function populate(config: Config, catalogue: FilmCatalogue, dataset: Dataset | null): Population {
  const { seed, social } = config;
  const { method, probability, shape } = config.activity;
  const activity = { law: method === 'pareto' ? 'pareto' : 'constant', mean: probability, shape } as const;
  if (dataset !== null && dataset.users.length > 0) {
    return populationFromDataset(dataset, {
      seed,
      social,
      activity,
      ...(config.agents === undefined ? {} : { agents: config.agents }),
    });
  }
  return generatePopulation({ agents: config.agents ?? AGENTS, seed, catalogue, activity, social });
}
