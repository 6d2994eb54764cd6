/**
 * Where the draws of each purpose lie in runs from before purposes had names (behaviour flag `namedLuck`): the number
 * of the purpose they were drawn under, and the numbers of their draws among its own. Purposes that came later are not
 * here and go by their names in every run. Never changed: old runs replay by it.
 */

export interface NumberedPurpose {
  readonly code: number;
  /** Draw n has the number first + n * step. */
  readonly first: number;
  readonly step: number;
}

const at = (code: number, first = 0, step = 1): NumberedPurpose => ({ code, first, step });

const NUMBERED: ReadonlyMap<string, NumberedPurpose> = new Map([
  // The round.
  ['active', at(0)],
  // The choice model.
  ['place', at(1)],
  ['film', at(2)],
  ['next page', at(3, 0, 4)],
  ['search', at(3, 1, 4)],
  ['leave', at(3, 2, 4)],
  ['query follows talk', at(4, 0, 8)],
  ['query kind', at(4, 1, 8)],
  ['query film', at(4, 2, 8)],
  ['query person', at(4, 3, 8)],
  ['query genre', at(4, 4, 8)],
  ['rating', at(5)],
  ['feeling', at(6)],
  ['company', at(7)],
  ['chat minutes', at(7, 2)],
  ['chat turns', at(7, 8)],
  ['post on two films', at(7, 9)],
  ['words', at(7, 16)],
  ['partner', at(8)],
  ['mention', at(9)],
  ['mention by the partner', at(9, 0x40000000)],
  // Slates.
  ['random slate', at(10)],
  ['random score', at(10, 0x80000000)],
  ['exploration', at(17)],
  ['strangers', at(10)],
  ['cold start', at(17, 0xfffffffd)],
  ['sampled weights', at(17, 0xffffffff)],
  ['sampled films', at(17, 0xfffffffe)],
  ['posterior', at(17)],
  // Trainings: seeds, and what is drawn from each.
  ['factors of users', at(11, 0)],
  ['factors of films', at(11, 1)],
  ['triples', at(11, 2)],
  ['unwatched films', at(11, 0)],
  ['order of rows', at(11, 64)],
  ['dropout of inputs', at(11, 65)],
  ['noise', at(11, 66)],
  ['order of windows', at(11, 64)],
  ['places of windows', at(11, 65)],
  ['dropout of places', at(11, 66)],
  ['candidates', at(11, 67)],
  ['weights', at(11)],
  ['training', at(11)],
  // Looking at runs and at recommenders.
  ['bootstrap', at(16)],
]);

/** Undefined for a purpose that came later. */
export function numberedPurpose(purpose: string): NumberedPurpose | undefined {
  return NUMBERED.get(purpose);
}
