/**
 * How near the recommenders come to the accuracies that others have, each in a process of its own. Takes up to an hour.
 */
import { recommenders } from '@rashomon/recsys';
import { type AccuracyRow, type AccuracyTable, accuracyTables, MEBIBYTES_MOST } from '../accuracy-table.ts';
import { agreementOf } from '../agreement.ts';
import { alone } from '../alone.ts';
import { type Figure, figureOf } from '../figures.ts';
import { dataFolder } from '../places.ts';
import type { Scenario } from './scenario.ts';

/** `accuracy` is all of them; each table can be asked for by itself. */
export const accuracyScenarios: readonly Scenario[] = [
  { name: 'accuracy', onlyWhenNamed: true, run: () => ofAll(accuracyTables) },
  ...accuracyTables.map((table): Scenario => ({
    name: `accuracy-${table.name}`,
    onlyWhenNamed: true,
    run: () => ofAll([table]),
  })),
];

async function ofAll(tables: readonly AccuracyTable[]): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const table of tables) {
    const folder = dataFolder(table.data);
    if (folder === undefined) {
      process.stderr.write(
        `accuracy-${table.name}: skipped, there is no ${table.data} in RASHOMON_DATA nor in ../shared/data\n`,
      );
      continue;
    }
    for (const row of table.rows) {
      const name = nameOf(table, row);
      if (recommenders.every((known) => known.name !== row.recommender)) {
        process.stderr.write(`${name}: skipped, there is no such recommender\n`);
        continue;
      }
      process.stderr.write(`${name} …\n`);
      figures.push(...(await figuresOf(name, folder, { table, row })));
    }
  }
  return figures;
}

function nameOf({ name, protocol, data }: AccuracyTable, { recommender, parameters }: AccuracyRow): string {
  const set = Object.entries(parameters).map(([parameter, value]) => `${parameter} ${JSON.stringify(value)}`);
  return `accuracy-${name}, ${protocol} of ${data}: ${[recommender, ...set].join(', ')}`;
}

async function figuresOf(
  name: string,
  folder: string,
  { table, row }: { readonly table: AccuracyTable; readonly row: AccuracyRow },
): Promise<readonly Figure[]> {
  const { protocol, share = 0.2, valid = 0, metrics } = table;
  const { recommender, parameters, reference, band, note, fitMost } = row;
  const sample = await alone('accuracy', { folder, protocol, share, valid, recommender, parameters });
  const of = (quantity: string): number => {
    const value = sample[quantity];
    if (value === undefined)
      throw new RangeError(`${name}: no "${quantity}" was measured, only ${Object.keys(sample).join(', ')}`);
    return value;
  };
  return [
    ...metrics.map((metric, place) =>
      agreementOf({ name: `${name}: ${metric}`, reference: reference?.[place], band, note }, of(metric)),
    ),
    figureOf(
      { name: `${name}: fit`, unit: 's CPU', better: 'lower', ...(fitMost === undefined ? {} : { target: fitMost }) },
      [of('fitCpu')],
    ),
    figureOf({ name: `${name}: rank`, unit: 's CPU', better: 'lower' }, [of('rankCpu')]),
    figureOf({ name: `${name}: peak memory`, unit: 'MiB', better: 'lower', target: MEBIBYTES_MOST }, [of('mebibytes')]),
  ];
}
