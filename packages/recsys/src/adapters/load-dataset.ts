/** Reads a folder of real data, whatever known format it is in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@rashomon/kernel';
import { datasetFormats, recogniseFormat } from '../data/dataset-formats.ts';
import { decodeText } from '../data/decode-text.ts';
import { FaultLog, InvalidData } from '../data/invalid-data.ts';

/**
 * The dataset in a folder: MovieLens 100K, latest-small or 1M, RecAgent's, or plain CSV.
 * @throws InvalidData when the folder is of no known format, or with every fault of its files
 */
export function loadDataset(folder: string): Dataset {
  const names = listFolder(folder);
  const format = recogniseFormat(names);
  if (format === undefined) {
    const expected = `one of: ${datasetFormats.map(({ about }) => about).join('; ')}`;
    throw new InvalidData(folder, [{ file: folder, line: 0, value: names.slice(0, 20).join(', '), expected }]);
  }
  const wanted = [...format.marks, ...format.optional.filter((name) => names.includes(name))];
  const files = new Map(wanted.map((name) => [name, decodeText(readFileSync(join(folder, name)))]));
  const log = new FaultLog();
  const dataset = format.read(files, log);
  log.settle(folder);
  return dataset;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidData(folder, [{ file: folder, line: 0, value: code ?? String(error), expected: 'a folder that can be read' }]);
  }
}
