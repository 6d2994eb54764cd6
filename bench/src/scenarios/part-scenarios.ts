/** Parts by themselves, for information: making up a population, training models and serving slates, searching. */
import { repeatedAlone } from '../alone.ts';
import { type Figure, figureOf } from '../figures.ts';
import { recsysQuantities, slowRecsysQuantities } from '../measure/recsys.ts';
import { searchQuantities } from '../measure/search.ts';
import { column } from '../sample.ts';
import type { RunShelf } from './run-shelf.ts';
import type { Scenario } from './scenario.ts';

const AGENTS = 1_000_000;
const FILMS = 1_700;
const TIMES = 3;

export const partScenarios: readonly Scenario[] = [
  { name: 'population', run: population },
  { name: 'recsys', run: recsys },
  { name: 'recsys-slow', onlyWhenNamed: true, run: slowRecsys },
  { name: 'search', run: search },
];

async function population(shelf: RunShelf): Promise<readonly Figure[]> {
  const samples = await repeatedAlone(TIMES, 'population', { agents: AGENTS, data: shelf.films(FILMS) });
  return [
    figureOf({ name: 'population: a million agents', unit: 's CPU', better: 'lower' }, column(samples, 'cpu')),
    figureOf(
      { name: 'population: a million agents by the clock', unit: 's', better: 'lower' },
      column(samples, 'wall'),
    ),
    figureOf({ name: 'population: peak memory', unit: 'MiB', better: 'lower' }, column(samples, 'mebibytes')),
  ];
}

async function recsys(): Promise<readonly Figure[]> {
  const samples = await repeatedAlone(TIMES, 'recsys', undefined);
  return recsysQuantities.map((quantity) => figureOf(quantity, column(samples, quantity.name)));
}

async function slowRecsys(): Promise<readonly Figure[]> {
  const samples = await repeatedAlone(TIMES, 'recsys-slow', undefined);
  return slowRecsysQuantities.map((quantity) => figureOf(quantity, column(samples, quantity.name)));
}

async function search(): Promise<readonly Figure[]> {
  const samples = await repeatedAlone(TIMES, 'search', undefined);
  return searchQuantities.map((quantity) => figureOf(quantity, column(samples, quantity.name)));
}
