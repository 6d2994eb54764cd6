/** Bad input, told all at once: every fault of a folder of data, each with file, line, value and expectation. */

/** One thing wrong in a data file. */
export interface DataFault {
  readonly file: string;
  /** Counted from 1; 0 where the fault is the file's as a whole. */
  readonly line: number;
  readonly value: string;
  readonly expected: string;
}

const FAULTS_PRINTED = 20;
const VALUE_LENGTH_MAX = 80;

/** Thrown when a folder or file cannot be made into a dataset; nothing of it is used then. */
export class InvalidData extends Error {
  readonly code = 'INVALID_DATA';
  readonly faults: readonly DataFault[];

  constructor(where: string, faults: readonly DataFault[]) {
    const printed = faults.slice(0, FAULTS_PRINTED).map(describe);
    const rest = faults.length - printed.length;
    if (rest > 0) printed.push(`  … and ${rest} more`);
    super(`${where}: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}\n${printed.join('\n')}`);
    this.name = 'InvalidData';
    this.faults = faults;
  }
}

function describe({ file, line, value, expected }: DataFault): string {
  const shown = value.length > VALUE_LENGTH_MAX ? `${value.slice(0, VALUE_LENGTH_MAX)}…` : value;
  return `  ${file}${line > 0 ? `:${line}` : ''}: ${JSON.stringify(shown)}, expected ${expected}`;
}

/** Gathers faults while the files are read, so that the reader hears of all of them. */
export class FaultLog {
  readonly faults: DataFault[] = [];

  add(fault: DataFault): void {
    this.faults.push(fault);
  }

  /** @throws InvalidData if there was any fault */
  settle(where: string): void {
    if (this.faults.length > 0) throw new InvalidData(where, this.faults);
  }
}
