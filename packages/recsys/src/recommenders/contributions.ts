/** What past films add to a score, in the order in which people read it. */
import type { Contribution } from '@rashomon/kernel';

/** Largest magnitude first, ties by id; films that add nothing are left out. */
export function byMagnitude(contributions: readonly Contribution[]): readonly Contribution[] {
  return contributions
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.film - b.film);
}
