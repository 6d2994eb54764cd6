/**
 * Films and queries as unit vectors in one space, near where they mean the like: no model, no download, the same bits
 * everywhere.
 *
 * A vector has two parts. One has an axis for each concept of the lexicon, so that "mobsters" and "the Mafia" agree
 * in full, and rare concepts are not blurred by frequent ones. The other has the leading directions of the catalogue's
 * own words and concepts (latent-space.ts), where words are near that stand in films alike. Entries are TF-IDF weights
 * (Salton & Buckley, *Term-weighting approaches in automatic text retrieval*, IP&M 1988): strength times rarity.
 */
import type { Film } from '@rashomon/kernel';
import { scoreRows } from '../numerics/row-scorer.ts';
import { CONCEPT_COUNT } from './concept-reader.ts';
import type { FilmTerms, SparseRows } from './film-terms.ts';
import { leadingDirections, times } from './latent-space.ts';

const LATENT = 64;
/** A multiple of 4 for the kernels. */
const DIMENSIONS = Math.ceil((CONCEPT_COUNT + LATENT) / 4) * 4;
/** Lengths of the two parts of a vector; together they make 1. */
const CONCEPT_SHARE = 0.6;
const CONCEPT_LENGTH = Math.sqrt(CONCEPT_SHARE);
const LATENT_LENGTH = Math.sqrt(1 - CONCEPT_SHARE);
/**
 * How far a film's length counts (pivoted length normalization, Singhal, Buckley & Mitra, SIGIR 1996): at 1 a film that
 * is about many things would be far from each of them, at 0 it would be near everything.
 */
const SLOPE = 0.4;
/** A word says something of others only if it stands in so many films. */
const FILMS_MIN = 2;

/** What a text says: columns of words, and strengths of concepts. */
export interface Meaning {
  readonly words: ReadonlyMap<number, number>;
  /** CONCEPT_COUNT strengths. */
  readonly concepts: Float64Array;
}

export class TextEmbedding {
  readonly #terms: FilmTerms;
  /** The column of a word in the matrix that the directions are taken of; -1 for words that stand alone. */
  readonly #latentColumn: Int32Array;
  /** Latent columns x LATENT. */
  readonly #directions: Float64Array;
  /** Films x DIMENSIONS. */
  readonly #vectors: Float32Array;

