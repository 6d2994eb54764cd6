/** The sums that metrics are made of. Two metrics that mean the same sum name the same object. */
import type { FilmCatalogue } from '../world/film.ts';
import { entropyOfCounts, lnOfCount } from './count-logarithms.ts';
import { countGenres } from './film-counts.ts';
import type { FilmLists, Sum } from './metric.ts';
import type { Past } from './past.ts';

const one = (): number => 1;

/** A turn begins with the choice of a place, or with leaving for good. */
export const turns: Sum = { PlaceChosen: one, AgentLeft: one };
export const visits: Sum = { PlaceChosen: ({ data }) => (data.place === 'recommender' ? 1 : 0) };
export const watches: Sum = { FilmWatched: one };
export const slates: Sum = { SlateServed: one };
export const impressions: Sum = { SlateServed: ({ data }) => data.films.length };
export const searches: Sum = { SearchMade: one };
export const ratings: Sum = { FilmRated: one };
export const stars: Sum = { FilmRated: ({ data }) => data.rating };
export const exits: Sum = { VisitLeft: one };
export const earlyExits: Sum = {
  VisitLeft: ({ data }) => (data.reason === 'tired' || data.reason === 'dissatisfied' ? 1 : 0),
};
export const satisfactionAtExit: Sum = { VisitLeft: ({ data }) => data.satisfaction };
export const messages: Sum = { MessageSent: one };
export const slateEntropy: Sum = { SlateServed: ({ data }, _past, films) => genreEntropy(data.films, films) };
export const rarity: Sum = { SlateServed: ({ data }, past) => rarityOf(data.films, past) };

export const shown: FilmLists = { SlateServed: ({ data }) => data.films };
export const watched: FilmLists = { FilmWatched: ({ data }) => [data.film] };

const genreCounts: number[] = [];

/** Shannon entropy of the genres of some films, nats. */
function genreEntropy(shownFilms: readonly number[], films: FilmCatalogue): number {
  genreCounts.length = films.genres.length;
  genreCounts.fill(0);
  countGenres(shownFilms, films, genreCounts);
  return entropyOfCounts(genreCounts);
}

/** Sum of -log2 of the films' shares of all watches so far (add-one smoothed), bits. */
function rarityOf(shownFilms: readonly number[], { watchesOf, watchesTotal, films }: Past): number {
  const smoothed = lnOfCount(watchesTotal + films);
  let sum = 0;
  for (const film of shownFilms) sum += smoothed - lnOfCount((watchesOf[film] ?? 0) + 1);
  return sum / Math.LN2;
}
