/**
 * Populations from real data: one agent per user, with the user's own id.
 *
 * A user with ratings brings its history, a taste learnt from it and features read from its behaviour; a user with
 * interests (RecAgent) brings those and a taste made from them. What a source does not say is drawn by the agent's
 * luck.
 */
import {
  type Contact,
  type Dataset,
  type DatasetUser,
  type Fault,
  LuckOf,
  type NewAgent,
  NOBODY,
  type Persona,
  type Population,
} from '@rashomon/kernel';
import { activityLaw, type ActivityOptions, probability } from './activity.ts';
import { contactsFromTies } from './dataset-ties.ts';
import { tasteFromInterests } from './interest-taste.ts';
import { type LearntUser, type Learner, tasteLearner } from './learnt-taste.ts';
import { drawFeatures, drawPersona, interestNamesOf } from './persona.ts';
import { InvalidPopulationData } from './population-fault.ts';
import { drawSocialGraph, type SocialOptions } from './social-graph.ts';
import { tasteDraw, type TasteDraw } from './taste.ts';
import { historiesOf, type History, NO_PAST } from './user-history.ts';

export interface DatasetPopulationOptions {
  /** 0 to 2^32 - 1: the luck of what the source does not say. */
  readonly seed: number;
  /** Take the first users by id, so many; all by default. */
  readonly agents?: number;
  /** How active the mean agent is; with ratings, each in proportion to its number of ratings. */
  readonly activity?: ActivityOptions;
  /** For a source without ties. */
  readonly social?: SocialOptions;
}

/** A user whose offset is so many stars below others is a critic. */
const CRITIC_OFFSET = -0.3;
/** Share of users counted as explorers (the broadest) and as watchers (the most diligent raters). */
const EXPLORER_SHARE = 0.4;
const WATCHER_SHARE = 0.7;

/**
 * @throws InvalidPopulationData listing every unknown user or film in ratings and ties, and every value out of range
 * @throws RangeError on an option out of range
 */
export function populationFromDataset(dataset: Dataset, options: DatasetPopulationOptions): Population {
  const { catalogue } = dataset;
  const faults: Fault[] = [];
  const users = usersOf(dataset, options.agents, faults);
  const histories = historiesOf(dataset, faults);
  const taken = new Set(users.map((user) => user.id));
  const given = dataset.ties.length > 0 ? contactsFromTies(dataset, taken, faults) : undefined;
  if (faults.length > 0) throw new InvalidPopulationData(dataset.name, faults);

  const portraits = portray({
    users,
    histories,
    seed: options.seed,
    dataset,
    learn: tasteLearner(catalogue, histories.values()),
    drawTaste: tasteDraw(catalogue),
  });
  const activities = activitiesOf(users, histories, options);
  const contacts = given ?? drawnContacts(users, portraits, options);
  return users.map(({ id }, index): NewAgent => {
    const { persona, taste } = portraits[index] as Portrait;
    return {
      id,
      joined: {
        persona,
        activity: activities[index] as number,
        taste,
        contacts: contacts.get(id) ?? [],
        history: histories.get(id) ?? NO_PAST,
      },
    };
  });
}

/** The first users by id. */
function usersOf({ users }: Dataset, agents: number | undefined, faults: Fault[]): DatasetUser[] {
  if (agents !== undefined && (!Number.isInteger(agents) || agents < 1 || agents > users.length)) {
    throw new RangeError(
      `agents is ${agents}; expected a whole number from 1 to the ${users.length} users of the source`,
    );
  }
  const seen = new Set<number>();
  users.forEach(({ id }, row) => {
    if (!Number.isInteger(id) || id < 0 || id >= NOBODY)
      faults.push({ path: `users[${row}].id`, value: id, expected: `a whole number from 0 to ${NOBODY - 1}` });
    else if (seen.has(id)) faults.push({ path: `users[${row}].id`, value: id, expected: 'an id of its own' });
    seen.add(id);
  });
  return [...users].sort((a, b) => a.id - b.id).slice(0, agents);
}

