/** Tastes from what people say they are interested in: "sci-fi movies" speaks of the genre Sci-Fi. */
import { type FilmCatalogue, type LuckOf } from '@rashomon/kernel';
import { GENRE_WORDS } from './persona-words.data.ts';
import { bounded } from './taste.ts';

/** Liking for a genre named, and for one that a word only hints at among others. */
const NAMED = 1.1;
const HINTED = 0.7;
/** What is not named is liked a little less than the average, give or take. */
const UNNAMED = -0.25;
const SPREAD = 0.2;

/** Words that say "film" and nothing else. */
const FILM_WORDS = /\b(movies?|films?|shows?|cinema)\b/g;

/** Genres (by index) that an interest speaks of, with how clearly; whole words only, whatever their case. */
export function genresOfInterest(interest: string, catalogue: FilmCatalogue): ReadonlyMap<number, number> {
  const index = new Map(catalogue.genres.map((genre, at) => [genre.toLowerCase(), at]));
  const phrase = interest.toLowerCase().replaceAll(FILM_WORDS, ' ').trim().replaceAll(/\s+/g, ' ');
  const found = new Map<number, number>();
  for (const word of phrase === '' ? [] : [phrase, ...phrase.split(/[\s,/]+/)]) {
    const own = index.get(word);
    const names =
      own === undefined ? (Object.hasOwn(GENRE_WORDS, word) ? (GENRE_WORDS[word] as readonly string[]) : []) : [word];
    const known = names.flatMap((name) => index.get(name) ?? []);
    for (const genre of known) found.set(genre, Math.max(found.get(genre) ?? 0, known.length === 1 ? NAMED : HINTED));
  }
  return found;
}

/** A liking per genre of the catalogue, in thousandths of a utility unit. */
export function tasteFromInterests(interests: readonly string[], catalogue: FilmCatalogue, luck: LuckOf): number[] {
  const liking = new Map<number, number>();
  for (const interest of interests) {
    for (const [genre, clarity] of genresOfInterest(interest, catalogue))
      liking.set(genre, Math.max(liking.get(genre) ?? 0, clarity));
  }
  const draws = luck.for('taste');
  return catalogue.genres.map((_, genre) => bounded((liking.get(genre) ?? UNNAMED) + SPREAD * draws.normal(genre)));
}
