/** The accounts of agents: what the events of some rounds came to, agent by agent. What comparisons are made from. */
import type { LogEvent } from '../events/catalogue.ts';
import type { FilmCatalogue } from '../world/film.ts';
import { countGenres, FilmCounts } from './film-counts.ts';
import type { Booking, Measures } from './measures.ts';
import type { CountMetric, GenreMetric, RatioMetric } from './metric.ts';
import { type OpenPast, remember } from './past.ts';

export interface AgentAccount {
  /** In the order of the measures' sums, lists counted by genre, and lists counted by film. */
  readonly sums: Float64Array;
  readonly byGenre: readonly number[][];
  readonly byFilm: readonly FilmCounts[];
}

export interface AccountFilms {
  /** Films that may be shown: those that figures of films are over. */
  readonly inForce: FilmCatalogue;
  /** Those that were removed, too: for genres of what was shown before. */
  readonly known: FilmCatalogue;
}

export class AgentAccounts {
  readonly measures: Measures;
  readonly #films: AccountFilms;
  readonly #indexOf: ReadonlyMap<number, number>;
  readonly #past: OpenPast;
  readonly #agents = new Map<number, AgentAccount>();

  /** @param past the run before the first event; the accounts own it from now on */
  constructor(measures: Measures, films: AccountFilms, past: OpenPast) {
    this.measures = measures;
    this.#films = films;
    this.#indexOf = new Map(films.inForce.films.map(({ id }, index) => [id, index]));
    this.#past = past;
  }

  /** Number of films that may be shown at the end. */
  get films(): number {
    return this.#films.inForce.size;
  }

  /** An agent's account; an empty one where nothing was booked. */
  of(agent: number): AgentAccount {
    let account = this.#agents.get(agent);
    if (account === undefined) this.#agents.set(agent, (account = this.#empty()));
    return account;
  }

  /** Books events in log order. */
  add(events: readonly LogEvent[]): void {
    let whose: number | null = null;
    let account: AgentAccount | null = null;
    for (const event of events) {
      const booking = event.agent === null ? undefined : this.measures.bookings.get(event.type);
      if (booking !== undefined) {
        if (account === null || event.agent !== whose) account = this.of((whose = event.agent as number));
        this.#book(event, booking, account);
      }
      remember(this.#past, event);
    }
  }

  /** The two sums that an agent brings into a figure: those of all agents are divided by one another. */
  share(metric: CountMetric | RatioMetric | GenreMetric, agent: number): readonly [above: number, below: number] {
    const { sums, byGenre } = this.of(agent);
    switch (metric.kind) {
      case 'count':
        return [sums[this.measures.sums.indexOf(metric.of)] as number, 1];
      case 'ratio':
        return [metric.above, metric.below].map((sum) => sums[this.measures.sums.indexOf(sum)]) as [number, number];
      case 'genres of agents': {
        const counts = byGenre[this.measures.byGenre.indexOf(metric.films)] as number[];
        return [metric.of(counts), counts.some((count) => count > 0) ? 1 : 0];
      }
    }
  }

  #book(event: LogEvent, booking: Booking, { sums, byGenre, byFilm }: AgentAccount): void {
    const { known } = this.#films;
    for (let i = 0; i < booking.sums.length; i++) {
      const sum = booking.sums[i] as number;
      sums[sum] = (sums[sum] as number) + (booking.adds[i] as (typeof booking.adds)[number])(event, this.#past, known);
    }
    for (const { list, films } of booking.byGenre) countGenres(films(event), known, byGenre[list] as number[]);
    for (const { list, films } of booking.byFilm) {
      const counts = byFilm[list] as FilmCounts;
      for (const film of films(event)) {
        const index = this.#indexOf.get(film);
        if (index !== undefined) counts.add(index);
      }
    }
  }

  #empty(): AgentAccount {
    const { sums, byGenre, byFilm } = this.measures;
    const genres = this.#films.known.genres.length;
    return {
      sums: new Float64Array(sums.length),
      byGenre: byGenre.map(() => Array.from({ length: genres }, () => 0)),
      byFilm: byFilm.map(() => new FilmCounts(this.films)),
    };
  }
}
