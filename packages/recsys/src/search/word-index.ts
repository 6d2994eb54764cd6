/** Which films have the words of a query, and where: titles and people count in full, genres and descriptions less. */
import type { FilmTerms } from './film-terms.ts';

export class WordIndex {
  readonly #films: number;
  readonly #rarity: Float64Array;
  /** Word w stands in films[offsets[w]] … films[offsets[w + 1] - 1], with these strengths. */
  readonly #offsets: Int32Array;
  readonly #places: Int32Array;
  readonly #strengths: Float64Array;

  constructor({ words, wordRarity }: FilmTerms) {
    this.#films = words.rows;
    this.#rarity = wordRarity;
    this.#offsets = new Int32Array(words.columns + 1);
    for (const term of words.terms) this.#offsets[term + 1] = (this.#offsets[term + 1] as number) + 1;
    for (let term = 0; term < words.columns; term++)
      this.#offsets[term + 1] = (this.#offsets[term + 1] as number) + (this.#offsets[term] as number);
    this.#places = new Int32Array(words.terms.length);
    this.#strengths = new Float64Array(words.terms.length);
    const next = this.#offsets.slice();
    for (let film = 0; film < words.rows; film++) {
      for (let at = words.offsets[film] as number; at < (words.offsets[film + 1] as number); at++) {
        const term = words.terms[at] as number;
        const to = next[term] as number;
        next[term] = to + 1;
        this.#places[to] = film;
        this.#strengths[to] = words.weights[at] as number;
      }
    }
  }

  /**
   * For each film, by place, the share of the query that it has: 1 when all its words stand in title or names, each
   * word counting by its rarity, 0 when none does.
   * @param asked strengths by word
   */
  shares(asked: ReadonlyMap<number, number>): Float64Array {
    const shares = new Float64Array(this.#films);
    let whole = 0;
    for (const [term, strength] of asked) {
      const weight = this.#rarity[term] as number;
      whole += weight;
      for (let at = this.#offsets[term] as number; at < (this.#offsets[term + 1] as number); at++) {
        const film = this.#places[at] as number;
        shares[film] = (shares[film] as number) + weight * strength * (this.#strengths[at] as number);
      }
    }
    if (whole > 0) for (let film = 0; film < shares.length; film++) shares[film] = (shares[film] as number) / whole;
    return shares;
  }
}
