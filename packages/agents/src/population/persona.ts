/** Personas: who an agent is, drawn by its own luck, with RecAgent's fields. */
import type { Draws, FilmCatalogue, LuckOf, Persona } from '@rashomon/kernel';
import { NAME_POOLS } from './names.data.ts';
import { INTEREST_PHRASES, RETIRED, STATUSES, TRAITS } from './persona-words.data.ts';

/** What a source says of somebody; what it leaves out is drawn. */
export interface KnownPersona {
  readonly name?: string | null;
  readonly gender?: string | null;
  readonly age?: number | null;
  readonly traits?: readonly string[];
  readonly status?: string | null;
  readonly interests?: readonly string[];
  readonly features?: Persona['features'];
}

/** Shares of people with each behaviour feature. */
const FEATURE_SHARES = { watcher: 0.7, explorer: 0.4, critic: 0.3, chatter: 0.4, poster: 0.3 } as const;

/**
 * @param interestNames from {@link interestNamesOf}, one per genre
 * @param taste the agent's liking per genre, with which its interests agree
 */
export function drawPersona(
  luck: LuckOf,
  taste: readonly number[],
  interestNames: readonly string[],
  known: KnownPersona = {},
): Persona {
  const gender = known.gender ?? drawGender(luck);
  const age = known.age ?? drawAge(luck);
  return {
    name: known.name ?? drawName(luck, gender),
    gender,
    age,
    traits: known.traits !== undefined && known.traits.length > 0 ? known.traits : drawTraits(luck),
    status: known.status ?? drawStatus(luck, age),
    interests:
      known.interests !== undefined && known.interests.length > 0
        ? known.interests
        : interestsOf(taste, interestNames, 2 + luck.for('number of interests').below(3, 0)),
    features: known.features ?? drawFeatures(luck),
  };
}

/** The five behaviour features, each on its own. */
export function drawFeatures(luck: LuckOf): Persona['features'] {
  const has = (feature: keyof typeof FEATURE_SHARES, number: number): boolean =>
    luck.for('feature').uniform(number) < FEATURE_SHARES[feature];
  return {
    watcher: has('watcher', 0),
    explorer: has('explorer', 1),
    critic: has('critic', 2),
    chatter: has('chatter', 3),
    poster: has('poster', 4),
  };
}

/** What a liking for each genre of the catalogue is called. */
export function interestNamesOf(catalogue: FilmCatalogue): readonly string[] {
  return catalogue.genres.map((genre) => INTEREST_PHRASES[genre] ?? `${genre.toLowerCase()} movies`);
}

/**
 * The names of the most loved genres, best first; after the first only genres that are liked at all; equals in the
 * order of genres.
 */
function interestsOf(taste: readonly number[], interestNames: readonly string[], count: number): string[] {
  const interests: string[] = [];
  const taken: number[] = [];
  while (taken.length < count) {
    let best = -1;
    for (let genre = 0; genre < taste.length; genre++) {
      const liking = taste[genre] as number;
      if (
        (liking > 0 || taken.length === 0) &&
        (best < 0 || liking > (taste[best] as number)) &&
        !taken.includes(genre)
      )
        best = genre;
    }
    if (best < 0) break;
    taken.push(best);
    const name = interestNames[best] as string;
    if (!interests.includes(name)) interests.push(name);
  }
  return interests;
}

function drawGender(luck: LuckOf): string {
  const uniform = luck.for('gender').uniform(0);
  return uniform < 0.49 ? 'female' : uniform < 0.98 ? 'male' : 'non-binary';
}

/** Ages 13 to 85: most film-goers are young adults, with a long tail upwards. */
function drawAge(luck: LuckOf): number {
  const part = luck.for('part of life').uniform(0);
  const [from, to] =
    part < 0.08 ? [13, 18] : part < 0.45 ? [18, 32] : part < 0.75 ? [30, 48] : part < 0.93 ? [45, 66] : [62, 86];
  return from + luck.for('age').below(to - from, 0);
}

/** A first and a last name, mostly of one culture; some families join two names. */
function drawName(luck: LuckOf, gender: string): string {
  const pool = pick(NAME_POOLS, luck.for('name pool'));
  const feminine = gender === 'female' || (gender !== 'male' && luck.for('kind of first name').word(0) % 2 === 0);
  const lastPool =
    luck.for('last name of the pool').uniform(0) < 0.6 ? pool : pick(NAME_POOLS, luck.for('other name pool'));
  const joined = luck.for('joined names').uniform(0) < 0.15 ? `-${pick(pool.last, luck.for('joined name'))}` : '';
  const first = pick(feminine ? pool.female : pool.male, luck.for('first name'));
  return `${first} ${pick(lastPool.last, luck.for('last name'))}${joined}`;
}

function drawStatus(luck: LuckOf, age: number): string {
  const { jobs } = STATUSES.find(({ upTo }) => age <= upTo) ?? { jobs: RETIRED };
  return pick(jobs, luck.for('status'));
}

/** Two to four different traits. */
function drawTraits(luck: LuckOf): string[] {
  const count = 2 + luck.for('number of traits').below(3, 0);
  const traits: string[] = [];
  for (let draw = 1; traits.length < count && draw < 10; draw++) {
    const trait = pick(TRAITS, luck.for('trait'), draw);
    if (!traits.includes(trait)) traits.push(trait);
  }
  return traits;
}

function pick<T>(list: readonly T[], draws: Draws, number = 0): T {
  return list[draws.below(list.length, number)] as T;
}
