/** Columns of text, aligned; colours do not count as width. */
import { stripVTControlCharacters } from 'node:util';

type Alignment = 'left' | 'right';

const GAP = '  ';

/** @param alignment one letter for each column: `l` left, `r` right; missing ones are left */
export function tableLines(rows: readonly (readonly string[])[], alignment = ''): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))));
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, alignment[column] === 'r' ? 'right' : 'left'))
      .join(GAP)
      .trimEnd(),
  );
}

function pad(cell: string, width: number, alignment: Alignment): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return alignment === 'right' ? space + cell : cell + space;
}

function widthOf(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length;
}

/** A text cut to a width, with a sign that it was. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A row of bars from 0 to the largest value; a blank where there is nothing. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 0);
  return values
    .map((value) => (value <= 0 || most === 0 ? '·' : (BARS[Math.min(7, Math.floor((value / most) * 8))] as string)))
    .join('');
}
