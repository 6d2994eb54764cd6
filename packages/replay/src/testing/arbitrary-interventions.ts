/**
 * Arbitraries of interventions: legal ones and faulty ones of every kind. They are drawn before there is a run, as
 * plans that are spelled out for the run and round they are to change.
 */
import { type Change, type FilmCatalogue, type Json, RunLog, type Store, WorldFold, worldAt } from '@rashomon/kernel';
import fc from 'fast-check';
import type { Setting } from '../interventions/setting.ts';

/** What interventions may name. */
export interface Scenery {
  readonly agents: readonly number[];
  readonly films: FilmCatalogue;
  /** Positions of MessageSent before the fork. */
  readonly messages: readonly number[];
  readonly slate: number;
}

/** An intervention that is spelled out once its world is known; null where that world has nothing to change so. */
export type InterventionPlan = (scenery: Scenery) => Setting | null;

export async function sceneryAt(store: Store, run: string, round: number): Promise<Scenery> {
  const log = await RunLog.open(store, run);
  const { fold, base } = await worldAt(store, log, round);
  const sent = await log.collect({ types: ['MessageSent'], rounds: [0, round] });
  return {
    agents: [...fold.world.agents.keys()],
    films: new WorldFold(base, fold.world).catalogue,
    messages: sent.map(({ position }) => position),
    slate: fold.world.system.config.slate.size,
  };
}

/** Spelled out; where two plans set the same key or take the same film out, the first stays. */
export function spelledOut(plans: readonly InterventionPlan[], scenery: Scenery): readonly Setting[] {
  const settings = plans.flatMap((plan) => plan(scenery) ?? []);
  const name = ({ key, value }: Setting): string =>
    /^(item|message)\./.test(key) ? `${key} ${JSON.stringify(value)}` : key;
  return settings.filter((setting, index) => settings.findIndex((other) => name(other) === name(setting)) === index);
}

const at = <T>(values: readonly T[], pick: number): T | undefined => values[pick % values.length];

const setting =
  (key: string, value: Json): InterventionPlan =>
  () => ({ key, value });

/** On an agent, if there is one. */
const onAgent =
  (pick: number, member: string, value: (scenery: Scenery, id: number) => Json): InterventionPlan =>
  (scenery) => {
    const id = at(scenery.agents, pick) as number;
    return { key: `agent.${id}.${member}`, value: value(scenery, id) };
  };

const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);

/** Legal plans, kind by kind. */
const legal: { readonly [K in Change['kind']]: fc.Arbitrary<InterventionPlan> } = {
  config: fc
    .oneof(
      fc.tuple(fc.constant('recommender'), fc.constantFrom('popular', 'random', 'item-knn')),
      fc.tuple(fc.constant('recommender.trainEvery'), fc.constantFrom(1, 2, 3)),
      fc.tuple(fc.constantFrom('visit.pages', 'visit.watches'), fc.integer({ min: 1, max: 4 })),
      fc.tuple(fc.constant('slate.explore'), fc.constantFrom(0, 0.2)),
      fc.tuple(fc.constant('slate'), fc.constantFrom({ size: 12 }, { size: 13, explore: 0.1 })),
      fc.tuple(fc.constant('explanations'), fc.constantFrom('on', 'off')),
      fc.tuple(fc.constant('activity.probability'), fc.constantFrom(0.5, 1)),
    )
    .map(([key, value]) => setting(key, value)),
  persona: fc
    .tuple(fc.nat(), fc.constantFrom<readonly [string, Json]>(['interests', ['horror']], ['features.explorer', true]))
    .map(([pick, [trait, value]]) => onAgent(pick, `persona.${trait}`, () => value)),
  contacts: fc
    .tuple(fc.nat(), fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 3 }), share)
    .map(([pick, others, closeness]) =>
      onAgent(pick, 'contacts', ({ agents }, id) =>
        others
          .filter((agent) => agent !== id && agents.includes(agent))
          .map((agent) => ({ agent, relation: 'friend', closeness })),
      ),
    ),
  taste: fc
    .tuple(fc.nat(), share)
    .map(([pick, liking]) => onAgent(pick, 'taste', ({ films }) => films.genres.map(() => liking))),
  activity: fc.tuple(fc.nat(), share).map(([pick, value]) => onAgent(pick, 'activity', () => value)),
  'message-inject': fc.tuple(fc.nat(), fc.nat(), share).map(([from, film, liking]): InterventionPlan => (scenery) => {
    const sender = at(scenery.agents, from) as number;
    const to = scenery.agents.filter((agent) => agent !== sender);
    if (to.length === 0) return null;
    const films = [at(scenery.films.films, film)?.id as number];
    return { key: 'message.inject', value: { from: sender, to, text: 'See it!', films, liking: [liking] } };
  }),
  'message-suppress': fc.nat().map((pick): InterventionPlan => ({ messages }) => {
    const position = at(messages, pick);
    return position === undefined ? null : { key: 'message.suppress', value: position };
  }),
  'film-add': fc
    .tuple(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }), fc.constantFrom(0, 1999), fc.nat())
    .map(([title, year, genre]): InterventionPlan => ({ films }) => ({
      key: 'item.add',
      value: { title: `Film ${title}`, year, genres: [at(films.genres, genre) as string] },
    })),
  'film-remove': fc.nat().map((pick): InterventionPlan => ({ films }) => {
    // Films spoken of in an injected message are looked for from the other end.
    const film = films.films.at(-1 - (pick % 20));
    return film === undefined ? null : { key: 'item.remove', value: film.id };
  }),
};

