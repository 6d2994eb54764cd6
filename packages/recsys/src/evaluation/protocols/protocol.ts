/** What a file under protocols/ exports: how a folder of real data becomes a split. */
import type { Dataset } from '@rashomon/kernel';
import type { FaultLog } from '../../data/invalid-data.ts';
import type { Split } from '../split.ts';

/** A folder of data, or a single file, read when asked. */
export interface DataFolder {
  /** As it was named. */
  readonly where: string;
  /** The files in it and in the folders directly in it, as paths with `/`, sorted; none for a single file. */
  readonly files: readonly string[];
  /** The text of one of the files. */
  text(file: string): string;
  /** All of it as a data set. @throws InvalidData */
  dataset(): Dataset;
}

export interface SplitOptions {
  readonly seed: number;
  /** What part of the films of each user is to be found, for protocols that draw it themselves: between 0 and 1. */
  readonly share: number;
  /**
   * What further part is neither learnt from nor to be found, for the same protocols: from 0, which is the default, to
   * 1.
   */
  readonly valid?: number;
}

export interface Protocol {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** Whether it is the one that the folder was made for. */
  fits(folder: DataFolder): boolean;
  /**
   * One split, or the folds that are measured together; to be used only if the log stayed empty. @throws InvalidData
   */
  folds(folder: DataFolder, options: SplitOptions, log: FaultLog): readonly Split[];
}

/** The text of a file; a missing one is a fault, and empty. */
export function wantedText(folder: DataFolder, file: string, expected: string, log: FaultLog): string {
  if (folder.files.includes(file)) return folder.text(file);
  log.add({ file, line: 0, value: 'missing', expected });
  return '';
}
