/**
 * What people said they are interested in, as genres of the catalogue: all that is known of somebody who has watched
 * nothing yet.
 */
import type { Audience, FilmCatalogue } from '@rashomon/kernel';
import { stemOf, wordsOf } from '../search/words.ts';
import type { CompressedRows } from '../interactions/histories.ts';
import { IdIndex } from '../interactions/id-index.ts';

/** Rows are agents that named a genre, columns indices of genres in the catalogue's order. */
export interface DeclaredInterests extends CompressedRows {
  readonly agents: IdIndex;
}

/** Genres that people call by words other than the genre's own. */
const ALSO_CALLED: { readonly [genre: string]: readonly string[] } = {
  animation: ['animated', 'cartoon', 'family'],
  children: ['family', 'kids'],
  comedy: ['funny'],
  crime: ['gangster', 'detective'],
  drama: ['dramatic'],
  'film noir': ['noir'],
  horror: ['scary'],
  musical: ['music'],
  mystery: ['detective'],
  romance: ['romantic'],
  'sci fi': ['science fiction', 'scifi'],
  'science fiction': ['sci fi', 'scifi'],
  thriller: ['suspense'],
};

/** The genres that each agent's interests name, but for those in `known`: of them there is more to go by. */
export function declaredInterests(
  audience: Audience,
  catalogue: FilmCatalogue,
  known: (agent: number) => boolean,
): DeclaredInterests {
  const phrases = catalogue.genres.map(phrasesFor);
  const byInterest = new Map<string, readonly number[]>();
  const genresOf = (interest: string): readonly number[] => {
    let genres = byInterest.get(interest);
    if (genres === undefined) byInterest.set(interest, (genres = genresIn(interest, phrases)));
    return genres;
  };
  const rows: { readonly agent: number; readonly genres: readonly number[] }[] = [];
  for (const { id, persona } of audience.values()) {
    if (known(id)) continue;
    const genres = [...new Set(persona.interests.flatMap(genresOf))].sort((a, b) => a - b);
    if (genres.length > 0) rows.push({ agent: id, genres });
  }
  rows.sort((a, b) => a.agent - b.agent);
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach(({ genres }, row) => (offsets[row + 1] = (offsets[row] as number) + genres.length));
  return {
    agents: new IdIndex(Int32Array.from(rows, ({ agent }) => agent)),
    offsets,
    columns: Int32Array.from(rows.flatMap(({ genres }) => genres)),
  };
}

/** Indices of the genres that a phrase like "sci-fi movies" names, in whole words of any inflection. */
function genresIn(interest: string, phrases: readonly (readonly string[])[]): readonly number[] {
  const said = ` ${stemmed(interest)} `;
  return phrases.flatMap((names, genre) => (names.some((name) => said.includes(` ${name} `)) ? [genre] : []));
}

/** Stemmed, each. */
function phrasesFor(genre: string): readonly string[] {
  const name = wordsOf(genre).join(' ');
  return [name, ...(Object.hasOwn(ALSO_CALLED, name) ? (ALSO_CALLED[name] as readonly string[]) : [])]
    .map(stemmed)
    .filter((phrase) => phrase !== '');
}

function stemmed(text: string): string {
  return wordsOf(text).map(stemOf).join(' ');
}
