/**
 * Grounds as they were up to edition 1: eight terms that the kernel named, a column each. Every decision of that
 * edition is read and written by way of this.
 */
import { type AnyField, int, list, milli, milliNumber, record, text, type ValueOf } from '../encoding/field.ts';
import type { OlderVersion } from './definition.ts';
import type { Grounds, Term } from './grounds.ts';

const COLUMNS = ['base', 'taste', 'popularity', 'heard', 'novelty', 'rank', 'fatigue', 'luck'] as const;
type Column = (typeof COLUMNS)[number];

const column = list(milliNumber);

/** Columns hold one number per option; an empty column stands for zeros throughout. */
const columnGroundsField = record({
  options: list(int),
  base: column,
  taste: column,
  popularity: column,
  heard: column,
  novelty: column,
  rank: column,
  fatigue: column,
  luck: column,
  reason: text,
});

type ColumnGrounds = ValueOf<typeof columnGroundsField>;

function named(grounds: ColumnGrounds): Grounds {
  const { options, reason } = grounds;
  const terms = COLUMNS.map((name): Term => ({ name, values: grounds[name] })).filter(
    ({ values }) => values.length > 0,
  );
  return { options, terms, reason };
}

/** Terms that have no column are added to the base, so that options keep their utilities. */
function inColumns({ options, terms, reason }: Grounds): ColumnGrounds {
  const columns: { [C in Column]: readonly number[] } = {
    base: [],
    taste: [],
    popularity: [],
    heard: [],
    novelty: [],
    rank: [],
    fatigue: [],
    luck: [],
  };
  for (const { name, values } of terms) {
    const at = COLUMNS.find((known) => known === name) ?? 'base';
    columns[at] = columns[at].length === 0 ? values : sumOf(columns[at], values);
  }
  return { options, ...columns, reason };
}

function sumOf(a: readonly number[], b: readonly number[]): readonly number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => milli((a[index] ?? 0) + (b[index] ?? 0)));
}

/** Version 1 of a decision whose other data is still the same. */
export function decisionWithColumns(data: { readonly [name: string]: AnyField }): OlderVersion {
  return {
    version: 1,
    data: record({ ...data, grounds: columnGroundsField }),
    up: (decision: { readonly grounds: ColumnGrounds }) => ({ ...decision, grounds: named(decision.grounds) }),
    down: (decision: { readonly grounds: Grounds }) => ({ ...decision, grounds: inColumns(decision.grounds) }),
  };
}
