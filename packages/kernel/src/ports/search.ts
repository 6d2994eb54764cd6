/** The search engine as the loop needs it. */
import type { FilmCatalogue } from '../world/film.ts';

export interface Search {
  /** Film ids, best first, ties by id; only films of the catalogue given to `index`. */
  find(query: string, count: number): readonly number[];
}

export interface SearchEngine {
  readonly name: string;
  index(catalogue: FilmCatalogue): Search;
}
