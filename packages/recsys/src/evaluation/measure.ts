/** From rankings to figures: means over users with intervals, whatever made the rankings. */
import { gini } from '@rashomon/kernel';
import { audienceOf, coverage, diversity, novelty } from './list-metrics.ts';
import { PAGE, userMetrics } from './metric-names.ts';
import type { RankedUser } from './rank-users.ts';
import type { Split } from './split.ts';
import { type Interval, intervalOfShare, intervalOverUsers, userResamples } from './user-bootstrap.ts';

/** Means over users with 95 % intervals, by name. */
export type Accuracy = { readonly [metric: string]: Interval };

/** The users of one split, ranked by what was trained on it. */
export interface RankedFold {
  readonly split: Split;
  readonly ranked: readonly RankedUser[];
}

export interface MeasureOptions {
  readonly seed: number;
  /** Cut-offs of accuracy beside 10 and 20. */
  readonly at?: readonly number[];
}

const WHOLE_METRICS: { readonly [name: string]: (counts: Int32Array) => number } = {
  [`coverage@${PAGE}`]: coverage,
  [`gini@${PAGE}`]: gini,
};

/**
 * Every metric of the rankings. Those of several folds are one pool: a user who is ranked in k of them counts k times,
 * and is drawn as a whole when the intervals are made.
 * @param folds over one catalogue, with at least one ranked user among them
 */
export function measure(folds: readonly RankedFold[], { seed, at = [] }: MeasureOptions): Accuracy {
  const ranked = folds.flatMap((fold) => fold.ranked);
  const perUser = [
    ...Object.entries(userMetrics(at)).map(([name, metric]) => ({
      name,
      values: Float64Array.from(ranked, metric),
      resampled: [] as number[],
    })),
    ...listValues(folds).map(({ name, values }) => ({ name, values, resampled: [] as number[] })),
  ];
  const whole = Object.entries(WHOLE_METRICS).map(([name, of]) => ({ name, of, resampled: [] as number[] }));
  const shown = new Showings(ranked, folds[0]?.split);
  const people = new People(ranked);
  for (const drawn of userResamples(people.size, seed)) {
    const weights = people.spread(drawn);
    for (const { values, resampled } of perUser) resampled.push(weightedMean(values, weights));
    const counts = shown.count(weights);
    for (const { of, resampled } of whole) resampled.push(of(counts));
  }
  const once = new Int32Array(ranked.length).fill(1);
  const all = shown.count(once);
  const intervals: { [metric: string]: Interval } = {};
  for (const { name, values, resampled } of perUser)
    intervals[name] = intervalOverUsers(weightedMean(values, once), resampled);
  for (const { name, of, resampled } of whole) intervals[name] = intervalOfShare(of(all), resampled);
  return intervals;
}

/** What the lists are made of: each list by the train part that its model has seen. */
function listValues(folds: readonly RankedFold[]): readonly { readonly name: string; readonly values: Float64Array }[] {
  const values = { novelty: [] as number[], diversity: [] as number[] };
  for (const { split, ranked } of folds) {
    const audience = audienceOf(split);
    for (const { top } of ranked) {
      const page = top.slice(0, PAGE);
      values.novelty.push(novelty(page, audience));
      values.diversity.push(diversity(page, audience));
    }
  }
  return Object.entries(values).map(([name, of]) => ({ name: `${name}@${PAGE}`, values: Float64Array.from(of) }));
}

/** Added in the order of the rankings. */
function weightedMean(values: Float64Array, weights: Int32Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    sum += (values[row] as number) * (weights[row] as number);
    total += weights[row] as number;
  }
  return sum / total;
}

/** Who the rankings are of: the same user may have several. */
class People {
  readonly size: number;
  readonly #personOf: Int32Array;
  readonly #weights: Int32Array;

  constructor(ranked: readonly RankedUser[]) {
    const numbers = new Map<number, number>();
    for (const { user } of ranked) if (!numbers.has(user)) numbers.set(user, numbers.size);
    this.size = numbers.size;
    this.#personOf = Int32Array.from(ranked, ({ user }) => numbers.get(user) as number);
    this.#weights = new Int32Array(ranked.length);
  }

  /** From a weight for each person to one for each ranking, in an array that is used again. */
  spread(drawn: Int32Array): Int32Array {
    for (let row = 0; row < this.#weights.length; row++)
      this.#weights[row] = drawn[this.#personOf[row] as number] as number;
    return this.#weights;
  }
}

/** How often each film of the catalogue stands on a first page. */
class Showings {
  readonly #places: readonly Int32Array[];
  readonly #counts: Int32Array;

  constructor(ranked: readonly RankedUser[], split: Split | undefined) {
    const films = split?.catalogue.films ?? [];
    const placeOf = new Map(films.map(({ id }, place) => [id, place]));
    this.#places = ranked.map(({ top }) => Int32Array.from(top.slice(0, PAGE), (film) => placeOf.get(film) as number));
    this.#counts = new Int32Array(films.length);
  }

  /** @returns counts in an array that is used again */
  count(weights: Int32Array): Int32Array {
    const counts = this.#counts.fill(0);
    this.#places.forEach((places, row) => {
      const weight = weights[row] as number;
      if (weight > 0) for (const place of places) counts[place] = (counts[place] as number) + weight;
    });
    return counts;
  }
}
