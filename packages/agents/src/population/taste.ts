/**
 * Tastes of generated agents: a liking per genre of the catalogue in utility (logit) units.
 *
 * Most genres are met with mild feelings, a few are loved and some disliked. Likings of genres that share
 * many films go together, so that a recommender that learns from behaviour has something to find.
 */
import { type FilmCatalogue, type LuckOf, milli } from '@rashomon/kernel';

/** The bounds of a generated liking. */
const TASTE_DRAWN_MAX = 1.5;

const MILD = 0.35;
const LOVED = 1.1;
const DISLIKED = -0.9;
/** How much of a genre's liking its neighbours' likings make up. */
const KINSHIP = 0.35;

export type TasteDraw = (luck: LuckOf) => number[];

/** Prepares the drawing of tastes over a catalogue's genres; O(films) once, O(genres^2) a draw. */
export function tasteDraw(catalogue: FilmCatalogue): TasteDraw {
  const size = catalogue.genres.length;
  const kinship = genreKinship(catalogue);
  const raw = new Float64Array(size);
  return (luck) => {
    const [likings, strong] = [luck.for('taste'), luck.for('strong likings')];
    for (let genre = 0; genre < size; genre++) raw[genre] = MILD * likings.normal(genre);
    // Two to four genres are loved and one or two disliked, as far as there are that many.
    const loved = Math.min(2 + strong.below(3, 0), Math.ceil(size / 2));
    const disliked = Math.min(1 + strong.below(2, 1), Math.floor(size / 3));
    // Loved ones are drawn last, so that a genre drawn as both is loved.
    for (let pick = disliked + loved - 1; pick >= 0; pick--) {
      const genre = luck.for('strong genre').below(size, pick);
      const spread = 0.7 + 0.6 * luck.for('strength').uniform(pick);
      raw[genre] = (pick < loved ? LOVED : DISLIKED) * spread;
    }
    const taste: number[] = [];
    for (let genre = 0; genre < size; genre++) {
      let shared = 0;
      for (let other = 0; other < size; other++)
        shared += (kinship[genre * size + other] as number) * (raw[other] as number);
      taste.push(bounded((1 - KINSHIP) * (raw[genre] as number) + KINSHIP * shared));
    }
    return taste;
  };
}

/** Clips to the range of drawn tastes, in thousandths. */
export function bounded(value: number): number {
  return milli(Math.max(-TASTE_DRAWN_MAX, Math.min(TASTE_DRAWN_MAX, value)));
}

/**
 * Rows of weights over the genres: 1 on the diagonal plus the share of the row genre's films that
 * also have the column genre.
 */
function genreKinship(catalogue: FilmCatalogue): Float64Array {
  const size = catalogue.genres.length;
  const together = new Float64Array(size * size);
  for (const film of catalogue.films) {
    const genres = catalogue.genresOf(film.id);
    for (const a of genres) for (const b of genres) together[a * size + b] = (together[a * size + b] as number) + 1;
  }
  for (let row = 0; row < size; row++) {
    const films = Math.max(1, together[row * size + row] as number);
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      together[at] = row === column ? 1 : (together[at] as number) / films;
    }
  }
  return together;
}
