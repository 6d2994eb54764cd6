/** Small made-up catalogues with people who watch: what the recommender contract is tried on. */
import { type Film, FilmCatalogue, type Interactions } from '@rashomon/kernel';
import { type Arbitrary, array, integer, nat, record, tuple, uniqueArray } from 'fast-check';

/** A catalogue, watches in two parts (before and after a training), and somebody to recommend to. */
export interface SmallWorld {
  readonly catalogue: FilmCatalogue;
  readonly interactions: Interactions;
  /** How many interactions there were at the first training; all are there at the second. */
  readonly early: number;
  readonly agents: readonly number[];
  readonly seed: number;
}

const GENRES = ['Comedy', 'Drama', 'Horror'];

export function filmWithId(id: number): Film {
  const genres = [GENRES[id % GENRES.length] as string];
  return { id, title: `Film ${id}`, year: 1900 + (id % 120), genres, people: [], description: '', quality: 0 };
}

const upTo = (bound: number): Arbitrary<number> => nat({ max: bound });

/** Squared, so that some films and agents have many watches and some have none. */
const pick = (list: readonly number[], at: number): number => list[Math.floor((at * at * list.length) / 1_002_001)] as number;

/** Ids have gaps; some watches are of films that the catalogue does not hold; some are repeated. */
export const smallWorlds: Arbitrary<SmallWorld> = record({
  films: uniqueArray(upTo(400), { minLength: 1, maxLength: 40 }),
  agents: uniqueArray(upTo(3000), { minLength: 1, maxLength: 12 }),
  picks: array(tuple(upTo(1000), upTo(1000), upTo(5)), { maxLength: 150 }),
  unknown: array(upTo(400), { maxLength: 3 }),
  early: upTo(150),
  seed: integer({ min: 0, max: 0xffffffff }),
}).map(({ films, agents, picks, unknown, early, seed }) => {
  const watchable = [...films, ...unknown];
  return {
    catalogue: new FilmCatalogue(films.map(filmWithId)),
    interactions: {
      agents: picks.map(([agent]) => pick(agents, agent)),
      films: picks.map(([, film]) => pick(watchable, film)),
      ratings: picks.map(([, , rating]) => rating),
      rounds: picks.map(() => 0),
      positions: picks.map((_, index) => index),
    },
    early: Math.min(early, picks.length),
    agents: [...agents, 3001],
    seed,
  };
});