  /** @param films those of the terms, by id */
  constructor(films: readonly Film[], terms: FilmTerms) {
    this.#terms = terms;
    this.#latentColumn = sharedColumns(terms.filmsWith);
    const matrix = this.#weighted();
    this.#directions = leadingDirections(
      matrix,
      LATENT,
      Int32Array.from(films, ({ id }) => id),
    );
    this.#vectors = filmVectors(terms, times(matrix, this.#directions, LATENT));
  }

  /** @returns a unit vector, or zeros where nothing is understood */
  vectorOf({ words, concepts }: Meaning): Float32Array {
    const latent = new Float64Array(LATENT);
    const add = (column: number, weight: number): void => {
      for (let d = 0; d < LATENT; d++)
        latent[d] = (latent[d] as number) + weight * (this.#directions[column * LATENT + d] as number);
    };
    for (const [word, strength] of words) {
      const column = this.#latentColumn[word] as number;
      if (column >= 0) add(column, strength * (this.#terms.wordRarity[word] as number));
    }
    concepts.forEach((strength, concept) => {
      if (strength > 0) add(this.#conceptColumn(concept), strength * (this.#terms.conceptRarity[concept] as number));
    });
    const meant = weightedConcepts(concepts, this.#terms.conceptRarity);
    return Float32Array.from(scaledTo(1, joined(scaledTo(CONCEPT_LENGTH, meant), scaledTo(LATENT_LENGTH, latent))));
  }

  /** @param film its place in the catalogue */
  vectorOfFilm(film: number): Float32Array {
    const vector = Float64Array.from(this.#vectors.subarray(film * DIMENSIONS, (film + 1) * DIMENSIONS));
    return Float32Array.from(scaledTo(1, vector));
  }

  /** The cosine of each film with a vector, by place; a view that the next call may overwrite. */
  cosines(vector: Float32Array): Float32Array {
    return scoreRows(this.#vectors, vector);
  }

  #conceptColumn(concept: number): number {
    return this.#directions.length / LATENT - CONCEPT_COUNT + concept;
  }

  /** Films x shared words and concepts: strength times rarity, rows of length 1. */
  #weighted(): SparseRows {
    const { words, concepts, wordRarity, conceptRarity } = this.#terms;
    const shared = this.#latentColumn.reduce((count, column) => count + (column < 0 ? 0 : 1), 0);
    const offsets = new Int32Array(words.rows + 1);
    const terms: number[] = [];
    const weights: number[] = [];
    for (let row = 0; row < words.rows; row++) {
      for (let at = words.offsets[row] as number; at < (words.offsets[row + 1] as number); at++) {
        const column = this.#latentColumn[words.terms[at] as number] as number;
        if (column < 0) continue;
        terms.push(column);
        weights.push((words.weights[at] as number) * (wordRarity[words.terms[at] as number] as number));
      }
      for (let concept = 0; concept < CONCEPT_COUNT; concept++) {
        const strength = concepts[row * CONCEPT_COUNT + concept] as number;
        if (strength === 0) continue;
        terms.push(shared + concept);
        weights.push(strength * (conceptRarity[concept] as number));
      }
      offsets[row + 1] = terms.length;
    }
    const matrix = {
      rows: words.rows,
      columns: shared + CONCEPT_COUNT,
      offsets,
      terms: Int32Array.from(terms),
      weights: Float64Array.from(weights),
    };
    normalizeRows(matrix);
    return matrix;
  }
}

/** Numbers the words of at least FILMS_MIN films. */
function sharedColumns(filmsWith: Float64Array): Int32Array {
  let shared = 0;
  return Int32Array.from(filmsWith, (films) => (films < FILMS_MIN ? -1 : shared++));
}

function normalizeRows({ rows, offsets, weights }: SparseRows): void {
  for (let row = 0; row < rows; row++) {
    const [from, to] = [offsets[row] as number, offsets[row + 1] as number];
    weights.set(scaledTo(1, weights.subarray(from, to)), from);
  }
}

/** Films x DIMENSIONS; the concepts' part of a film is the longer, the more the film is about, but only so far. */
function filmVectors({ concepts, conceptRarity }: FilmTerms, latent: Float64Array): Float32Array {
  const films = latent.length / LATENT;
  const meant = Array.from({ length: films }, (_, film) =>
    weightedConcepts(concepts.subarray(film * CONCEPT_COUNT, (film + 1) * CONCEPT_COUNT), conceptRarity),
  );
  const mean = meant.reduce((sum, vector) => sum + lengthOf(vector), 0) / Math.max(films, 1);
  const vectors = new Float32Array(films * DIMENSIONS);
  meant.forEach((vector, film) => {
    const length = lengthOf(vector);
    const pivoted = (1 - SLOPE) * mean + SLOPE * length;
    const conceptPart = scaledTo(pivoted === 0 ? 0 : (CONCEPT_LENGTH * length) / pivoted, vector);
    vectors.set(
      joined(conceptPart, scaledTo(LATENT_LENGTH, latent.subarray(film * LATENT, (film + 1) * LATENT))),
      film * DIMENSIONS,
    );
  });
  return vectors;
}

function weightedConcepts(strengths: Float64Array, rarity: Float64Array): Float64Array {
  return strengths.map((strength, concept) => strength * (rarity[concept] as number));
}

function joined(concepts: Float64Array, latent: Float64Array): Float64Array {
  const vector = new Float64Array(DIMENSIONS);
  vector.set(concepts);
  vector.set(latent, CONCEPT_COUNT);
  return vector;
}

/** Zeros stay zeros. */
function scaledTo(length: number, vector: Float64Array): Float64Array {
  const now = lengthOf(vector);
  return vector.map((value) => (now === 0 ? 0 : (value * length) / now));
}

function lengthOf(vector: Float64Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square);
}
