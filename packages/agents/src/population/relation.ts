/** What two agents are to each other, and how close: drawn from their ages and how alike they are. */
import { categorical, type Draws, milli } from '@rashomon/kernel';

export const RELATIONS = ['friend', 'family', 'colleague', 'classmate', 'neighbour', 'acquaintance'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Mean closeness of each kind of tie, in the order of {@link RELATIONS}. */
const CLOSENESS: readonly number[] = [0.65, 0.8, 0.45, 0.5, 0.35, 0.2];

export interface DrawnTie {
  readonly relation: Relation;
  /** 0 to 1, in thousandths. */
  readonly closeness: number;
}

/**
 * The tie between two agents; the same seen from both.
 * @param alike -1 (opposite tastes) to 1 (the same)
 * @param number the draw's number; it and the next one are used
 */
export function drawTie(draws: Draws, number: number, ages: readonly [number, number], alike: number): DrawnTie {
  const relation = categorical(relationWeights(ages[0], ages[1]), draws.uniform(number));
  const spread = 0.3 * (draws.uniform(number + 1) - 0.5);
  const closeness = (CLOSENESS[relation] as number) + 0.1 * alike + spread;
  return { relation: RELATIONS[relation] as Relation, closeness: milli(Math.max(0.05, Math.min(1, closeness))) };
}

/** Who one meets at school, at work and at home depends on both ages. In the order of {@link RELATIONS}. */
function relationWeights(a: number, b: number): number[] {
  const gap = Math.abs(a - b);
  const older = Math.max(a, b);
  const younger = Math.min(a, b);
  const near = gap <= 10 ? 1 : gap <= 20 ? 0.5 : 0.2;
  return [
    5 * near,
    gap >= 18 && gap <= 45 ? 2 : 0.8,
    younger >= 18 && older <= 67 ? 2.5 * near + 0.5 : 0,
    older <= 26 && gap <= 3 ? 5 : gap <= 2 ? 0.5 : 0,
    1.2,
    1.2,
  ];
}
