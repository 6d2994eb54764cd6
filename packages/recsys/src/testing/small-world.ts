/** Small made-up catalogues with people who watch: what the recommender contract is tried on. */
import { type Audience, type Film, FilmCatalogue, type Interactions, setBit } from '@rashomon/kernel';
import { type Arbitrary, array, integer, nat, record, tuple, uniqueArray } from 'fast-check';

/** A catalogue, watches in two parts (before and after a training), and somebody to recommend to. */
export interface SmallWorld {
  readonly catalogue: FilmCatalogue;
  readonly interactions: Interactions;
  /** How many interactions there were at the first training; all are there at the second. */
  readonly early: number;
  readonly agents: readonly number[];
  /**
   * Who the agents are once so many interactions were made: each knows the next two, and was shown more than it
   * watched. The last one is nobody.
   */
  audienceAfter(count: number): Audience;
  readonly seed: number;
}

const GENRES = ['Comedy', 'Drama', 'Horror'];

export function filmWithId(id: number): Film {
  const genres = [GENRES[id % GENRES.length] as string];
  return { id, title: `Film ${id}`, year: 1900 + (id % 120), genres, people: [], description: '', quality: 0 };
}

const upTo = (bound: number): Arbitrary<number> => nat({ max: bound });

/** Squared, so that some films and agents have many watches and some have none. */
const pick = (list: readonly number[], at: number): number =>
  list[Math.floor((at * at * list.length) / 1_002_001)] as number;

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
  const catalogue = new FilmCatalogue(films.map(filmWithId));
  const interactions = {
    agents: picks.map(([agent]) => pick(agents, agent)),
    films: picks.map(([, film]) => pick(watchable, film)),
    ratings: picks.map(([, , rating]) => rating),
    rounds: picks.map(() => 0),
    positions: picks.map((_, index) => index),
  };
  return {
    catalogue,
    interactions,
    early: Math.min(early, picks.length),
    agents: [...agents, 3001],
    audienceAfter: (count) => audienceOf(agents, { catalogue, interactions, count }),
    seed,
  };
});

const FEATURES = { watcher: true, explorer: false, critic: false, chatter: false, poster: false };

function audienceOf(
  agents: readonly number[],
  { catalogue, interactions, count }: Pick<SmallWorld, 'catalogue' | 'interactions'> & { readonly count: number },
): Audience {
  const shareShown = count < interactions.films.length ? 1 : 2;
  return new Map(
    agents.map((id, index) => {
      const shown: number[] = [];
      for (const { id: film } of catalogue.films) if ((film * 7 + id) % 5 < shareShown) setBit(shown, film);
      for (let entry = 0; entry < count; entry++)
        if (interactions.agents[entry] === id) setBit(shown, interactions.films[entry] as number);
      const friends = [...new Set([1, 2].map((step) => agents[(index + step) % agents.length] as number))].filter(
        (friend) => friend !== id,
      );
      const contacts = friends.map((agent, place) => ({ agent, relation: 'friend', closeness: 0.5 - 0.25 * place }));
      const persona = {
        name: `Agent ${id}`,
        gender: '',
        age: 30,
        traits: [],
        status: '',
        interests: [GENRES[id % GENRES.length] as string],
        features: FEATURES,
      };
      return [id, { id, persona, contacts, shown, sweep: 0 }];
    }),
  );
}
