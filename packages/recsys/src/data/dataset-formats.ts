/** The kinds of data folder that are known; a new one is a file and a line here. */
import type { DatasetFormat } from './dataset-format.ts';
import { movielens100k } from './movielens-100k.ts';
import { movielens1m } from './movielens-1m.ts';
import { movielensLatest } from './movielens-latest.ts';
import { plainCsv } from './plain-csv.ts';
import { recagent } from './recagent.ts';

/** In the order in which they are tried; a folder that fits two is of the first. */
export const datasetFormats: readonly DatasetFormat[] = [movielens100k, movielens1m, movielensLatest, recagent, plainCsv];

/** The format whose marks are all among the names of a folder's files. */
export function recogniseFormat(names: readonly string[]): DatasetFormat | undefined {
  const present = new Set(names);
  return datasetFormats.find(({ marks }) => marks.every((mark) => present.has(mark)));
}
