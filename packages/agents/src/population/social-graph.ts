/**
 * Who knows whom: symmetric ties with a mean degree, a liking for one's like, and friends of friends.
 *
 * Each agent in turn starts its share of the ties. Candidates are met either at random among everybody or
 * through somebody already known (Jackson & Rogers, "Meeting Strangers and Friends of Friends", AER 97(3) 2007),
 * and one of them is taken by a logit over likeness in taste and age: homophily (McPherson, Smith-Lovin & Cook,
 * "Birds of a Feather", Annual Review of Sociology 27, 2001). Agents are told apart by id alone.
 */
import { categorical, type Contact, type Draws, exp, LuckOf } from '@rashomon/kernel';
import { drawTie, RELATIONS } from './relation.ts';

export interface SocialOptions {
  /** Mean number of contacts, 0 upwards; at most everybody else. Default 8 (RecAgent's graph has 20.8). */
  readonly degree?: number;
  /** 0 (whoever comes) to 1 (strongly one's like in taste and age). Default 0.6. */
  readonly homophily?: number;
  /** 0 to 1: how often a tie is sought among the contacts of a contact. Default 0.3. */
  readonly closure?: number;
}

/** What the graph needs to know of its members, in columns; ids ascending. */
export interface Members {
  readonly ids: readonly number[];
  readonly ages: readonly number[];
  readonly tastes: readonly (readonly number[])[];
}

/** Candidates looked at for one tie. */
const CANDIDATES = 6;
/** Logits by which the fully alike are preferred to the unrelated at homophily 1. */
const PREFERENCE = 6;
/** An age gap of so many years counts as much as opposite tastes. */
const YEARS = 50;
/** Rounds of candidates tried before the first free agent is taken. */
const ATTEMPTS = 12;
const BYTE_MAX = 127;
const TWO_32 = 4294967296;
/** Numbers of the 'ties' draws of one tie: those of the attempts come first. */
const NUMBERS_PER_TIE = 2000;
const DRAW = { firstFree: 999, tie: 1000 } as const;
/** Where the numbers of the second pass begin. */
const SECOND_PASS = 0x40000000;

/**
 * Contacts of every member, at the member's index, in order of id.
 * Exactly round(n * min(degree, n - 1) / 2) ties; time and memory O(n (degree + genres)).
 * @throws RangeError on options out of range
 */
export function drawSocialGraph(members: Members, seed: number, options: SocialOptions = {}): Contact[][] {
  const { degree = 8, homophily = 0.6, closure = 0.3 } = options;
  if (!(degree >= 0 && degree < TWO_32)) throw new RangeError(`social.degree is ${degree}; expected 0 or more`);
  if (!(homophily >= 0 && homophily <= 1)) throw new RangeError(`social.homophily is ${homophily}; expected 0 to 1`);
  if (!(closure >= 0 && closure <= 1)) throw new RangeError(`social.closure is ${closure}; expected 0 to 1`);
  const size = members.ids.length;
  const ties = Math.round((size * Math.min(degree, Math.max(0, size - 1))) / 2);
  const likeness = likenessOf(members);
  const graph = new Adjacency(size, ties);
  const how = { likeness, preference: PREFERENCE * homophily, closure };
  const relations = new Uint8Array(ties);
  const closeness = new Uint16Array(ties);
  let drawn = 0;
  const start = (index: number, due: number, firstNumber: number): void => {
    const draws = new LuckOf(seed, members.ids[index] as number, 0).for('ties');
    for (let number = firstNumber; drawn < due; number += NUMBERS_PER_TIE) {
      const partner = meet(index, graph, draws, number, how);
      if (partner < 0) return;
      const ages = [members.ages[index] as number, members.ages[partner] as number] as const;
      const tie = drawTie(draws, number + DRAW.tie, ages, likeness(index, partner));
      relations[drawn] = RELATIONS.indexOf(tie.relation);
      closeness[drawn] = Math.round(tie.closeness * 1000);
      graph.join(index, partner);
      drawn += 1;
    }
  };
  for (let index = 0; index < size; index++) start(index, Math.floor(((index + 1) * ties) / size), 0);
  // In a nearly full graph the last ones knew everybody already: others start what is left.
  for (let index = 0; index < size; index++) {
    if (drawn === ties) break;
    start(index, ties, SECOND_PASS);
  }
  return graph.lists((tie, other) => ({
    agent: members.ids[other] as number,
    relation: RELATIONS[relations[tie] as number] as string,
    closeness: (closeness[tie] as number) / 1000,
  }));
}

interface Meeting {
  readonly likeness: (a: number, b: number) => number;
  readonly preference: number;
  readonly closure: number;
}

