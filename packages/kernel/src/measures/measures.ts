/** Metrics made ready for counting: what is to be booked at each type of event, every sum and list of films once. */
import type { LogEvent } from '../events/catalogue.ts';
import type { FilmCatalogue } from '../world/film.ts';
import type { FilmLists, Metric, Sum } from './metric.ts';
import { METRICS } from './metrics.ts';
import type { Past } from './past.ts';

/** What one type of event does to an account. */
export interface Booking {
  /** Which sums it adds to, and what. */
  readonly sums: readonly number[];
  readonly adds: readonly ((event: LogEvent, past: Past, films: FilmCatalogue) => number)[];
  /** Which lists it adds films to, and which films: counted by film, and by genre. */
  readonly byFilm: readonly FilmBooking[];
  readonly byGenre: readonly FilmBooking[];
}

interface FilmBooking {
  readonly list: number;
  readonly films: (event: LogEvent) => readonly number[];
}

export class Measures {
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Each sum, list of films counted by film, and list counted by genre, once; accounts are in this order. */
  readonly sums: readonly Sum[];
  readonly byFilm: readonly FilmLists[];
  readonly byGenre: readonly FilmLists[];
  readonly bookings: ReadonlyMap<string, Booking>;

  constructor(metrics: ReadonlyMap<string, Metric>) {
    this.metrics = metrics;
    const all = [...metrics.values()];
    this.sums = once(all.flatMap(sumsOf));
    this.byFilm = once(all.flatMap((metric) => (metric.kind === 'films' ? [metric.films] : [])));
    this.byGenre = once(all.flatMap((metric) => (metric.kind === 'genres of agents' ? [metric.films] : [])));
    const types = once([...this.sums, ...this.byFilm, ...this.byGenre].flatMap((each) => Object.keys(each)));
    this.bookings = new Map(types.map((type) => [type, this.#bookingAt(type)]));
  }

  get names(): readonly string[] {
    return [...this.metrics.keys()];
  }

  /** Whether any of them must know the rounds before those that are measured. */
  get looksBack(): boolean {
    return [...this.metrics.values()].some((metric) => metric.kind === 'ratio' && metric.looksBack);
  }

  /** Some of them, in the order of `names`; what is not asked for is not counted. Unknown names are left out. */
  only(names: readonly string[]): Measures {
    return new Measures(
      new Map(
        names.flatMap((name) => {
          const metric = this.metrics.get(name);
          return metric === undefined ? [] : [[name, metric] as const];
        }),
      ),
    );
  }

  #bookingAt(type: string): Booking {
    // Sound: what is declared under a type of event is called with events of that type only.
    const under = (all: readonly object[]): { readonly index: number; readonly does: unknown }[] =>
      all.flatMap((each, index) => {
        const does = (each as { readonly [type: string]: unknown })[type];
        return does === undefined ? [] : [{ index, does }];
      });
    const adding = under(this.sums);
    const listing = (lists: readonly FilmLists[]): FilmBooking[] =>
      under(lists).map(({ index, does }) => ({ list: index, films: does as FilmBooking['films'] }));
    return {
      sums: adding.map(({ index }) => index),
      adds: adding.map(({ does }) => does as Booking['adds'][number]),
      byFilm: listing(this.byFilm),
      byGenre: listing(this.byGenre),
    };
  }
}

/** Metrics by name, ready for counting: those of this engine, or these and one's own. */
export function measuresOf(metrics: { readonly [name: string]: Metric }): Measures {
  return new Measures(new Map(Object.entries(metrics)));
}

/** The metrics of this engine. */
export const MEASURES: Measures = measuresOf(METRICS);

/** The sums that a metric is made of. */
function sumsOf(metric: Metric): readonly Sum[] {
  switch (metric.kind) {
    case 'count':
      return [metric.of];
    case 'ratio':
      return [metric.above, metric.below];
    case 'genres of agents':
    case 'films':
      return [];
  }
}

function once<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