/** One to four legal interventions of any kinds. */
export function legalInterventions(): fc.Arbitrary<readonly InterventionPlan[]> {
  return fc.array(fc.oneof(...Object.values(legal)), { minLength: 1, maxLength: 4 });
}

/** Faulty plans, kind by kind: each alone is a reason to refuse. */
const faulty: { readonly [K in Change['kind']]: readonly InterventionPlan[] } = {
  config: [
    setting('slate.sise', 3),
    setting('slate', {}),
    setting('slate', { size: 0 }),
    setting('slate.size', 1000),
    setting('recommender', 'nobody'),
    setting('recommender', 5),
    setting('seed', 2),
    setting('mind', { name: 'choice', wit: 7 }),
  ],
  persona: [
    setting('agent.4711.persona.age', 3),
    onAgent(0, 'persona.shoe', () => 3),
    onAgent(0, 'persona.age', () => 'old'),
  ],
  contacts: [
    onAgent(0, 'contacts', (_, id) => [{ agent: id, relation: 'self', closeness: 1 }]),
    onAgent(0, 'contacts', () => [{ agent: 4711, relation: 'friend', closeness: 1 }]),
    onAgent(0, 'contacts', () => 'everybody'),
  ],
  taste: [onAgent(0, 'taste', () => [1]), onAgent(0, 'taste', () => 'good')],
  activity: [onAgent(0, 'activity', () => 7), onAgent(0, 'activity', () => -0.1)],
  'message-inject': [
    setting('message.inject', 'hello'),
    setting('message.inject', { from: 4711, to: [0], text: '' }),
    ({ agents: [id = 0] }) => ({ key: 'message.inject', value: { from: id, to: [id], text: '' } }),
  ],
  'message-suppress': [
    setting('message.suppress', 0),
    setting('message.suppress', 'all'),
    setting('message.suppress', -1),
  ],
  'film-add': [
    setting('item.add', { title: '' }),
    setting('item.add', { title: 'X', year: 'abc' }),
    setting('item.add', { title: 'X', year: -5 }),
    setting('item.add', { title: 'X', people: 5 }),
    setting('item.add', { title: 'X', id: 100_000_000 }),
    setting('item.add', { title: 'X', genres: ['Opera'] }),
    ({ films }) => ({ key: 'item.add', value: { title: 'X', id: films.films[0]?.id as number } }),
  ],
  'film-remove': [setting('item.remove', 4_711_000), setting('item.remove', 'all')],
};

/** A faulty intervention of any kind. */
export function faultyIntervention(): fc.Arbitrary<InterventionPlan> {
  return fc.constantFrom(...Object.values(faulty).flat());
}
