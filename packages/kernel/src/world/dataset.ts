/** What an importer reads from a folder of real data, ready to make a catalogue and a population from. */
import type { FilmCatalogue } from './film.ts';

/** A person in the data; null or empty where the source does not say. */
export interface DatasetUser {
  readonly id: number;
  readonly name: string | null;
  readonly gender: string | null;
  readonly age: number | null;
  readonly traits: readonly string[];
  readonly status: string | null;
  readonly interests: readonly string[];
  /**
   * RecAgent's words (Watcher, Explorer, Critic, Chatter, Poster), lower case; null where the source has no such
   * column.
   */
  readonly features: readonly string[] | null;
}

/** Ratings in the order of the source, one entry each at the same index of every column. */
export interface RatingColumns {
  readonly users: Int32Array;
  readonly films: Int32Array;
  /** 0.5 to 5; 1 throughout where the source has only "watched". */
  readonly ratings: Float32Array;
  /** Seconds since 1970; 0 where unknown. */
  readonly times: Float64Array;
}

/** A directed acquaintance. */
export interface Tie {
  readonly from: number;
  readonly to: number;
  readonly relation: string;
  /** 0 to 1. */
  readonly closeness: number;
}

export interface Dataset {
  readonly name: string;
  readonly catalogue: FilmCatalogue;
  readonly users: readonly DatasetUser[];
  readonly ratings: RatingColumns;
  readonly ties: readonly Tie[];
}
