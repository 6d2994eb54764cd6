/**
 * Films by their whole titles. A title is never looked up by its parts: whoever types one, with or without its year,
 * gets that film first, however many other titles contain it.
 */
import type { Film } from '@rashomon/kernel';

/** Lower case, without accents, single blanks: "  Amélie " and "amelie" are one title. */
export function foldTitle(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

export class WholeTitles {
  readonly #byTitle = new Map<string, number[]>();
  readonly #byFoldedTitle = new Map<string, number[]>();

  /** @param films by id */
  constructor(films: readonly Film[]) {
    for (const { id, title, year } of films) {
      for (const name of year === 0 ? [title] : [`${title} (${year})`, title]) {
        append(this.#byTitle, name, id);
        append(this.#byFoldedTitle, foldTitle(name), id);
      }
    }
  }

  /** Ids of the films so called: titles as typed, then titles but for case and accents; each by id. */
  find(query: string): ReadonlySet<number> {
    return new Set([...(this.#byTitle.get(query.trim()) ?? []), ...(this.#byFoldedTitle.get(foldTitle(query)) ?? [])]);
  }
}

function append(map: Map<string, number[]>, key: string, id: number): void {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, [id]);
  else ids.push(id);
}
