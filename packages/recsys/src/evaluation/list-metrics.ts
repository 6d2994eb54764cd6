/** What the lists are made of, whatever was right in them: how new, how varied, how unequal. */
import { countBits, ln } from '@rashomon/kernel';
import type { Split, Watches } from './split.ts';

/** Watches of the train part by film. */
export class Audience {
  readonly #counts = new Map<number, number>();
  readonly #watchers = new Map<number, Int32Array>();
  readonly #words: number;
  readonly #total: number;

  /** @param films how many there are in the catalogue */
  constructor({ users, films: watched }: Watches, films: number) {
    const rows = new Map<number, number>();
    for (let entry = 0; entry < users.length; entry++)
      if (!rows.has(users[entry] as number)) rows.set(users[entry] as number, rows.size);
    this.#words = (rows.size + 31) >>> 5;
    this.#total = users.length + films;
    for (let entry = 0; entry < users.length; entry++) {
      const film = watched[entry] as number;
      const row = rows.get(users[entry] as number) as number;
      let bits = this.#watchers.get(film);
      if (bits === undefined) this.#watchers.set(film, (bits = new Int32Array(this.#words)));
      bits[row >>> 5] = (bits[row >>> 5] as number) | (1 << (row & 31));
      this.#counts.set(film, (this.#counts.get(film) ?? 0) + 1);
    }
  }

  /** -log2 of the film's share of all watches, add-one smoothed so that a film nobody watched has one too; in bits. */
  surprise(film: number): number {
    return -ln(((this.#counts.get(film) ?? 0) + 1) / this.#total) / Math.LN2;
  }

  /** |U_i ∩ U_j| / sqrt(|U_i| |U_j|); 0 where nobody watched one of them. */
  similarity(a: number, b: number): number {
    const [first, second] = [this.#watchers.get(a), this.#watchers.get(b)];
    if (first === undefined || second === undefined) return 0;
    const both: number[] = [];
    for (let word = 0; word < this.#words; word++) {
      const common = (first[word] as number) & (second[word] as number);
      if (common !== 0) both.push(common);
    }
    return countBits(both) / Math.sqrt((this.#counts.get(a) as number) * (this.#counts.get(b) as number));
  }
}

export function audienceOf({ train, catalogue }: Split): Audience {
  return new Audience(train, catalogue.size);
}

/**
 * Mean surprise of the films of a list (Zhou et al., PNAS 2010; Castells, Hurley & Vargas 2015, Novelty and diversity
 * in recommender systems): the novelty that runs report too. 0 for an empty list.
 */
export function novelty(list: readonly number[], audience: Audience): number {
  let sum = 0;
  for (const film of list) sum += audience.surprise(film);
  return list.length === 0 ? 0 : sum / list.length;
}

/**
 * 1 - the mean similarity of the pairs of a list, i.e. one minus the intra-list similarity of Ziegler, McNee, Konstan &
 * Lausen (WWW 2005), films being alike when the same users watched them: data without genres has it too. 0 for a list
 * of fewer than two.
 */
export function diversity(list: readonly number[], audience: Audience): number {
  let sum = 0;
  for (let a = 0; a < list.length; a++)
    for (let b = a + 1; b < list.length; b++) sum += 1 - audience.similarity(list[a] as number, list[b] as number);
  return list.length < 2 ? 0 : (2 * sum) / (list.length * (list.length - 1));
}

/** Share of the catalogue on at least one list (Ge, Delgado-Battenfeld & Jannach, RecSys 2010). */
export function coverage(counts: Int32Array): number {
  let shown = 0;
  for (const count of counts) if (count > 0) shown += 1;
  return counts.length === 0 ? 0 : shown / counts.length;
}
