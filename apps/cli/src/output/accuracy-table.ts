/** Accuracies as a table: a row for each metric, a column for each recommender. */
import type { Accuracy } from '@rashomon/replay';
import type { Colours } from './output.ts';
import { tableLines } from './table.ts';

/** One recommender, measured. */
export interface Measured {
  readonly recommender: string;
  readonly metrics: Accuracy;
  /** Training, with what a model makes for its first answer. */
  readonly fitSeconds: number;
  readonly rankSeconds: number;
}

export function accuracyLines(results: readonly Measured[], { dim }: Colours): string[] {
  const names = Object.keys(results[0]?.metrics ?? {});
  const rows = names.map((name) => [
    name,
    ...results.map(({ metrics }) => {
      const { mean = 0, low = 0, high = 0 } = metrics[name] ?? {};
      return `${mean.toFixed(4)} ${dim(`±${((high - low) / 2).toFixed(4)}`)}`;
    }),
  ]);
  const seconds = (label: string, of: (result: Measured) => number): string[] => [
    label,
    ...results.map((result) => `${of(result).toFixed(2)} s`),
  ];
  const heading = ['METRIC', ...results.map(({ recommender }) => recommender.toUpperCase())].map(dim);
  const table = [
    heading,
    ...rows,
    seconds('fit', ({ fitSeconds }) => fitSeconds),
    seconds('rank', ({ rankSeconds }) => rankSeconds),
  ];
  return [
    ...tableLines(table, `l${'r'.repeat(results.length)}`),
    '',
    dim('± half of the 95 % interval over users (bootstrap); --json has both ends'),
  ];
}
