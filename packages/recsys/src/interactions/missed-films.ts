/** Films to tell the watched ones from. */
import type { Draws } from '@rashomon/kernel';
import type { CompressedRows } from './histories.ts';

/** Vain draws of a film that was not watched, after which there is none: somebody has watched nearly everything. */
const MISSES_MAX = 15;

/** Numbers of draws for one watch: the watch itself, and the films tried. */
export const DRAWS_PER_WATCH = MISSES_MAX + 1;

/**
 * Up to so many pairs of a user and a film (64 MiB of bits) it is looked up who watched what; beyond, histories are
 * searched.
 */
const LOOKED_UP_MAX = 0x20000000;

/** Films that a user did not watch, drawn uniformly. */
export class MissedFilms {
  readonly #histories: CompressedRows;
  readonly #films: number;
  /** One bit for each user and film, or nothing. */
  readonly #bits: Uint32Array | null;

  constructor(histories: CompressedRows, films: number, lookedUpMax = LOOKED_UP_MAX) {
    this.#histories = histories;
    this.#films = films;
    this.#bits = (histories.offsets.length - 1) * films <= lookedUpMax ? watchedBits(histories, films) : null;
  }

  /** The first film drawn that the user did not watch, or -1. @param number of the first of DRAWS_PER_WATCH draws */
  draw(user: number, draws: Draws, number: number): number {
    const films = this.#films;
    const bits = this.#bits;
    for (let attempt = 1; attempt <= MISSES_MAX; attempt++) {
      const film = draws.below(films, number + attempt);
      const at = user * films + film;
      if (
        bits === null
          ? !hasWatched(this.#histories, user, film)
          : (((bits[at >>> 5] as number) >>> (at & 31)) & 1) === 0
      )
        return film;
    }
    return -1;
  }
}

function watchedBits({ offsets, columns }: CompressedRows, films: number): Uint32Array {
  const users = offsets.length - 1;
  const bits = new Uint32Array(Math.ceil((users * films) / 32));
  for (let user = 0; user < users; user++) {
    for (let entry = offsets[user] as number; entry < (offsets[user + 1] as number); entry++) {
      const at = user * films + (columns[entry] as number);
      bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31));
    }
  }
  return bits;
}

/** Histories ascend: halves until the film is found or not. */
function hasWatched({ offsets, columns }: CompressedRows, user: number, film: number): boolean {
  const end = offsets[user + 1] as number;
  let low = offsets[user] as number;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((columns[middle] as number) < film) low = middle + 1;
    else high = middle;
  }
  return low < end && columns[low] === film;
}
