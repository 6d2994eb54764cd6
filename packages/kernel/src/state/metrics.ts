/** The projection of what happened in each round, in numbers. */
import type { Draft } from 'immer';
import { ln } from '../numbers/exact.ts';
import { entropy, gini } from '../numbers/draws.ts';
import type { FilmCatalogue } from '../world/film.ts';
import type { Projection } from './projection.ts';

/** Sums over one round; means and shares are made from them by {@link summarize}. */
export interface RoundMetrics {
  readonly round: number;
  readonly active: number;
  readonly visits: number;
  readonly pages: number;
  readonly impressions: number;
  readonly watches: number;
  readonly searches: number;
  readonly ratings: number;
  readonly ratingSum: number;
  /** Visits left because of fatigue or dissatisfaction. */
  readonly earlyExits: number;
  readonly exits: number;
  /** Satisfaction at the end of visits. */
  readonly satisfactionSum: number;
  readonly messages: number;
  /** Sum over slates of the Shannon entropy of their films' genres, nats. */
  readonly slateEntropySum: number;
  readonly slates: number;
  /** Sum over films shown of -log2 of their share of all watches so far (add-one smoothed), bits. */
  readonly noveltySum: number;
}

export interface Metrics {
  readonly rounds: readonly RoundMetrics[];
  /** Per film id, over the whole run. */
  readonly impressionsOf: readonly number[];
  readonly watchesOf: readonly number[];
  readonly watchesTotal: number;
}

function emptyRound(round: number): Draft<RoundMetrics> {
  return {
    round,
    active: 0,
    visits: 0,
    pages: 0,
    impressions: 0,
    watches: 0,
    searches: 0,
    ratings: 0,
    ratingSum: 0,
    earlyExits: 0,
    exits: 0,
    satisfactionSum: 0,
    messages: 0,
    slateEntropySum: 0,
    slates: 0,
    noveltySum: 0,
  };
}

function count(counts: number[], index: number): void {
  while (counts.length <= index) counts.push(0);
  counts[index] = (counts[index] as number) + 1;
}

/** @param catalogue for the films' genres; films it lacks count in no genre */
export function metricsProjection(catalogue: FilmCatalogue): Projection<Metrics> {
  const current = (metrics: Draft<Metrics>): Draft<RoundMetrics> =>
    metrics.rounds[metrics.rounds.length - 1] as Draft<RoundMetrics>;
  const genreCounts: number[] = catalogue.genres.map(() => 0);

  function slateEntropy(films: readonly number[]): number {
    genreCounts.fill(0);
    for (const film of films)
      for (const genre of catalogue.genresOf(film)) genreCounts[genre] = (genreCounts[genre] as number) + 1;
    return entropy(genreCounts);
  }

  return {
    name: 'metrics',
    version: 1,
    initial: () => ({ rounds: [], impressionsOf: [], watchesOf: [], watchesTotal: 0 }),
    handlers: {
      RoundOpened(metrics, event) {
        metrics.rounds.push(emptyRound(event.round));
      },
      RoundClosed(metrics, event) {
        if (event.round > 0) current(metrics).active = event.data.active;
      },
      PlaceChosen(metrics, event) {
        if (event.data.place === 'recommender') current(metrics).visits += 1;
      },
      SlateServed(metrics, event) {
        const row = current(metrics);
        const { films } = event.data;
        row.pages += 1;
        row.slates += 1;
        row.impressions += films.length;
        row.slateEntropySum += slateEntropy(films);
        const smoothed = metrics.watchesTotal + catalogue.size;
        for (const film of films) {
          row.noveltySum -= ln(((metrics.watchesOf[film] ?? 0) + 1) / smoothed) / Math.LN2;
          count(metrics.impressionsOf, film);
        }
      },
      SearchAnswered(metrics) {
        current(metrics).pages += 1;
      },
      SearchMade(metrics) {
        current(metrics).searches += 1;
      },
      FilmWatched(metrics, event) {
        current(metrics).watches += 1;
        metrics.watchesTotal += 1;
        count(metrics.watchesOf, event.data.film);
      },
      FilmRated(metrics, event) {
        const row = current(metrics);
        row.ratings += 1;
        row.ratingSum += event.data.rating;
      },
      VisitLeft(metrics, event) {
        const row = current(metrics);
        row.exits += 1;
        row.satisfactionSum += event.data.satisfaction;
        if (event.data.reason === 'tired' || event.data.reason === 'dissatisfied') row.earlyExits += 1;
      },
      MessageSent(metrics) {
        current(metrics).messages += 1;
      },
    },
  };
}

/** The figures people ask for, over all rounds; shares and means are 0 where nothing was counted. */
export function summarize(metrics: Metrics, catalogue: FilmCatalogue): { readonly [name: string]: number } {
  const sum = (name: keyof RoundMetrics): number => metrics.rounds.reduce((total, row) => total + row[name], 0);
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const impressions = sum('impressions');
  const exposure = catalogue.films.map((film) => metrics.impressionsOf[film.id] ?? 0);
  return {
    agentRounds: sum('active'),
    visits: sum('visits'),
    watches: sum('watches'),
    impressions,
    clickThrough: ratio(sum('watches'), impressions),
    meanRating: ratio(sum('ratingSum'), sum('ratings')),
    satisfaction: ratio(sum('satisfactionSum'), sum('exits')),
    genreEntropyShown: ratio(sum('slateEntropySum'), sum('slates')),
    coverage: ratio(exposure.filter((shown) => shown > 0).length, catalogue.size),
    exposureGini: gini(exposure),
    novelty: ratio(sum('noveltySum'), impressions),
    earlyExits: sum('earlyExits'),
    searches: sum('searches'),
    messages: sum('messages'),
  };
}
