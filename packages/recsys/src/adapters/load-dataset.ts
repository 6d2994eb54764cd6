/** Reads a folder of real data, or a table of interactions, whatever known format it is in. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Dataset } from '@rashomon/kernel';
import { KNOWN_DATA, recogniseFormat } from '../data/dataset-formats.ts';
import { decodeText } from '../data/decode-text.ts';
import { interactionTable, isInteractionFile } from '../data/interaction-table.ts';
import { FaultLog, InvalidData } from '../data/invalid-data.ts';

/**
 * The dataset in a folder: MovieLens 100K, latest-small or 1M, RecAgent's, plain CSV, lists or a table of interactions;
 * or in a file that is such a table.
 * @throws InvalidData when it is of no known format, or with every fault of its files
 */
export function loadDataset(place: string): Dataset {
  const { folder, names, format } = isFile(place) ? ofFile(place) : ofFolder(place);
  const wanted = [...format.marks, ...format.optional.filter((name) => names.includes(name))];
  const files = new Map(wanted.map((name) => [name, decodeText(readFileSync(join(folder, name)))]));
  const log = new FaultLog();
  const dataset = format.read(files, log);
  log.settle(place);
  return dataset;
}

/** Whether it is a single file. @throws InvalidData when there is nothing of that name */
export function isFile(place: string): boolean {
  return attempt(place, () => statSync(place)).isFile();
}

interface Found {
  readonly folder: string;
  readonly names: readonly string[];
  readonly format: ReturnType<typeof interactionTable>;
}

function ofFile(place: string): Found {
  const name = basename(place);
  if (!isInteractionFile(name)) {
    throw new InvalidData(place, [
      {
        file: place,
        line: 0,
        value: name,
        expected: 'a table of interactions in a file that ends in .csv or .tsv, or a folder of data',
      },
    ]);
  }
  return { folder: dirname(place), names: [name], format: interactionTable(name) };
}

function ofFolder(folder: string): Found {
  const names = attempt(folder, () => readdirSync(folder)).sort();
  const format = recogniseFormat(names);
  if (format === undefined) {
    throw new InvalidData(folder, [
      { file: folder, line: 0, value: names.slice(0, 20).join(', '), expected: `one of: ${KNOWN_DATA.join('; ')}` },
    ]);
  }
  return { folder, names, format };
}

function attempt<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidData(place, [
      { file: place, line: 0, value: code ?? String(error), expected: 'a folder or a file that can be read' },
    ]);
  }
}
