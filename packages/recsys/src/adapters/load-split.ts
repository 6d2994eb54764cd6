/** Reads real data for an offline evaluation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../data/decode-text.ts';
import { InvalidData } from '../data/invalid-data.ts';
import type { SplitOptions } from '../evaluation/protocols/protocol.ts';
import { type LoadedSplit, splitFolder } from '../evaluation/protocols/protocols.ts';
import { isFile, loadDataset } from './load-dataset.ts';

/**
 * The split of a folder, or of a table of interactions, under a protocol: by default the one that fits its files.
 * @throws UnknownProtocol; InvalidData when a file is missing or faulty, or when nothing is left to find
 */
export function loadSplit(
  where: string,
  { protocol, ...options }: SplitOptions & { readonly protocol?: string | undefined },
): LoadedSplit {
  const files = isFile(where) ? [] : listFiles(where);
  return splitFolder(
    { where, files, text: (file) => decodeText(readFileSync(join(where, file))), dataset: () => loadDataset(where) },
    protocol,
    options,
  );
}

/** One level deep: some data sets have a folder for each protocol. */
function listFiles(where: string): readonly string[] {
  try {
    const entries = readdirSync(where, { withFileTypes: true });
    const own = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const inside = entries
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => filesIn(join(where, name)).map((file) => `${name}/${file}`));
    return [...own, ...inside].sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidData(where, [
      { file: where, line: 0, value: code ?? String(error), expected: 'a folder that can be read' },
    ]);
  }
}

/** None where the folder may not be read: it need not belong to the data. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
