/**
 * Films as vectors of what is known of them: genres, people, years, words of title and description. A term weighs by
 * the field it stands in and by its rarity among the films (Spärck Jones, "A statistical interpretation of term
 * specificity", Journal of Documentation 1972); vectors have length 1, so that their products are cosines.
 */
import { type Film, type FilmCatalogue, ln } from '@rashomon/kernel';
import { isEmptyWord, stemOf, wordsOf } from '../search/words.ts';
import type { CompressedRows } from '../interactions/histories.ts';

/** What the fields count: genres are few and meant; a word of a title may be chance. */
const STRENGTH = { genre: 1, person: 1, years: 0.8, title: 0.2, description: 0.4 } as const;
const DECADE = 10;

/** Row i holds the terms of film i, ascending, with their weights. */
export interface ContentVectors extends CompressedRows {
  readonly weights: Float64Array;
  /** How many terms there are; the first are the genres, in the catalogue's order. */
  readonly terms: number;
}

const vectorsByCatalogue = new WeakMap<FilmCatalogue, ContentVectors>();

/** Films in order of id; made once for each catalogue. */
export function contentVectorsOf(catalogue: FilmCatalogue): ContentVectors {
  let vectors = vectorsByCatalogue.get(catalogue);
  if (vectors === undefined) vectorsByCatalogue.set(catalogue, (vectors = vectorsFor(catalogue)));
  return vectors;
}

/** The cosine of two films, from 0 to 1. */
export function contentCosine({ offsets, columns, weights }: ContentVectors, one: number, other: number): number {
  const [end, otherEnd] = [offsets[one + 1] as number, offsets[other + 1] as number];
  let sum = 0;
  for (let a = offsets[one] as number, b = offsets[other] as number; a < end && b < otherEnd;) {
    const difference = (columns[a] as number) - (columns[b] as number);
    if (difference === 0) sum += (weights[a] as number) * (weights[b] as number);
    if (difference <= 0) a += 1;
    if (difference >= 0) b += 1;
  }
  return sum;
}

function vectorsFor({ films, genres }: FilmCatalogue): ContentVectors {
  const strengths = films.map(strengthsOf);
  const filmsWith = new Map<string, number>(genres.map((genre) => [genreTerm(genre), 0]));
  for (const own of strengths) for (const term of own.keys()) filmsWith.set(term, (filmsWith.get(term) ?? 0) + 1);
  const columnOf = new Map<string, number>();
  for (const [term, count] of filmsWith) {
    // What one film alone has makes it like no other. Genres are kept: people name them.
    if (count > 1 || columnOf.size < genres.length) columnOf.set(term, columnOf.size);
  }
  const rows = strengths.map((own) =>
    rowOf(own, (term) => ({
      column: columnOf.get(term),
      rarity: ln((1 + films.length) / (1 + (filmsWith.get(term) ?? 0))) + 1,
    })),
  );
  const offsets = new Int32Array(films.length + 1);
  rows.forEach((row, film) => (offsets[film + 1] = (offsets[film] as number) + row.length));
  return {
    offsets,
    columns: Int32Array.from(rows.flat(), ({ column }) => column),
    weights: Float64Array.from(rows.flat(), ({ weight }) => weight),
    terms: columnOf.size,
  };
}

interface Weighed {
  readonly column: number;
  readonly weight: number;
}

/** By column, of length 1; empty for a film that shares nothing with another. */
function rowOf(
  strengths: ReadonlyMap<string, number>,
  about: (term: string) => { readonly column: number | undefined; readonly rarity: number },
): readonly Weighed[] {
  const row: Weighed[] = [];
  for (const [term, strength] of strengths) {
    const { column, rarity } = about(term);
    if (column !== undefined) row.push({ column, weight: strength * rarity });
  }
  row.sort((a, b) => a.column - b.column);
  const length = Math.sqrt(row.reduce((sum, { weight }) => sum + weight * weight, 0));
  return row.map(({ column, weight }) => ({ column, weight: weight / length }));
}

const genreTerm = (genre: string): string => `genre ${genre}`;

/** Each term with the strength of the best place it stands in. */
function strengthsOf({ title, year, genres, people, description }: Film): ReadonlyMap<string, number> {
  const strengths = new Map<string, number>();
  const add = (term: string, strength: number): void => {
    if ((strengths.get(term) ?? 0) < strength) strengths.set(term, strength);
  };
  for (const genre of genres) add(genreTerm(genre), STRENGTH.genre);
  for (const person of people) add(`person ${wordsOf(person).join(' ')}`, STRENGTH.person);
  // Two rows of decades, half a decade apart: films of neighbouring years share one of them at least.
  if (year > 0)
    for (const shift of [0, DECADE / 2]) add(`years ${shift} ${Math.floor((year + shift) / DECADE)}`, STRENGTH.years);
  for (const word of wordsOf(title)) if (!isEmptyWord(word)) add(`word ${stemOf(word)}`, STRENGTH.title);
  for (const word of wordsOf(description)) if (!isEmptyWord(word)) add(`word ${stemOf(word)}`, STRENGTH.description);
  return strengths;
}
