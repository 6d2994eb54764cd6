/** First-person sentences on a film just watched, made once per catalogue and chosen by luck. */
import type { FilmCatalogue, LuckOf } from '@rashomon/kernel';
import { FEELINGS } from './feelings.data.ts';
import { filmTable } from './film-traits.ts';

/** All sentences of a catalogue: by stars, then genre (the last for none), then template. */
type Sentences = readonly (readonly (readonly string[])[])[];

const sentences = new WeakMap<FilmCatalogue, Sentences>();

function sentencesOf(catalogue: FilmCatalogue): Sentences {
  let known = sentences.get(catalogue);
  if (known === undefined) {
    const names = [...catalogue.genres.map(genreWord), 'film'];
    known = FEELINGS.map((templates) =>
      names.map((name) =>
        templates.map((template) =>
          template.replace('{a genre}', `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`).replace('{genre}', name),
        ),
      ),
    );
    sentences.set(catalogue, known);
  }
  return known;
}

export interface Experience {
  readonly film: number;
  readonly rating: 1 | 2 | 3 | 4 | 5;
  readonly taste: readonly number[];
  readonly luck: LuckOf;
}

/** Speaks of the genre that says most: the most liked one of a film enjoyed, the least liked one of another. */
export function feelingOf(catalogue: FilmCatalogue, { film, luck, rating, taste }: Experience): string {
  const { genres } = filmTable(catalogue).of(film);
  const sign = rating >= 3 ? 1 : -1;
  let genre = catalogue.genres.length;
  let most = -Infinity;
  for (let i = 0; i < genres.length; i++) {
    const index = genres[i] as number;
    const liking = sign * (taste[index] ?? 0);
    if (liking > most) {
      most = liking;
      genre = index;
    }
  }
  const choices = sentencesOf(catalogue)[rating - 1]?.[genre] ?? [];
  return choices[luck.for('feeling').below(choices.length, film)] ?? '';
}

/** A genre as one says it before "film": "sci-fi film", "children's film", "musical". */
function genreWord(genre: string): string {
  const word = genre.toLowerCase();
  return [
    'comedy',
    'drama',
    'thriller',
    'musical',
    'western',
    'documentary',
    'romance',
    'mystery',
    'fantasy',
    'film-noir',
  ].includes(word)
    ? word
    : `${word} film`;
}
