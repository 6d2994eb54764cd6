/** Puts films, users, ratings and ties together and checks what only shows between files. */
import {
  type Dataset,
  type DatasetUser,
  type Film,
  FilmCatalogue,
  type RatingColumns,
  type Tie,
} from '@rashomon/kernel';
import { filmQuality } from './film-quality.ts';
import type { FaultLog } from './invalid-data.ts';

/** A person of whom nothing is known but the id. */
export function unknownUser(id: number): DatasetUser {
  return { id, name: null, gender: null, age: null, traits: [], status: null, interests: [], features: null };
}

/** A film of which only the id is known. */
export function unknownFilm(id: number): Film {
  return { id, title: `film ${id}`, year: 0, genres: [], people: [], description: '', quality: 0 };
}

/** Films and users by id as they are read, so that a second one with the same id is a fault. */
export class Entries<T extends { readonly id: number }> {
  readonly byId = new Map<number, T>();
  readonly #file: string;
  readonly #log: FaultLog;

  constructor(file: string, log: FaultLog) {
    this.#file = file;
    this.#log = log;
  }

  add(line: number, entry: T): void {
    if (this.byId.has(entry.id))
      this.#log.add({ file: this.#file, line, value: String(entry.id), expected: 'an id of its own' });
    else this.byId.set(entry.id, entry);
  }

  inOrder(): T[] {
    return [...this.byId.values()].sort((a, b) => a.id - b.id);
  }
}

/** Ratings as they are read; user and film must be known where their files were given. */
export class RatingsBuilder {
  readonly #users: number[] = [];
  readonly #films: number[] = [];
  readonly #ratings: number[] = [];
  readonly #times: number[] = [];

  add(user: number, film: number, rating: number, time: number): void {
    this.#users.push(user);
    this.#films.push(film);
    this.#ratings.push(rating);
    this.#times.push(time);
  }

  columns(): RatingColumns {
    return {
      users: Int32Array.from(this.#users),
      films: Int32Array.from(this.#films),
      ratings: Float32Array.from(this.#ratings),
      times: Float64Array.from(this.#times),
    };
  }
}

export interface DatasetParts {
  readonly name: string;
  readonly films: Entries<Film>;
  /** Null where the source has no file of users: then they are those who rated. */
  readonly users: Entries<DatasetUser> | null;
  readonly ratings: RatingColumns;
  readonly ties: readonly Tie[];
  /** Whether the ratings are grades, from which quality can be estimated. */
  readonly graded: boolean;
}

/** The dataset of faultless parts. Films carry the quality that their ratings speak for. */
export function assembleDataset({ name, films, users, ratings, ties, graded }: DatasetParts): Dataset {
  const quality = graded ? filmQuality(ratings) : new Map<number, number>();
  const rated = [...new Set(ratings.users)].sort((a, b) => a - b);
  return {
    name,
    catalogue: new FilmCatalogue(films.inOrder().map((film) => ({ ...film, quality: quality.get(film.id) ?? 0 }))),
    users: users?.inOrder() ?? rated.map(unknownUser),
    ratings,
    ties,
  };
}
