/** Films drawn uniformly, without replacement, from those that are eligible. */
import { type Bits, hasBit, type Draws } from '@rashomon/kernel';

/** After so many vain draws for one film the eligible ones are listed: the list is then short or empty. */
const MISSES_MAX = 64;

/**
 * `count` of the films that are neither excluded nor taken, every set of them equally likely; all of them
 * when there are no more. Draw n is the n-th of the draws given, so a second page of the
 * same round goes on in the sequence of the first. Expected time is O(count) while much is eligible:
 * drawing from all and drawing again where the film is not eligible; O(films) when hardly anything is left.
 */
export function sampleFilms(
  films: Int32Array,
  count: number,
  barred: { readonly excluded: Bits; readonly taken?: readonly number[] },
  draws: Draws,
): number[] {
  const chosen: number[] = [];
  const out = new Set(barred.taken);
  const eligible = (film: number): boolean => !out.has(film) && !hasBit(barred.excluded, film);
  let draw = 0;
  let misses = 0;
  while (chosen.length < count && misses < MISSES_MAX && films.length > 0) {
    const film = films[draws.below(films.length, draw++)] as number;
    if (eligible(film)) {
      chosen.push(film);
      out.add(film);
      misses = 0;
    } else misses++;
  }
  if (chosen.length === count) return chosen;
  // What was missed says nothing about what is left, so going on from a list keeps the sample uniform.
  const rest = [...films].filter(eligible);
  while (chosen.length < count && rest.length > 0) {
    const place = draws.below(rest.length, draw++);
    chosen.push(rest[place] as number);
    rest[place] = rest.at(-1) as number;
    rest.pop();
  }
  return chosen;
}
