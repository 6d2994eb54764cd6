/**
 * Finds the concepts of the lexicon in text: the longest phrase at each place counts, and the concepts that its concept
 * lies within.
 */
import { concepts } from './concepts.data.ts';
import { stemOf, wordsOf } from './words.ts';

export const CONCEPT_COUNT = concepts.length;

/** What a concept says of those that it lies within. */
const WITHIN = 0.5;

/** Concepts by stemmed phrase. */
const byPhrase = new Map<string, number[]>();
/** The most words of a phrase that begins so. */
const longest = new Map<string, number>();
/** Words of the lexicon as they are written there, for whoever corrects spelling. */
export const lexiconWords: readonly string[] = fill();
const lexiconStems: ReadonlySet<string> = new Set(lexiconWords.map(stemOf));

/** Whether the word, alone or in a phrase, may mean something here. */
export function isLexiconStem(stem: string): boolean {
  return lexiconStems.has(stem);
}

/**
 * Adds what words mean to what is known already: a concept of strength a, met again with strength b, has a + b - ab.
 * @param strengths one for each concept, 0 to 1
 * @param stems in the order of the text, empty words included
 */
export function addConcepts(strengths: Float64Array, stems: readonly string[], strength: number): void {
  for (let at = 0; at < stems.length;) {
    const { found, length } = phraseAt(stems, at);
    for (const concept of found) {
      strengthen(strengths, concept, strength);
      for (const wider of broader[concept] as readonly number[]) strengthen(strengths, wider, strength * WITHIN);
    }
    at += length;
  }
}

/** The longest phrase that begins here; nothing of length 1 where none does. */
function phraseAt(
  stems: readonly string[],
  at: number,
): { readonly found: readonly number[]; readonly length: number } {
  for (let length = Math.min(longest.get(stems[at] as string) ?? 0, stems.length - at); length > 0; length--) {
    const found = byPhrase.get(length === 1 ? (stems[at] as string) : stems.slice(at, at + length).join(' '));
    if (found !== undefined) return { found, length };
  }
  return { found: [], length: 1 };
}

function strengthen(strengths: Float64Array, concept: number, strength: number): void {
  const before = strengths[concept] as number;
  strengths[concept] = before + strength - before * strength;
}

const indexByName = new Map(concepts.map(({ name }, index) => [name, index]));
const broader: readonly (readonly number[])[] = concepts.map(({ name, within }) =>
  within.map((wider) => {
    const index = indexByName.get(wider);
    if (index === undefined)
      throw new RangeError(`concept "${name}" lies within "${wider}", expected the name of a concept`);
    return index;
  }),
);

function fill(): readonly string[] {
  const words = new Set<string>();
  concepts.forEach(({ phrases }, concept) => {
    for (const phrase of phrases) {
      const said = wordsOf(phrase);
      for (const word of said) words.add(word);
      const stems = said.map(stemOf);
      const first = stems[0] as string;
      const key = stems.join(' ');
      const known = byPhrase.get(key);
      if (known === undefined) byPhrase.set(key, [concept]);
      else if (!known.includes(concept)) known.push(concept);
      longest.set(first, Math.max(longest.get(first) ?? 0, stems.length));
    }
  });
  return [...words].sort();
}
