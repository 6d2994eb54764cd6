/** The kinds of data folder that are known; a new one is a file and a line here. */
import type { DatasetFormat } from './dataset-format.ts';
import { INTERACTIONS_ABOUT, interactionFileAmong, interactionTable } from './interaction-table.ts';
import { movielens100k } from './movielens-100k.ts';
import { movielens1m } from './movielens-1m.ts';
import { movielensLatest } from './movielens-latest.ts';
import { plainCsv } from './plain-csv.ts';
import { recagent } from './recagent.ts';
import { watchLists } from './watch-lists.ts';

/** In the order in which they are tried; a folder that fits two is of the first. */
const datasetFormats: readonly DatasetFormat[] = [
  movielens100k,
  movielens1m,
  movielensLatest,
  recagent,
  plainCsv,
  watchLists,
];

/** What a folder may hold, for messages. */
export const KNOWN_DATA: readonly string[] = [...datasetFormats.map(({ about }) => about), INTERACTIONS_ABOUT];

/** The format whose marks are all among the names of a folder's files; failing that, that of the one table in it. */
export function recogniseFormat(names: readonly string[]): DatasetFormat | undefined {
  const present = new Set(names);
  const known = datasetFormats.find(({ marks }) => marks.every((mark) => present.has(mark)));
  if (known !== undefined) return known;
  const table = interactionFileAmong(names);
  return table === undefined ? undefined : interactionTable(table);
}
