/** Counts of films: film by film, and by genre. */
import type { FilmCatalogue } from '../world/film.ts';

/**
 * How often each film comes on one agent's account. Few films each as a rule, so a list of them; once that
 * list outgrows the catalogue, a count per film: memory stays below agents x films.
 */
export class FilmCounts {
  readonly #films: number;
  #list: number[] = [];
  #counts: Uint32Array | null = null;

  /** @param films number of films in the catalogue */
  constructor(films: number) {
    this.#films = films;
  }

  /** @param film index in the catalogue */
  add(film: number): void {
    if (this.#counts === null) {
      this.#list.push(film);
      if (this.#list.length > this.#films) this.#condense();
    } else this.#counts[film] = (this.#counts[film] as number) + 1;
  }

  /** Films with how often they came; a film may come in several parts. */
  forEach(take: (film: number, times: number) => void): void {
    if (this.#counts === null) for (const film of this.#list) take(film, 1);
    else this.#counts.forEach((times, film) => times > 0 && take(film, times));
  }

  /** How many parts {@link forEach} gives. */
  get parts(): number {
    if (this.#counts === null) return this.#list.length;
    let parts = 0;
    for (const times of this.#counts) if (times > 0) parts += 1;
    return parts;
  }

  #condense(): void {
    const counts = new Uint32Array(this.#films);
    for (const film of this.#list) counts[film] = (counts[film] as number) + 1;
    this.#counts = counts;
    this.#list = [];
  }
}

/** Adds the genres of some films to counts by genre, each genre of a film. */
export function countGenres(films: readonly number[], known: FilmCatalogue, counts: number[]): void {
  for (let i = 0; i < films.length; i++) {
    const genres = known.genresOf(films[i] as number);
    for (let j = 0; j < genres.length; j++) {
      const genre = genres[j] as number;
      counts[genre] = (counts[genre] as number) + 1;
    }
  }
}
