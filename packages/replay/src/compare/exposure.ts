/**
 * How often each film was shown to one agent. Few films each as a rule, so a list of showings; once that
 * list outgrows the catalogue, a count per film: memory stays below agents x films.
 */
export class Exposure {
  readonly #films: number;
  #showings: number[] = [];
  #counts: Uint32Array | null = null;

  /** @param films number of films in the catalogue */
  constructor(films: number) {
    this.#films = films;
  }

  /** @param film index in the catalogue */
  add(film: number): void {
    if (this.#counts === null) {
      this.#showings.push(film);
      if (this.#showings.length > this.#films) this.#condense();
    } else this.#counts[film] = (this.#counts[film] as number) + 1;
  }

  /** Films with the number of showings; a film may come in several parts. */
  forEach(take: (film: number, times: number) => void): void {
    if (this.#counts === null) for (const film of this.#showings) take(film, 1);
    else this.#counts.forEach((times, film) => times > 0 && take(film, times));
  }

  #condense(): void {
    const counts = new Uint32Array(this.#films);
    for (const film of this.#showings) counts[film] = (counts[film] as number) + 1;
    this.#counts = counts;
    this.#showings = [];
  }
}
