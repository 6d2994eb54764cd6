/** Rows of cells with their line numbers, from CSV and from the plain separated files of MovieLens. */
import { CsvError, parse } from 'csv-parse/sync';
import type { FaultLog } from './invalid-data.ts';

export interface Row {
  /** Counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly file: string;
  readonly rows: readonly Row[];
}

/** Where the cells of a CSV file with a header stand. */
export interface CsvTable extends Table {
  /** The index of the first of these columns that the file has; -1 for none. */
  column(...names: readonly string[]): number;
}

/**
 * A file without header or quotes, one row a line (MovieLens 100K: `|` and tab; 1M: `::`).
 * Rows with another number of cells than `width` are faults and left out; so is a file without rows.
 */
export function separatedTable(
  file: string,
  text: string,
  shape: { separator: string; width: number },
  log: FaultLog,
): Table {
  const rows: Row[] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] as string).replace(/\r$/, '');
    if (line === '') continue;
    const cells = line.split(shape.separator);
    if (cells.length === shape.width) rows.push({ line: index + 1, cells });
    else
      log.add({
        file,
        line: index + 1,
        value: line,
        expected: `${shape.width} fields separated by ${JSON.stringify(shape.separator)}`,
      });
  }
  if (lines.every((line) => line.trim() === '')) log.add({ file, line: 0, value: '', expected: 'at least one row' });
  return { file, rows };
}

/**
 * A CSV file (RFC 4180) with a header. Column names are compared in lower case without underscores.
 * @param required groups of names; of each group the header must have one
 */
export function csvTable(
  file: string,
  text: string,
  required: readonly (readonly string[])[],
  log: FaultLog,
): CsvTable {
  const [header, ...body] = parseCsv(file, text, log);
  const names = (header?.cells ?? []).map(columnName);
  const column = (...wanted: readonly string[]): number =>
    wanted.map((name) => names.indexOf(columnName(name))).find((index) => index >= 0) ?? -1;
  const missing = required.filter((group) => column(...group) < 0).map((group) => group.join(' or '));
  const empty = header === undefined;
  if (missing.length > 0) {
    log.add({
      file,
      line: empty ? 0 : 1,
      value: header?.cells.join(',') ?? '',
      expected: `a header with the columns ${missing.join(', ')}`,
    });
    return { file, rows: [], column };
  }
  const rows = body.filter(({ line, cells }) => {
    const fits = cells.length === names.length;
    if (!fits) log.add({ file, line, value: cells.join(','), expected: `${names.length} fields, as in the header` });
    return fits;
  });
  if (body.length === 0) log.add({ file, line: 0, value: '', expected: 'at least one row below the header' });
  return { file, rows, column };
}

/**
 * The rows of a file as they are, whatever their length; empty lines are none. Where a CSV file has no quotes its rows
 * are lines, and so are those of a file separated by tabs, in which quotes are letters.
 */
export function separatedRows(file: string, text: string, kind: 'csv' | 'tab', log: FaultLog): readonly Row[] {
  if (kind === 'csv' && text.includes('"')) return parseCsv(file, text, log);
  const separator = kind === 'csv' ? ',' : '\t';
  const rows: Row[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '');
    if (line.trim() !== '') rows.push({ line: index + 1, cells: line.split(separator) });
  });
  return rows;
}

/** In lower case without underscores. */
export const columnName = (name: string): string => name.trim().toLowerCase().replaceAll('_', '');

function parseCsv(file: string, text: string, log: FaultLog): Row[] {
  try {
    const records = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as readonly { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quote that never closes leaves no rows to trust, before or after it.
    const line = Number(error['lines'] ?? 0);
    log.add({ file, line, value: text.split('\n')[line - 1] ?? '', expected: `CSV as in RFC 4180 (${error.message})` });
    return [];
  }
}
