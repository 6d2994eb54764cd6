/**
 * What a measure may know of the run so far: who watched what before, and how many films there are. Kept in the state
 * of the metrics, so that a figure never depends on where a fold was cut.
 */
import type { LogEvent } from '../events/catalogue.ts';
import { changeKindOf } from '../interventions/changes.ts';

export interface Past {
  /** Watches in the run so far, per film id. */
  readonly watchesOf: readonly number[];
  readonly watchesTotal: number;
  /** Films known so far: those the run started with and those added since; removed ones stay known. */
  readonly films: number;
}

/** The past while it is being written by whoever owns it. */
export interface OpenPast {
  watchesOf: number[];
  watchesTotal: number;
  films: number;
}

/** @param films number of films that the run starts with */
export function emptyPast(films: number): OpenPast {
  return { watchesOf: [], watchesTotal: 0, films };
}

/** Takes an event in. Measures are asked before, so that nothing is judged by itself. */
export function remember(past: OpenPast, event: LogEvent): void {
  if (event.type === 'FilmWatched') {
    countAt(past.watchesOf, event.data.film);
    past.watchesTotal += 1;
  } else if (event.type === 'InterventionApplied' && changeKindOf(event.data.key) === 'film-add') past.films += 1;
}

/** One more at an index of a list that grows as needed. */
export function countAt(counts: number[], index: number): void {
  while (counts.length <= index) counts.push(0);
  counts[index] = (counts[index] as number) + 1;
}
