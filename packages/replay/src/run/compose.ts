/** From a configuration to what a run starts with: its films and its agents. */
import { isAbsolute, join } from 'node:path';
import { existsSync } from 'node:fs';
import { generatePopulation, populationFromDataset } from '@rashomon/agents';
import type { Dataset, FilmCatalogue, Json, Population, RunConfig } from '@rashomon/kernel';
import { loadDataset, loadSampleCatalogue } from '@rashomon/recsys';
import { faultsAgainstFilms } from '../config/against-films.ts';
import { type ConfigFault, InvalidConfig } from '../config/faults.ts';
import type { ResolvedConfig } from '../config/resolve.ts';
import type { Config } from '../config/schema.ts';
import { faultsOfParts } from './ports.ts';

/** How many agents are made up when neither the configuration nor the data says. */
const AGENTS = 200;

export interface Composition {
  /** The configuration as RunStarted will carry it. */
  readonly config: RunConfig;
  readonly catalogue: FilmCatalogue;
  readonly population: Population;
}

/**
 * Reads the data and makes the population.
 * @throws InvalidConfig with every fault; InvalidData from the data's files
 */
export function compose({ config, sources }: ResolvedConfig): Composition {
  const sourceOf = (key: string): string => sources.get(key) ?? 'default';
  const faults = faultsOfParts(config as unknown as RunConfig, sourceOf);
  const dataset = config.data === 'sample' ? null : loadDataset(locate(config.data));
  const catalogue = dataset?.catalogue ?? loadSampleCatalogue();
  faults.push(...faultsAgainstFilms(config, catalogue, sourceOf), ...faultsAgainst(dataset, config, sourceOf));
  if (faults.length > 0) throw new InvalidConfig(faults);
  const population = populate(config, catalogue, dataset);
  // Where the data lay is no part of the run; what it held is in the digests.
  const settled = { ...config, data: dataset?.name ?? 'sample', agents: population.length };
  return { config: settled as unknown as RunConfig & { readonly [key: string]: Json }, catalogue, population };
}

/** A folder as given, or inside RASHOMON_DATA. */
function locate(data: string): string {
  const { RASHOMON_DATA: shelf } = process.env;
  if (isAbsolute(data) || existsSync(data) || shelf === undefined) return data;
  const there = join(shelf, data);
  return existsSync(there) ? there : data;
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
