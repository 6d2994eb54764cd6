/**
 * Words of titles, descriptions and queries, and the stems under which singular and plural meet.
 *
 * A stem need not be a word, it only has to come out equal: wolf and wolves, story and stories. Concepts are read by
 * stems, films are found by words as they are written: "kids" are no reason to show The Karate Kid first. Other endings
 * (-ing, -ed, final e) stay everywhere; taking them off found fewer of the expected films, as "scared" met "scar" and
 * "moving" met "move".
 */
import { foldTitle } from './whole-titles.ts';

/** Letters that no accent is taken from. */
const PLAIN: { readonly [letter: string]: string } = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd' };

/** Words that say nothing about a film, or only that it is one. */
const EMPTY = new Set(
  (
    'a about again all also am an and any anything are as at be been being but by can could do does even ' +
    'ever film films find for from get gets give good great had has have he her hers him his how i if in ' +
    'into is it its just kind like liked looking made make makes making me might more most movie movies my ' +
    'nice of off on one ones or other our out over please she should show similar so some somebody someone ' +
    'something sort story such tell tells than that the their them then there these they this those to too ' +
    'under up us very want wants was watch watching we were what when where which while who whom whose will ' +
    'with without would you your best directed director starring'
  ).split(' '),
);

/** Lower case, without accents and apostrophes; "cuckoo's" is the cuckoo. */
export function wordsOf(text: string): readonly string[] {
  const folded = foldTitle(text)
    .replace(/['’]s\b/g, '')
    .replace(/['’]/g, '');
  const plain = folded.replace(/[łøıßæœđ]/g, (letter) => PLAIN[letter] as string);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function isEmptyWord(word: string): boolean {
  return EMPTY.has(word);
}

/** The singular of a regular plural. */
export function stemOf(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ves')) return `${word.slice(0, -3)}f`;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}