interface Portrait {
  readonly taste: readonly number[];
  readonly persona: Persona;
}

interface Material {
  readonly users: readonly DatasetUser[];
  readonly histories: ReadonlyMap<number, History>;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly learn: Learner;
  readonly drawTaste: TasteDraw;
}

function portray({ dataset, drawTaste, histories, learn, seed, users }: Material): Portrait[] {
  const learnt = users.map(({ id }) => (histories.has(id) ? learn(histories.get(id) as History) : undefined));
  const counts = users.map(({ id }) => histories.get(id)?.films.length ?? 0);
  const broad = topShare(
    learnt.flatMap((user) => user?.breadth ?? []),
    EXPLORER_SHARE,
  );
  const diligent = topShare(
    counts.filter((count) => count > 0),
    WATCHER_SHARE,
  );
  const interestNames = interestNamesOf(dataset.catalogue);
  return users.map((user, index) => {
    const luck = new LuckOf(seed, user.id, 0);
    const known = learnt[index];
    const taste =
      known?.taste ??
      (user.interests.length > 0 ? tasteFromInterests(user.interests, dataset.catalogue, luck) : drawTaste(luck));
    const features = featuresOf(user, known, luck, { broad, diligent, count: counts[index] as number });
    return {
      taste,
      persona: drawPersona(luck, taste, interestNames, { ...user, gender: genderOf(user.gender), features }),
    };
  });
}

/** Chatting and posting leave no trace in ratings: those features are drawn. */
function featuresOf(
  user: DatasetUser,
  known: LearntUser | undefined,
  luck: LuckOf,
  bar: { readonly broad: number; readonly diligent: number; readonly count: number },
): Persona['features'] {
  if (user.features !== null) {
    const has = (feature: string): boolean => user.features?.includes(feature) ?? false;
    return {
      watcher: has('watcher'),
      explorer: has('explorer'),
      critic: has('critic'),
      chatter: has('chatter'),
      poster: has('poster'),
    };
  }
  const drawn = drawFeatures(luck);
  if (known === undefined) return drawn;
  return {
    ...drawn,
    watcher: bar.count >= bar.diligent,
    explorer: known.breadth >= bar.broad,
    critic: known.offset <= CRITIC_OFFSET,
  };
}

/** The value that the given share of the values reach or exceed. */
function topShare(values: readonly number[], share: number): number {
  const descending = [...values].sort((a, b) => b - a);
  return descending[Math.max(0, Math.ceil(descending.length * share) - 1)] ?? Infinity;
}

function genderOf(gender: string | null): string | null {
  const word = gender?.toLowerCase();
  return word === 'm' ? 'male' : word === 'f' ? 'female' : gender;
}

/** In proportion to the number of ratings where there are any: mean x n / mean n, at most 1; else drawn. */
function activitiesOf(
  users: readonly DatasetUser[],
  histories: ReadonlyMap<number, History>,
  { activity, seed }: DatasetPopulationOptions,
): number[] {
  const law = activityLaw(activity);
  const counts = users.map(({ id }) => histories.get(id)?.films.length ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || activity?.law === 'constant') return users.map(({ id }) => law(new LuckOf(seed, id, 0)));
  const scale = ((activity?.mean ?? 0.3) * users.length) / total;
  return counts.map((count) => probability(scale * count));
}

function drawnContacts(
  users: readonly DatasetUser[],
  portraits: readonly Portrait[],
  { seed, social }: DatasetPopulationOptions,
): ReadonlyMap<number, readonly Contact[]> {
  const members = {
    ids: users.map(({ id }) => id),
    ages: portraits.map(({ persona }) => persona.age),
    tastes: portraits.map(({ taste }) => taste),
  };
  const contacts = drawSocialGraph(members, seed, social);
  return new Map(users.map(({ id }, index) => [id, contacts[index] ?? []]));
}
