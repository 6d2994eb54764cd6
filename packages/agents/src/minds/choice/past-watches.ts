/**
 * What an agent's past watches tell: whether it knows a film, which ones it can speak of, which ones shaped a choice.
 */
import type { AgentState, Watched } from '@rashomon/kernel';
import type { Heaviest } from './causes.ts';
import { type FilmTable } from './film-traits.ts';
import { WATCHES_REMEMBERED } from './satiation.ts';

/** How far back somebody's own opinion of a film is at hand. */
const WATCHES_DISCUSSED = 40;

export function hasWatched({ watched }: AgentState, film: number): boolean {
  for (let i = 0; i < watched.length; i++) if ((watched[i] as Watched).film === film) return true;
  return false;
}

export function hasRated({ watched }: AgentState): boolean {
  for (let i = watched.length - 1; i >= 0; i--) if ((watched[i] as Watched).rating > 0) return true;
  return false;
}

/** The latest rated watches, the latest first. */
export function latestRated({ watched }: AgentState, count: number): Watched[] {
  const latest: Watched[] = [];
  for (let i = watched.length - 1; i >= 0 && latest.length < count; i--) {
    const watch = watched[i] as Watched;
    if (watch.rating > 0) latest.push(watch);
  }
  return latest;
}

/** The rated watch of a film, among those not too long ago to be remembered in talk. */
export function ratedWatch({ watched }: AgentState, film: number): Watched | undefined {
  const oldest = Math.max(0, watched.length - WATCHES_DISCUSSED);
  for (let i = watched.length - 1; i >= oldest; i--) {
    const watch = watched[i] as Watched;
    if (watch.film === film && watch.rating > 0) return watch;
  }
  return undefined;
}

/**
 * Offers the positions of remembered watches that share genres with the film: more shared genres first, then the later.
 */
export function recallWatches({ watched }: AgentState, table: FilmTable, film: number, recalled: Heaviest): void {
  const { genres } = table.of(film);
  const oldest = Math.max(0, watched.length - WATCHES_REMEMBERED);
  for (let i = watched.length - 1; i >= oldest; i--) {
    const watch = watched[i] as Watched;
    const shared = inCommon(genres, table.of(watch.film).genres);
    if (shared > 0) recalled.offer(watch.position, shared);
  }
}

function inCommon(genres: readonly number[], others: readonly number[]): number {
  let shared = 0;
  for (let i = 0; i < genres.length; i++) {
    for (let j = 0; j < others.length; j++) if (genres[i] === others[j]) shared += 1;
  }
  return shared;
}
