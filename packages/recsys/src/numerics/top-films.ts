/** The best of many scores. */
import { type Bits, hasBit, type Ranking } from '@rashomon/kernel';

/** From so many films asked for on, everything is sorted: keeping a list sorted takes the square of its length. */
const SORTED_FROM = 128;
/** Most films of which an index fits beside a score in the 53 bits of a whole number. */
const SORTABLE = 0x200000;

/**
 * The `count` films with the highest scores that are not excluded, best first, ties by id.
 *
 * One pass with a sorted list of the best so far: a film is looked at twice only if it beats the last of
 * them, so excluded films cost nothing unless they score high.
 * @param scores one per film, never NaN
 * @param films ids, ascending
 */
export function topFilms(scores: Float32Array, films: Int32Array, count: number, excluded: Bits): Ranking {
  const size = films.length;
  if (count >= SORTED_FROM && size <= SORTABLE)
    return firstOf(sortedPlaces(scores), { scores, films, count, excluded });
  const best: number[] = [];
  const bestScores: number[] = [];
  let index = 0;
  for (; index < size && best.length < count; index++) insert(index);
  // Only a greater score enters now: of equal ones the lower id came first.
  let last = count > 0 ? (bestScores[count - 1] ?? -Infinity) : Infinity;
  for (; index < size; index++) {
    if ((scores[index] as number) > last) {
      insert(index);
      if (best.length > count) {
        best.pop();
        bestScores.pop();
      }
      last = bestScores[count - 1] as number;
    }
  }
  return { films: best, scores: bestScores };

  function insert(candidate: number): void {
    const film = films[candidate] as number;
    if (hasBit(excluded, film)) return;
    const score = scores[candidate] as number;
    let place = bestScores.length;
    for (; place > 0 && score > (bestScores[place - 1] as number); place--) {
      bestScores[place] = bestScores[place - 1] as number;
      best[place] = best[place - 1] as number;
    }
    bestScores[place] = score;
    best[place] = film;
  }
}

/**
 * Indices of scores, highest first, ties by index: one whole number for each, of the score's bits and the index, sorted
 * as numbers.
 */
function sortedPlaces(scores: Float32Array): Float64Array {
  const size = scores.length;
  // Adding 0 turns -0, which equals 0 but has other bits, into 0.
  const bits = new Uint32Array(scores.map((score) => score + 0).buffer);
  const keys = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const word = bits[index] as number;
    // Ascending in the bits of negative numbers is descending in their values; of the others it is the reverse.
    const descending = word >= 0x80000000 ? word : 0x7fffffff - word;
    keys[index] = descending * size + index;
  }
  keys.sort();
  for (let rank = 0; rank < size; rank++) keys[rank] = (keys[rank] as number) % size;
  return keys;
}

function firstOf(
  places: Float64Array,
  {
    scores,
    films,
    count,
    excluded,
  }: { readonly scores: Float32Array; readonly films: Int32Array; readonly count: number; readonly excluded: Bits },
): Ranking {
  const best: number[] = [];
  const bestScores: number[] = [];
  for (let rank = 0; rank < places.length && best.length < count; rank++) {
    const index = places[rank] as number;
    const film = films[index] as number;
    if (hasBit(excluded, film)) continue;
    best.push(film);
    bestScores.push(scores[index] as number);
  }
  return { films: best, scores: bestScores };
}
