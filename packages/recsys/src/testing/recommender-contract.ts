/**
 * What every recommender must do, as cases that any test runner can run:
 * `for (const { name, run } of recommenderContract('mine', make)) test(name, run)`.
 * Each case is tried on generated worlds (small-world.ts) and throws with the smallest that breaks it.
 */
import {
  type Bits,
  type Contribution,
  FilmCatalogue,
  hasBit,
  LuckOf,
  type Model,
  NOBODY,
  type Ranking,
  type Recommender,
  setBit,
  type TrainingRequest,
} from '@rashomon/kernel';
import { assert, asyncProperty } from 'fast-check';
import { filmWithId, type SmallWorld, smallWorlds } from './small-world.ts';

export interface ContractCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

export interface RecommenderPromise {
  /** The last ranks of a slate that no score orders. */
  readonly unranked?: number;
  /** How far exact contributions may be from the score that they sum to; 1e-5 by default. */
  readonly tolerance?: number;
  /** Worlds to try; 60 by default. */
  readonly runs?: number;
}

const SLATE = 6;

function check(holds: boolean, promise: string, detail: unknown): void {
  if (!holds) throw new Error(`${promise}: ${JSON.stringify(detail)}`);
}

function same(actual: unknown, expected: unknown, promise: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${promise}: ${is} is not ${should}`);
}

function trainingOf(world: SmallWorld, count: number, previous: Model | null): TrainingRequest {
  const round = previous === null ? 0 : 1;
  return {
    round,
    catalogue: world.catalogue,
    interactions: world.interactions,
    count,
    audience: world.audienceAfter(count),
    previous,
    luck: new LuckOf(world.seed, NOBODY, round),
  };
}

/** A model after a first and one after a second training. */
async function trainTwice(recommender: Recommender, world: SmallWorld): Promise<readonly [Model, Model]> {
  const first = await recommender.train(trainingOf(world, world.early, null));
  const second = await recommender.train(trainingOf(world, world.interactions.agents.length, first));
  return [first, second];
}

/** What the agent watched, as the loop excludes it. */
function watchedBy(world: SmallWorld, agent: number): Bits {
  const bits: number[] = [];
  world.interactions.agents.forEach((watcher, entry) => {
    if (watcher === agent) setBit(bits, world.interactions.films[entry] as number);
  });
  return bits;
}

async function slateFor(
  model: Model,
  world: SmallWorld,
  agent: number,
  excluded: Bits = watchedBy(world, agent),
): Promise<Ranking> {
  return model.recommend({ agent, count: SLATE, excluded, luck: luckIn(world, agent) });
}

/** The luck of every slate that is asked for here. */
function luckIn({ seed }: SmallWorld, agent: number): LuckOf {
  return new LuckOf(seed, agent, 1);
}

/** Everything that a model answers about a world. */
async function answersOf(model: Model, world: SmallWorld): Promise<unknown> {
  const slates = await Promise.all(world.agents.map((agent) => slateFor(model, world, agent)));
  const explanations = await Promise.all(
    world.agents.flatMap((agent, index) =>
      (slates[index] as Ranking).films
        .slice(0, 2)
        .map(async (film) => model.explain(agent, film, luckIn(world, agent))),
    ),
  );
  return { digest: model.digest, count: model.count, slates, explanations };
}

function checkSlate({ films, scores }: Ranking, world: SmallWorld, excluded: Bits): void {
  const eligible = world.catalogue.films.filter(({ id }) => !hasBit(excluded, id)).length;
  check(films.length === Math.min(SLATE, eligible), 'a slate is as long as asked for, or as films are eligible', {
    films,
    eligible,
  });
  check(scores.length === films.length, 'each film has a score', { films, scores });
  check(new Set(films).size === films.length, 'a film stands on a slate once', films);
  check(
    films.every((film) => world.catalogue.film(film) !== undefined),
    'films are of the catalogue',
    films,
  );
  check(!films.some((film) => hasBit(excluded, film)), 'excluded films are not on the slate', films);
  check(
    scores.every((score) => Number.isFinite(score) && Math.fround(score) === score),
    'scores are 32-bit floats',
    scores,
  );
}

function checkEmpty({ films, scores }: Ranking): void {
  check(films.length === 0 && scores.length === 0, 'there is nothing to show', { films, scores });
}

function checkOrder({ films, scores }: Ranking, unranked: number): void {
  const ranked = Math.min(films.length, SLATE - unranked);
  for (let rank = 1; rank < ranked; rank++) {
    const [before, score] = [scores[rank - 1] as number, scores[rank] as number];
    const inOrder = before > score || (before === score && (films[rank - 1] as number) < (films[rank] as number));
    check(inOrder, 'best first, ties by id', { films, scores });
  }
}

function checkContributions(contributions: readonly Contribution[], agent: number, world: SmallWorld): void {
  const watched = watchedBy(world, agent);
  const known = world.audienceAfter(0).get(agent)?.contacts ?? [];
  const films = contributions.flatMap((each) => ('film' in each ? [each.film] : []));
  const friends = contributions.flatMap((each) => ('friend' in each ? [each.friend] : []));
  check(
    films.every((film) => hasBit(watched, film)),
    'contributions are of watched films',
    contributions,
  );
  check(
    friends.every((friend) => known.some((contact) => contact.agent === friend)),
    'friends are contacts',
    contributions,
  );
  check(
    new Set(films).size === films.length && new Set(friends).size === friends.length,
    'each film and each friend once',
    contributions,
  );
  check(
    contributions.every(({ weight }) => Number.isFinite(weight)),
    'weights are numbers',
    contributions,
  );
  const magnitudes = contributions.map(({ weight }) => Math.abs(weight));
  check(
    magnitudes.every((magnitude, index) => index === 0 || magnitude <= (magnitudes[index - 1] as number)),
    'largest first',
    contributions,
  );
}

type Attempt = (recommender: Recommender, world: SmallWorld, promise: RecommenderPromise) => Promise<void>;

const EXPLANATIONS =
  'explanations name what the agent watched and whom it knows, largest first, ' +
  'and sum to the score where they are exact';

const attempts: { readonly [promise: string]: Attempt } = {
  async 'the same request gives the same bits'(recommender, world) {
    const [, once] = await trainTwice(recommender, world);
    const [, again] = await trainTwice(recommender, world);
    same(await answersOf(again, world), await answersOf(once, world), 'trained again');
    same(await answersOf(once, world), await answersOf(once, world), 'asked again');
  },

  async 'slates hold eligible films of the catalogue, each once, best first, ties by id'(
    recommender,
    world,
    { unranked = 0 },
  ) {
    for (const model of await trainTwice(recommender, world)) {
      for (const agent of world.agents) {
        for (const excluded of [[], watchedBy(world, agent)]) {
          const slate = await slateFor(model, world, agent, excluded);
          checkSlate(slate, world, excluded);
          checkOrder(slate, unranked);
        }
      }
    }
  },

  async 'a slate of no films is empty, and so is one where everything is excluded'(recommender, world) {
    const [, model] = await trainTwice(recommender, world);
    const all: number[] = [];
    for (const { id } of world.catalogue.films) setBit(all, id);
    for (const agent of world.agents) {
      checkEmpty(await model.recommend({ agent, count: 0, excluded: [], luck: new LuckOf(0, agent, 0) }));
      checkEmpty(await slateFor(model, world, agent, all));
    }
  },

  async 'a loaded model answers as the one that was saved'(recommender, world) {
    for (const model of await trainTwice(recommender, world)) {
      const bytes = model.toBytes();
      const loaded = recommender.load(bytes.slice(), world.catalogue);
      same(await answersOf(loaded, world), await answersOf(model, world), 'loaded');
      same(Array.from(loaded.toBytes()), Array.from(bytes), 'saved again');
    }
  },

  async 'training goes on from a loaded model with the same bits'(recommender, world) {
    const [first, second] = await trainTwice(recommender, world);
    const loaded = recommender.load(first.toBytes().slice(), world.catalogue);
    const after = await recommender.train(trainingOf(world, second.count, loaded));
    same(await answersOf(after, world), await answersOf(second, world), 'trained from a loaded model');
    const third = await recommender.train(trainingOf(world, second.count, second));
    const again = await recommender.train(
      trainingOf(world, second.count, recommender.load(second.toBytes().slice(), world.catalogue)),
    );
    same(await answersOf(again, world), await answersOf(third, world), 'trained from a loaded model once more');
  },

  async 'only the first entries of the lists count, and nothing of the lists is kept'(recommender, world) {
    const { agents, films, ratings, rounds, positions } = world.interactions;
    const growing = {
      agents: [...agents],
      films: [...films],
      ratings: [...ratings],
      rounds: [...rounds],
      positions: [...positions],
    };
    const model = await recommender.train({ ...trainingOf(world, world.early, null), interactions: growing });
    growing.agents.length = growing.films.length = 0;
    growing.agents.push(...agents.slice(0, world.early));
    growing.films.push(...films.slice(0, world.early));
    const again = await recommender.train({ ...trainingOf(world, world.early, null), interactions: growing });
    same(await answersOf(model, world), await answersOf(again, world), 'without the entries after count');
  },

  async 'a film that leaves is gone, a film that comes may be shown'(recommender, world) {
    const first = await recommender.train(trainingOf(world, world.early, null));
    const [gone] = world.catalogue.films;
    const come = filmWithId(401);
    const catalogue = new FilmCatalogue([...world.catalogue.films.slice(1), come]);
    const changed = { ...world, catalogue };
    const model = await recommender.train(trainingOf(changed, world.interactions.agents.length, first));
    for (const agent of world.agents) {
      const { films } = await model.recommend({ agent, count: 1000, excluded: [], luck: new LuckOf(0, agent, 2) });
      check(
        films.length === catalogue.size && !films.includes(gone?.id ?? -1) && films.includes(come.id),
        'films of the new catalogue',
        films,
      );
    }
  },

  async [EXPLANATIONS](recommender, world, { tolerance = 1e-5 }) {
    const [, model] = await trainTwice(recommender, world);
    for (const agent of world.agents) {
      const { films, scores, drawn = [] } = await slateFor(model, world, agent, []);
      for (const [rank, film] of films.entries()) {
        const contributions = await model.explain(agent, film, luckIn(world, agent));
        checkContributions(contributions, agent, world);
        if (model.explains === 'nothing') check(contributions.length === 0, 'nothing is explained', contributions);
        if (model.explains !== 'exact' || drawn.includes(film)) continue;
        const sum = contributions.reduce((total, { weight }) => total + weight, 0);
        check(Math.abs(sum - (scores[rank] as number)) <= tolerance, 'contributions sum to the score', {
          film,
          sum,
          score: scores[rank],
        });
      }
    }
  },

  async 'broken bytes are refused with the code MALFORMED_BYTES'(recommender, world) {
    const [, model] = await trainTwice(recommender, world);
    const bytes = model.toBytes();
    const broken = [
      bytes.slice(0, -1),
      Uint8Array.from([...bytes, 0]),
      Uint8Array.from([255, ...bytes.slice(1)]),
      new Uint8Array(0),
    ];
    for (const one of broken) {
      let outcome: unknown = 'was loaded';
      try {
        recommender.load(one, world.catalogue);
      } catch (error) {
        outcome = error;
      }
      check(
        outcome instanceof Error && 'code' in outcome && outcome.code === 'MALFORMED_BYTES',
        'broken bytes are refused',
        String(outcome),
      );
    }
  },
};

/** @param make a fresh recommender; cases do not share one */
export function recommenderContract(
  name: string,
  make: () => Recommender,
  promise: RecommenderPromise = {},
): readonly ContractCase[] {
  return Object.entries(attempts).map(([promised, attempt]) => ({
    name: `${name}: ${promised}`,
    run: () =>
      assert(
        asyncProperty(smallWorlds, (world) => attempt(make(), world, promise)),
        { numRuns: promise.runs ?? 60 },
      ),
  }));
}
