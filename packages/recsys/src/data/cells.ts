/** Cells into values; what does not fit is a fault of the file. */
import type { FaultLog } from './invalid-data.ts';

/** Reads the cells of one file. Methods answer undefined after logging a fault. */
export class CellReader {
  readonly #file: string;
  readonly #log: FaultLog;

  constructor(file: string, log: FaultLog) {
    this.#file = file;
    this.#log = log;
  }

  fault(line: number, value: string, expected: string): undefined {
    this.#log.add({ file: this.#file, line, value, expected });
    return undefined;
  }

  /** A non-negative integer of at most `max`, in decimal digits. */
  integer(line: number, cell: string, max = 0x7fffffff): number | undefined {
    const text = cell.trim();
    if (/^\d{1,15}$/.test(text) && Number(text) <= max) return Number(text);
    return this.fault(line, cell, `an integer from 0 to ${max}`);
  }

  /** A decimal number within the bounds. */
  number(line: number, cell: string, min: number, max: number): number | undefined {
    const value = decimal(cell);
    if (value >= min && value <= max) return value;
    return this.fault(line, cell, `a number from ${min} to ${max}`);
  }

  /** Any decimal number. */
  finite(line: number, cell: string): number | undefined {
    const value = decimal(cell);
    return Number.isFinite(value) ? value : this.fault(line, cell, 'a number');
  }

  text(line: number, cell: string, what: string): string | undefined {
    const value = cell.trim();
    return value === '' ? this.fault(line, cell, what) : value;
  }
}

/** NaN for what is no number in decimal digits. */
function decimal(cell: string): number {
  return /^\s*-?\d+(\.\d+)?(e-?\d+)?\s*$/i.test(cell) ? Number(cell) : NaN;
}

/** "a|b" -> [a, b], without blanks and repetitions. */
export function splitList(cell: string, separator: string | RegExp): readonly string[] {
  const parts = cell.split(separator).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** "Action|Comedy" -> genres; MovieLens's words for "none" are no genres. */
export function splitGenres(cell: string): readonly string[] {
  return splitList(cell, '|').filter((genre) => genre !== '(no genres listed)' && genre !== 'unknown');
}
