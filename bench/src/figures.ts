/** A figure: one quantity, measured several times, beside what it should be. */

/** What is measured, and what would be good. */
export interface Quantity {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** At least this when higher is better, at most this when lower is; without one the figure is for information. */
  readonly target?: number;
}

export interface Figure {
  readonly name: string;
  /** The median. */
  readonly value: number;
  readonly unit: string;
  readonly target: number | null;
  readonly better: 'higher' | 'lower';
  /** Null where there is no target. */
  readonly met: boolean | null;
  readonly min: number;
  readonly max: number;
  /** How often it was measured. */
  readonly runs: number;
  /** What somebody else has for the same; null where nobody has. */
  readonly reference?: number | null;
  /** How far from the reference is still the same. */
  readonly band?: number | null;
  /** Whether it is that near; null where there is no reference or no band. */
  readonly within?: boolean | null;
  readonly note?: string;
}

/** @throws RangeError when nothing was measured */
export function figureOf({ name, unit, better, target }: Quantity, values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = medianOf(sorted);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError(`${name}: nothing was measured`);
  const met = target === undefined ? null : better === 'higher' ? middle >= target : middle <= target;
  return {
    name,
    value: rounded(middle),
    unit,
    target: target ?? null,
    better,
    met,
    min: rounded(min),
    max: rounded(max),
    runs: sorted.length,
  };
}

/** The middle of sorted numbers; the mean of the middle two. */
function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** Three significant digits, and whole numbers in full. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
