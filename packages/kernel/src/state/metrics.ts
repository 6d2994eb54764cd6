/** The projection of what happened in each round, in the sums that every metric is made from, and figures of them. */
import type { Draft } from 'immer';
import { crc32 } from '../encoding/crc32.ts';
import type { EventType, LogEvent } from '../events/catalogue.ts';
import type { Metric } from '../measures/metric.ts';
import { type Booking, MEASURES, type Measures } from '../measures/measures.ts';
import { countAt, emptyPast, type Past, remember } from '../measures/past.ts';
import type { FilmCatalogue } from '../world/film.ts';
import type { Handlers, Projection } from './projection.ts';

/** What one round came to. */
interface RoundMetrics {
  readonly round: number;
  /** In the order of the measures' sums. */
  readonly sums: readonly number[];
}

export interface Metrics {
  readonly rounds: readonly RoundMetrics[];
  /** Per list of films of the measures and film id, over the whole run. */
  readonly byFilm: readonly (readonly number[])[];
  readonly past: Past;
}

/** Figures by the names of their metrics. */
export interface Figures {
  readonly [name: string]: number;
}

/** Raised when the state changes its shape; what is counted makes another version by itself. */
const SHAPE = 2;

/**
 * @param catalogue for the films' genres, and as the films known at the start; films it lacks count in no genre
 * @param measures what is counted: figures are to be asked for by the same
 */
export function metricsProjection(catalogue: FilmCatalogue, measures: Measures = MEASURES): Projection<Metrics> {
  const handlers: { [type: string]: (metrics: Draft<Metrics>, event: LogEvent) => void } = {
    RoundOpened: ({ rounds }, { round }) => void rounds.push({ round, sums: measures.sums.map(() => 0) }),
    InterventionApplied: ({ past }, event) => remember(past, event),
    FilmWatched: ({ past }, event) => remember(past, event),
  };
  for (const [type, booking] of measures.bookings) {
    const book = bookkeeper(booking, catalogue);
    // An event is booked as of the past before it.
    const then = handlers[type];
    handlers[type] = then === undefined ? book : (metrics, event) => (book(metrics, event), then(metrics, event));
  }
  return {
    name: 'metrics',
    version: versionOf(measures),
    initial: () => ({ rounds: [], byFilm: measures.byFilm.map(() => []), past: emptyPast(catalogue.size) }),
    // Sound: each handler is called with events of the type it stands under.
    handlers: handlers as { readonly [T in EventType]?: unknown } as Handlers<Metrics>,
  };
}

function bookkeeper(
  { sums: places, adds, byFilm }: Booking,
  catalogue: FilmCatalogue,
): (metrics: Draft<Metrics>, event: LogEvent) => void {
  return (metrics, event) => {
    if (event.agent === null) return;
    const { sums } = metrics.rounds[metrics.rounds.length - 1] as Draft<RoundMetrics>;
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      sums[place] = (sums[place] as number) + (adds[i] as (typeof adds)[number])(event, metrics.past, catalogue);
    }
    for (const { list, films } of byFilm)
      for (const film of films(event)) countAt(metrics.byFilm[list] as number[], film);
  };
}

/** A number for what is counted, so that snapshots of other sums are not taken for these. */
function versionOf({ metrics, sums, byFilm }: Measures): number {
  const places = [...metrics].map(([name, metric]) => {
    switch (metric.kind) {
      case 'count':
        return [name, sums.indexOf(metric.of)];
      case 'ratio':
        return [name, sums.indexOf(metric.above), sums.indexOf(metric.below)];
      case 'films':
        return [name, byFilm.indexOf(metric.films)];
      case 'genres of agents':
        return [name];
    }
  });
  const counted = sums.map((sum) => Object.keys(sum));
  return crc32(new TextEncoder().encode(JSON.stringify([SHAPE, places, counted])));
}

/**
 * The figures of a run, over all rounds and agents. Ratios are 0 where nothing was counted; metrics that are kept
 * agent by agent are left out.
 * @param catalogue the films that may be shown now: what figures of films are over
 */
export function summarize(metrics: Metrics, catalogue: FilmCatalogue, measures: Measures = MEASURES): Figures {
  const total = measures.sums.map(() => 0);
  for (const { sums } of metrics.rounds)
    for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (sums[i] as number);
  const counts = metrics.byFilm.map((shown) => catalogue.films.map(({ id }) => shown[id] ?? 0));
  return figuresOf(measures, (metric) =>
    metric.kind === 'films'
      ? metric.of(counts[measures.byFilm.indexOf(metric.films)] as number[])
      : figureOfSums(metric, total, measures),
  );
}

/** The figures of one round, the latest by default: those that are kept round by round; none for an unknown round. */
export function figuresOfRound(metrics: Metrics, round?: number, measures: Measures = MEASURES): Figures {
  const row = round === undefined ? metrics.rounds.at(-1) : metrics.rounds.find((each) => each.round === round);
  return row === undefined ? {} : figuresOf(measures, (metric) => figureOfSums(metric, row.sums, measures));
}

function figuresOf(measures: Measures, of: (metric: Metric) => number | undefined): Figures {
  return Object.fromEntries(
    [...measures.metrics].flatMap(([name, metric]) => {
      const figure = of(metric);
      return figure === undefined ? [] : [[name, figure]];
    }),
  );
}

/** A total, or the ratio of two sums; undefined for what is not made of sums. */
function figureOfSums(metric: Metric, sums: readonly number[], measures: Measures): number | undefined {
  const sumOf = (sum: Measures['sums'][number]): number => sums[measures.sums.indexOf(sum)] as number;
  switch (metric.kind) {
    case 'count':
      return sumOf(metric.of);
    case 'ratio':
      return sumOf(metric.below) === 0 ? 0 : sumOf(metric.above) / sumOf(metric.below);
    case 'genres of agents':
    case 'films':
      return undefined;
  }
}
