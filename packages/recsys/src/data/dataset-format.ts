/** What a reader of one kind of data folder offers, and what it is given. */
import type { Dataset } from '@rashomon/kernel';
import type { FaultLog } from './invalid-data.ts';

/** The decoded files of a folder, by name; only those that the format asked for and that exist. */
export type DataFiles = ReadonlyMap<string, string>;

export interface DatasetFormat {
  readonly name: string;
  /** A folder with all these files is of this format. */
  readonly marks: readonly string[];
  /** Files read where present. */
  readonly optional: readonly string[];
  /** One line for people: what the folder must hold. */
  readonly about: string;
  /** The dataset, to be used only if the log stayed empty. */
  read(files: DataFiles, log: FaultLog): Dataset;
}

/** A file that the format has among its marks. */
export function fileOf(files: DataFiles, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`${name} is not among the files read: ${[...files.keys()].join(', ')}`);
  return text;
}
