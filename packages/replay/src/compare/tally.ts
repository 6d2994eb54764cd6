/** What is counted per agent over the compared rounds of one run; every metric is made from these sums. */
import { ln, type LogEvent } from '@rashomon/kernel';
import { Exposure } from './exposure.ts';
import type { FilmsAsOf } from './films-as-of.ts';
import type { Section } from './sections.ts';

export interface AgentTally {
  /** Rounds in which the agent acted. */
  active: number;
  visits: number;
  watches: number;
  /** Films on the slates it was served; search results are not among them. */
  impressions: number;
  searches: number;
  ratings: number;
  ratingSum: number;
  exits: number;
  /** Visits left because of fatigue or dissatisfaction. */
  earlyExits: number;
  /** Satisfaction at the end of each visit, summed. */
  satisfactionSum: number;
  /** Messages sent in its turns: its posts, and both sides of the chats it began. */
  messages: number;
  /** Sum over films shown of -log2 of their share of the watches so far, bits. */
  noveltySum: number;
  /** Per genre: films shown on slates, films watched. */
  readonly genresShown: number[];
  readonly genresWatched: number[];
  readonly exposure: Exposure;
}

export class RunTally {
  readonly #films: FilmsAsOf;
  readonly #indexOf: ReadonlyMap<number, number>;
  readonly #agents = new Map<number, AgentTally>();
  readonly #watchesOf = new Map<number, number>();
  #watchesTotal = 0;

  constructor(films: FilmsAsOf) {
    this.#films = films;
    this.#indexOf = new Map(films.inForce.films.map(({ id }, index) => [id, index]));
  }

  /** Number of films that could be shown at the end. */
  get films(): number {
    return this.#films.inForce.size;
  }

  agent(id: number): AgentTally {
    let tally = this.#agents.get(id);
    if (tally === undefined) this.#agents.set(id, (tally = emptyTally(this.#films.known.genres.length, this.films)));
    return tally;
  }

  /** Counts a turn; openings count nothing. */
  add({ agent, events }: Section): void {
    if (agent === null) return;
    const tally = this.agent(agent);
    tally.active += 1;
    for (const event of events) this.#count(tally, event);
  }

  #count(tally: AgentTally, event: LogEvent): void {
    switch (event.type) {
      case 'PlaceChosen':
        if (event.data.place === 'recommender') tally.visits += 1;
        break;
      case 'SlateServed':
        this.#show(tally, event.data.films);
        break;
      case 'SearchMade':
        tally.searches += 1;
        break;
      case 'FilmWatched':
        tally.watches += 1;
        this.#watchesTotal += 1;
        this.#watchesOf.set(event.data.film, (this.#watchesOf.get(event.data.film) ?? 0) + 1);
        for (const genre of this.#films.known.genresOf(event.data.film))
          tally.genresWatched[genre] = (tally.genresWatched[genre] as number) + 1;
        break;
      case 'FilmRated':
        tally.ratings += 1;
        tally.ratingSum += event.data.rating;
        break;
      case 'VisitLeft':
        tally.exits += 1;
        tally.satisfactionSum += event.data.satisfaction;
        if (event.data.reason === 'tired' || event.data.reason === 'dissatisfied') tally.earlyExits += 1;
        break;
      case 'MessageSent':
        tally.messages += 1;
        break;
      default: // Everything else is counted nowhere.
    }
  }

  /** Novelty as in the kernel's metrics, with watches counted from the first compared round on. */
  #show(tally: AgentTally, films: readonly number[]): void {
    tally.impressions += films.length;
    const smoothed = ln(this.#watchesTotal + this.#films.known.size);
    for (const film of films) {
      tally.noveltySum += (smoothed - lnOf((this.#watchesOf.get(film) ?? 0) + 1)) / Math.LN2;
      for (const genre of this.#films.known.genresOf(film))
        tally.genresShown[genre] = (tally.genresShown[genre] as number) + 1;
      const index = this.#indexOf.get(film);
      if (index !== undefined) tally.exposure.add(index);
    }
  }
}

const logarithms: number[] = [];

/** ln of a whole number, remembered: the same few come again and again. */
function lnOf(count: number): number {
  while (logarithms.length <= count) logarithms.push(ln(logarithms.length));
  return logarithms[count] as number;
}

function emptyTally(genres: number, films: number): AgentTally {
  return {
    active: 0,
    visits: 0,
    watches: 0,
    impressions: 0,
    searches: 0,
    ratings: 0,
    ratingSum: 0,
    exits: 0,
    earlyExits: 0,
    satisfactionSum: 0,
    messages: 0,
    noveltySum: 0,
    genresShown: Array.from({ length: genres }, () => 0),
    genresWatched: Array.from({ length: genres }, () => 0),
    exposure: new Exposure(films),
  };
}