/** The index of a new contact, or -1 when the agent knows everybody. */
function meet(index: number, graph: Adjacency, draws: Draws, number: number, how: Meeting): number {
  if (graph.degreeOf(index) >= graph.size - 1) return -1;
  const met: number[] = [];
  const weights: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const base = number + attempt * (CANDIDATES + 3);
    const known = graph.degreeOf(index);
    const through =
      known > 0 && draws.uniform(base) < how.closure ? graph.neighbour(index, draws.below(known, base + 1)) : -1;
    const circle = through < 0 ? graph.size : graph.degreeOf(through);
    for (let draw = 0; draw < CANDIDATES; draw++) {
      const place = Math.floor((draws.word(base + 3 + draw) / TWO_32) * circle);
      const other = through < 0 ? place : graph.neighbour(through, place);
      if (other === index || graph.joined(index, other)) continue;
      met.push(other);
      weights.push(how.preference === 0 ? 1 : exp(how.preference * how.likeness(index, other)));
    }
    if (met.length > 0) return met[categorical(weights, draws.uniform(base + 2))] as number;
  }
  // In a nearly full graph chance finds nobody new: take the first free one from a random start.
  const start = draws.below(graph.size, number + DRAW.firstFree);
  for (let step = 0; step < graph.size; step++) {
    const other = (start + step) % graph.size;
    if (other !== index && !graph.joined(index, other)) return other;
  }
  return -1;
}

/**
 * Cosine of tastes less the age gap, about -1.5 to 1. A member's age and unit taste vector lie side by side in
 * single bytes, as looking at somebody at random costs what memory costs.
 */
function likenessOf(members: Members): (a: number, b: number) => number {
  const width = 1 + (members.tastes[0]?.length ?? 0);
  const rows = new Int8Array(members.ids.length * width);
  members.tastes.forEach((taste, member) => {
    let square = 0;
    for (const liking of taste) square += liking * liking;
    const length = square > 0 ? Math.sqrt(square) : 1;
    const start = member * width;
    rows[start] = Math.min(BYTE_MAX, members.ages[member] as number);
    for (let genre = 1; genre < width; genre++)
      rows[start + genre] = Math.round((BYTE_MAX * (taste[genre - 1] as number)) / length);
  });
  return (a, b) => {
    const x = a * width;
    const y = b * width;
    let cosine = 0;
    for (let genre = 1; genre < width; genre++) cosine += (rows[x + genre] as number) * (rows[y + genre] as number);
    return cosine / (BYTE_MAX * BYTE_MAX) - Math.abs((rows[x] as number) - (rows[y] as number)) / YEARS;
  };
}

/** Undirected ties in linked lists over typed arrays: a million agents in some tens of megabytes. */
class Adjacency {
  readonly size: number;
  readonly #first: Int32Array;
  readonly #degree: Int32Array;
  readonly #next: Int32Array;
  readonly #other: Int32Array;
  #ends = 0;

  constructor(size: number, ties: number) {
    this.size = size;
    this.#first = new Int32Array(size).fill(-1);
    this.#degree = new Int32Array(size);
    this.#next = new Int32Array(2 * ties);
    this.#other = new Int32Array(2 * ties);
  }

  degreeOf(index: number): number {
    return this.#degree[index] as number;
  }

  /** Walks the first one's ties: whoever asks about many others asks as the first. */
  joined(a: number, b: number): boolean {
    for (let end = this.#first[a] as number; end >= 0; end = this.#next[end] as number) {
      if (this.#other[end] === b) return true;
    }
    return false;
  }

  /** The contact at a place of the list, 0 to degree - 1. */
  neighbour(index: number, place: number): number {
    let end = this.#first[index] as number;
    for (let step = 0; step < place; step++) end = this.#next[end] as number;
    return this.#other[end] as number;
  }

  /** Tie number t has the two ends 2t and 2t + 1. */
  join(a: number, b: number): void {
    this.#link(a, b);
    this.#link(b, a);
  }

  lists<T extends { readonly agent: number }>(make: (tie: number, other: number) => T): T[][] {
    return Array.from({ length: this.size }, (_, index) => {
      const list: T[] = [];
      for (let end = this.#first[index] as number; end >= 0; end = this.#next[end] as number)
        list.push(make(end >>> 1, this.#other[end] as number));
      return list.sort((a, b) => a.agent - b.agent);
    });
  }

  #link(from: number, to: number): void {
    this.#other[this.#ends] = to;
    this.#next[this.#ends] = this.#first[from] as number;
    this.#first[from] = this.#ends;
    this.#degree[from] = this.degreeOf(from) + 1;
    this.#ends += 1;
  }
}
