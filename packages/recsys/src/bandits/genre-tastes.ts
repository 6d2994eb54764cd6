/**
 * Which genres agents turn to more than others do: the mean of their films' genres (each film a vector of length 1)
 * less what that mean is for all agents together. Whoever has watched nothing is taken at its word: its declared
 * interests count as one film of those genres.
 */
import { type FilmColumns, genreShare, GENRES_FROM } from './bandit-features.ts';
import type { DeclaredInterests } from '../content/declared-interests.ts';
import { type Histories, watchedBy } from '../interactions/histories.ts';

export class GenreTastes {
  readonly #columns: FilmColumns;
  readonly #histories: Histories;
  readonly #interests: DeclaredInterests;
  /** The sum over the films of each agent, a row of genres for each. */
  readonly #sums: Float64Array;
  /** The mean over the agents with a history. */
  readonly #common: Float64Array;

  constructor(columns: FilmColumns, histories: Histories, interests: DeclaredInterests) {
    this.#columns = columns;
    this.#histories = histories;
    this.#interests = interests;
    this.#sums = this.#sumsOfAll();
    this.#common = this.#meanOfAll();
  }

  /**
   * One number per genre; all 0 for somebody of whom nothing is known. @param without a film it watched that is not to
   * count, as an index
   */
  of(agent: number, without = -1): Float64Array {
    const genres = this.#columns.genres.length;
    const row = this.#histories.agents.indexOf(agent);
    const taste = row < 0 ? new Float64Array(genres) : this.#sums.slice(row * genres, (row + 1) * genres);
    const films = this.#filmsOf(row) - (without < 0 ? 0 : 1);
    if (films <= 0) {
      taste.fill(0);
      if (!this.#declare(agent, taste)) return taste;
    } else if (without >= 0) this.#addFilm(taste, 0, without, -1);
    for (let genre = 0; genre < genres; genre++)
      taste[genre] = (taste[genre] as number) / Math.max(1, films) - (this.#common[genre] as number);
    return taste;
  }

  #filmsOf(row: number): number {
    const { offsets } = this.#histories;
    return row < 0 ? 0 : (offsets[row + 1] as number) - (offsets[row] as number);
  }

  /** Sets the genres that the agent named; false where it named none. */
  #declare(agent: number, taste: Float64Array): boolean {
    const genres = watchedBy(this.#interests, agent);
    for (const genre of genres) taste[genre] = genreShare(genres.length);
    return genres.length > 0;
  }

  /** Adds a film's genres, so many times, to the sums that start at `start`. */
  #addFilm(sums: Float64Array, start: number, film: number, times: number): void {
    const { offsets, columns } = this.#columns;
    const from = (offsets[film] as number) + GENRES_FROM;
    const genres = this.#columns.genresOf(film);
    const weight = times * genreShare(genres);
    for (let at = from; at < from + genres; at++) {
      const place = start + (columns[at] as number) - GENRES_FROM;
      sums[place] = (sums[place] as number) + weight;
    }
  }

  #sumsOfAll(): Float64Array {
    const { agents, offsets, columns } = this.#histories;
    const genres = this.#columns.genres.length;
    const sums = new Float64Array(agents.size * genres);
    for (let row = 0; row < agents.size; row++) {
      for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++)
        this.#addFilm(sums, row * genres, columns[at] as number, 1);
    }
    return sums;
  }

  #meanOfAll(): Float64Array {
    const genres = this.#columns.genres.length;
    const mean = new Float64Array(genres);
    let people = 0;
    for (let row = 0; row < this.#histories.agents.size; row++) {
      const films = this.#filmsOf(row);
      if (films === 0) continue;
      people += 1;
      for (let genre = 0; genre < genres; genre++)
        mean[genre] = (mean[genre] as number) + (this.#sums[row * genres + genre] as number) / films;
    }
    return mean.map((total) => total / Math.max(1, people));
  }
}
