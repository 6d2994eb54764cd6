/** What a score comes of, in the order in which people read it. */
import type { Contribution } from '@rashomon/kernel';

/** Largest magnitude first, equal ones in the order given; what adds nothing is left out. */
export function byMagnitude(contributions: readonly Contribution[]): readonly Contribution[] {
  return contributions.filter(({ weight }) => weight !== 0).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
