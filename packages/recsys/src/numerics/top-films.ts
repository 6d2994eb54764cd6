/** The best of many scores. */
import { type Bits, hasBit, type Ranking } from '@rashomon/kernel';

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
