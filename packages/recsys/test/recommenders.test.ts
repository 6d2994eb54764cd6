/** The contract over every registered recommender, and what each of them promises beyond it. */
import { describe, expect, test } from '@jest/globals';
import {
  FilmCatalogue,
  type Interactions,
  LuckOf,
  type Model,
  NOBODY,
  type Ranking,
  type Recommender,
  setBit,
  type TrainingRequest,
  unrecorded,
} from '@rashomon/kernel';
import {
  asInteractions,
  createRecommender,
  InvalidParameters,
  NOBODY_KNOWN,
  type OwnRecommender,
  ownRecommender,
  recommenders,
  withRandomShare,
} from '@rashomon/recsys';
import { filmWithId, recommenderContract, type RecommenderPromise, smallWorlds } from '@rashomon/recsys/testing';
import { array, assert, asyncProperty, nat, property, tuple } from 'fast-check';
import { plainKernels } from '../src/numerics/plain-kernels.ts';
import { createEase } from '../src/recommenders/ease.ts';
import { historiesOf, transpose } from '../src/interactions/histories.ts';
import { FactorModel } from '../src/factors/factor-model.ts';
import { createIals } from '../src/recommenders/ials.ts';
import { IdIndex } from '../src/interactions/id-index.ts';
import { element } from './element.ts';

const promises: { readonly [name: string]: RecommenderPromise } = { ials: { tolerance: 1e-3 } };
/** Parameters that make the generated worlds interesting: neighbourhoods smaller than the catalogue, short factors. */
const parameters: { readonly [name: string]: { readonly [name: string]: number } } = {
  'item-knn': { neighbours: 4 },
  ials: { factors: 8, epochs: 4, steps: 8, refreshEvery: 2 },
  ease: { regularization: 2 },
  'bpr-mf': { factors: 8, epochs: 3 },
  lightgcn: { factors: 8, layers: 2, epochs: 4, refreshEpochs: 1 },
  multvae: { hidden: 12, factors: 4, epochs: 3, batch: 4, refreshEpochs: 1 },
  social: { neighbours: 4 },
  sasrec: { factors: 8, length: 5, epochs: 3, batch: 4, candidates: 10, refreshEpochs: 1 },
};
/** Others need somebody to answer: packages/replay/test/remote.test.ts. */
const inProcess = recommenders.filter(({ outside }) => !outside);
const popularWithTwoAtRandom = (): Recommender => withRandomShare(createRecommender('popular'), 2);

describe('the contract of a recommender', () => {
  const cases = inProcess.flatMap(({ name }) =>
    recommenderContract(name, () => createRecommender(name, parameters[name]), promises[name]),
  );
  const shared = recommenderContract('popular with 2 at random', popularWithTwoAtRandom, { unranked: 2 });
  test.each([...cases, ...shared].map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('a recommender from elsewhere', () => {
  const example = new URL('../../../examples/own-recommender/neighbour-years.mjs', import.meta.url);
  const exported = async (): Promise<OwnRecommender> =>
    ((await import(example.href)) as { readonly neighbourYears: OwnRecommender }).neighbourYears;

  test('keeps the contract as the ones that are built in', async () => {
    const { create } = await exported();
    for (const { run } of recommenderContract('neighbour-years', () => create({}, unrecorded())))
      await expect(run()).resolves.toBeUndefined();
  });

  test('is known by its name to those who are given it', async () => {
    const known = [...recommenders, ownRecommender(await exported())];
    expect(createRecommender('neighbour-years', {}, { known }).parameters).toEqual({});
    expect(() => createRecommender('neighbour-years', { years: 3 }, { known })).toThrow(/years: 3, expected no such/);
    expect(() => createRecommender('neighbour-years')).toThrow(/expected one of "random"/);
  });
});

/** What is wrong with the parameters; empty if nothing is. */
function faultsOf(name: string, given: { readonly [parameter: string]: number }): readonly unknown[] {
  try {
    createRecommender(name, given);
    return [];
  } catch (error) {
    if (error instanceof InvalidParameters) return error.faults.map(({ path, value }) => [error.code, path, value]);
    throw error;
  }
}

describe('the registry', () => {
  test('makes each recommender with its defaults and tells the parameters in force', () => {
    expect(inProcess.map(({ name }) => [name, createRecommender(name).parameters])).toEqual([
      ['random', {}],
      ['popular', {}],
      ['item-knn', { neighbours: 200 }],
      ['ease', { regularization: 500 }],
      ['ials', { factors: 64, epochs: 12, unobserved: 0.3, regularization: 0.012, steps: 3, refreshEvery: 10 }],
      ['bpr-mf', { factors: 32, epochs: 80, learningRate: 0.02, regularization: 0.02, refreshEpochs: 4, clip: 1e20 }],
      [
        'lightgcn',
        { factors: 64, layers: 2, epochs: 200, learningRate: 0.05, regularization: 0.0015, refreshEpochs: 5 },
      ],
      [
        'multvae',
        {
          hidden: 200,
          factors: 128,
          epochs: 60,
          batch: 100,
          learningRate: 0.002,
          dropout: 0.5,
          anneal: 0.4,
          refreshEpochs: 2,
        },
      ],
      [
        'sasrec',
        {
          factors: 64,
          blocks: 1,
          length: 50,
          epochs: 25,
          batch: 32,
          learningRate: 0.002,
          dropout: 0.2,
          candidates: 512,
          refreshEpochs: 1,
        },
      ],
      ['linucb', { alpha: 0.3, ridge: 1, prior: 10, reward: 'watched' }],
      ['thompson', { alpha: 0.3, ridge: 1, prior: 10, reward: 'watched' }],
      ['content', { popularity: 0.1 }],
      ['social', { weight: 0.5, neighbours: 200 }],
    ]);
    expect(createRecommender('ials', { factors: 32 }).parameters).toMatchObject({ factors: 32, epochs: 12 });
  });

  test('refuses unknown names, unknown parameters and values out of range, all at once', () => {
    expect(faultsOf('svd', {})).toEqual([['INVALID_PARAMETERS', 'name', 'svd']]);
    expect(faultsOf('ials', { factors: 6, steps: 0 })).toEqual([
      ['INVALID_PARAMETERS', 'factors', 6],
      ['INVALID_PARAMETERS', 'steps', 0],
    ]);
    expect(faultsOf('ease', { regularization: 0 })).toEqual([['INVALID_PARAMETERS', 'regularization', 0]]);
    expect(
      faultsOf('bpr-mf', { factors: 2, epochs: 0, learningRate: 0, regularization: -1, refreshEpochs: 0.5 }).length,
    ).toBeGreaterThanOrEqual(5);
    expect(faultsOf('popular', { neighbours: 3 })).toEqual([['INVALID_PARAMETERS', 'neighbours', 3]]);
  });
});

/** Watches as "agent film" pairs. */
const watches = (...pairs: readonly (readonly [number, number])[]): Interactions =>
  asInteractions({ users: pairs.map(([agent]) => agent), films: pairs.map(([, film]) => film) });

const catalogueOf = (...ids: readonly number[]): FilmCatalogue => new FilmCatalogue(ids.map(filmWithId));

function trained(
  recommender: Recommender,
  request: Pick<TrainingRequest, 'catalogue' | 'interactions'> & Partial<TrainingRequest>,
): Model {
  const count = request.interactions.agents.length;
  const model = recommender.train({
    round: 0,
    count,
    audience: NOBODY_KNOWN,
    previous: null,
    luck: new LuckOf(1, NOBODY, 0),
    ...request,
  });
  if (model instanceof Promise) throw new TypeError('this recommender trains at once');
  return model;
}

function explained(model: Model, agent: number, film: number): unknown {
  return model.explain(agent, film, new LuckOf(7, agent, 0));
}

function slate(model: Model, agent: number, count: number, excluded: readonly number[] = [], round = 0): Ranking {
  const ranking = model.recommend({ agent, count, excluded, luck: new LuckOf(7, agent, round) });
  if (ranking instanceof Promise) throw new TypeError('this model answers at once');
  return ranking;
}

describe('random', () => {
  const ids = [2, 3, 5, 7, 11, 13, 17, 19];
  const model = trained(createRecommender('random'), { catalogue: catalogueOf(...ids), interactions: watches() });

  test('every film is as likely at every rank', () => {
    const seen = [0, 1, 2].map(() => new Map<number, number>());
    const slates = 8000;
    for (let agent = 0; agent < slates; agent++)
      slate(model, agent, 3).films.forEach((film, rank) => seen[rank]?.set(film, (seen[rank]?.get(film) ?? 0) + 1));
    for (const counts of seen) {
      // Chi-square with 7 degrees of freedom: 24.3 is passed by chance once in a thousand; luck is keyed, so never by
      // chance again.
      const expected = slates / ids.length;
      const chiSquare = ids.reduce((sum, id) => sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(24.3);
    }
  });

  test('stays uniform over what is left when nearly everything is excluded', () => {
    const many = Array.from({ length: 500 }, (_, index) => index);
    const large = trained(createRecommender('random'), { catalogue: catalogueOf(...many), interactions: watches() });
    const excluded: number[] = [];
    for (const id of many) if (id % 100 !== 0) setBit(excluded, id);
    const counts = new Map<number, number>();
    for (let agent = 0; agent < 2000; agent++)
      for (const film of slate(large, agent, 1, excluded).films) counts.set(film, (counts.get(film) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([0, 100, 200, 300, 400]);
    for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(75);
  });

  test('all of the films are asked for as more than all of them are', () => {
    expect(slate(model, 1, ids.length)).toEqual(slate(model, 1, ids.length + 5));
    expect(slate(model, 1, ids.length).films.toSorted((a, b) => a - b)).toEqual(ids);
  });

  test('a second page of the round brings other films, another round another slate', () => {
    const first = slate(model, 1, 4);
    const excluded: number[] = [];
    for (const film of first.films) setBit(excluded, film);
    expect([...first.films, ...slate(model, 1, 4, excluded).films].sort((a, b) => a - b)).toEqual(ids);
    expect(slate(model, 1, 4, [], 1)).not.toEqual(first);
  });
});

describe('popular', () => {
  test('counts every watch of the catalogue, ties by id', () => {
    const interactions = watches([1, 9], [2, 9], [1, 9], [1, 4], [3, 6], [3, 77]);
    const model = trained(createRecommender('popular'), { catalogue: catalogueOf(4, 6, 8, 9), interactions });
    expect(slate(model, 1, 4)).toEqual({ films: [9, 4, 6, 8], scores: [3, 1, 1, 0] });
  });

  test('trained step by step is trained at once', async () => {
    await assert(
      asyncProperty(smallWorlds, async (world) => {
        const popular = createRecommender('popular');
        const early = trained(popular, { ...world, count: world.early });
        const stepwise = trained(popular, { ...world, previous: early });
        expect(stepwise.digest).toBe(trained(popular, world).digest);
      }),
    );
  });
});

describe('item-knn', () => {
  test('cosines by hand', () => {
    // 1 and 2 together twice, 1 and 3 once; watched 3, 2 and 2 times.
    const interactions = watches([1, 1], [1, 2], [2, 1], [2, 2], [3, 1], [3, 3], [4, 3]);
    const model = trained(createRecommender('item-knn'), { catalogue: catalogueOf(1, 2, 3, 4), interactions });
    expect(slate(model, 4, 3, [0b1000])).toEqual({ films: [1, 2, 4], scores: [Math.fround(1 / Math.sqrt(6)), 0, 0] });
    expect(slate(model, 3, 1, [0b1010])).toEqual({ films: [2], scores: [Math.fround(2 / Math.sqrt(6))] });
    expect(explained(model, 3, 2)).toEqual([{ film: 1, weight: Math.fround(2 / Math.sqrt(6)) }]);
  });

  test('only the nearest films of a film speak for it, ties by id', () => {
    const interactions = watches([1, 1], [1, 2], [1, 3], [2, 1], [2, 3], [3, 2]);
    const model = trained(createRecommender('item-knn', { neighbours: 1 }), {
      catalogue: catalogueOf(1, 2, 3),
      interactions,
    });
    // The nearest of 2 are 1 and 3 alike: 1 has the lower id.
    expect(explained(model, 2, 2)).toMatchObject([{ film: 1 }]);
  });

  test('a stranger gets what most agents watched', () => {
    const interactions = watches([1, 1], [1, 2], [2, 2], [2, 2]);
    const model = trained(createRecommender('item-knn'), { catalogue: catalogueOf(1, 2, 3), interactions });
    expect(slate(model, 9, 3)).toEqual({ films: [2, 1, 3], scores: [1, 0.5, 0] });
  });
});

describe('ials', () => {
  /** Two crowds with a taste each; agent 0 leans to the first. */
  const crowds = Array.from(
    { length: 60 },
    (_, entry) => [1 + (entry % 12), (entry % 12 < 6 ? 1 : 21) + ((entry * 7) % 10)] as const,
  );
  const catalogue = catalogueOf(...Array.from({ length: 40 }, (_, index) => index + 1));
  const interactions = watches(...crowds, [0, 1], [0, 4]);

  test('ranks the films of like-minded agents first', () => {
    const model = trained(createRecommender('ials', { factors: 8 }), { catalogue, interactions });
    expect(slate(model, 0, 5, [0b10010]).films.every((film) => film <= 10)).toBe(true);
  });

  test('plain JavaScript trains the same model, bit for bit, in full and step by step', async () => {
    const given = { factors: 12, epochs: 3, unobserved: 0.3, regularization: 0.01, steps: 3, refreshEvery: 2 };
    await assert(
      asyncProperty(smallWorlds, async (world) => {
        const [fast, plain] = [createIals(given), createIals(given, plainKernels())].map((recommender) => {
          const first = trained(recommender, { ...world, count: world.early });
          const second = trained(recommender, { ...world, previous: first });
          return [first.digest, second.digest, trained(recommender, { ...world, previous: second }).digest];
        });
        expect(plain).toEqual(fast);
      }),
      { numRuns: 30 },
    );
  });

  test('trained watch by watch it ranks as a full training does', () => {
    const recommender = createRecommender('ials', { factors: 8 });
    let model = trained(recommender, { catalogue, interactions, count: 20 });
    for (let count = 21; count <= interactions.agents.length; count++)
      model = trained(recommender, { catalogue, interactions, count, previous: model });
    expect(model.digest).not.toBe(trained(recommender, { catalogue, interactions }).digest);
    expect(slate(model, 0, 5, [0b10010]).films.every((film) => film <= 10)).toBe(true);
  });

  test('a first model of nothing is followed by one of something', () => {
    const recommender = createRecommender('ials', { factors: 8 });
    const empty = trained(recommender, { catalogue, interactions, count: 0 });
    expect(slate(empty, 0, 3)).toEqual({ films: [1, 2, 3], scores: [0, 0, 0] });
    const next = trained(recommender, { catalogue, interactions, previous: empty });
    expect(slate(next, 0, 5, [0b10010]).films.every((film) => film <= 10)).toBe(true);
  });

  test('a model of other dimensions is not loaded', () => {
    const bytes = trained(createRecommender('ials', { factors: 8 }), { catalogue, interactions }).toBytes();
    expect(() => createRecommender('ials', { factors: 16 }).load(bytes, catalogue)).toThrow(
      'model of 8 dimensions, expected 16',
    );
  });
});

describe('ease', () => {
  test('weights by hand', () => {
    // X = [[1, 1], [1, 0]]: XᵀX + 1 = [[3, 1], [1, 2]], P = [[2, -1], [-1, 3]] / 5.
    const interactions = watches([1, 1], [1, 2], [2, 1]);
    const model = trained(createRecommender('ease', { regularization: 1 }), {
      catalogue: catalogueOf(1, 2, 3),
      interactions,
    });
    expect(slate(model, 2, 3)).toEqual({ films: [2, 1, 3], scores: [Math.fround(1 / 3), 0, 0] });
    expect(slate(model, 1, 2, [0b1000])).toEqual({ films: [1, 2], scores: [0.5, Math.fround(1 / 3)] });
    expect(explained(model, 1, 1)).toEqual([{ film: 2, weight: 0.5 }]);
    expect(explained(model, 1, 3)).toEqual([]);
    expect(explained(model, 1, 77)).toEqual([]);
  });

  test('plain JavaScript has the same weights, bit for bit', async () => {
    const given = { regularization: 3 };
    await assert(
      asyncProperty(smallWorlds, async (world) => {
        const [fast, plain] = [createEase(given), createEase(given, plainKernels())].map((recommender) => {
          const model = trained(recommender, world);
          return world.agents.map((agent) => slate(model, agent, 50));
        });
        expect(plain).toEqual(fast);
      }),
      { numRuns: 30 },
    );
  });

  test('the bytes are of the histories, not of the weights, and are refused under another regularization', () => {
    const films = Array.from({ length: 300 }, (_, id) => id);
    const model = trained(createRecommender('ease'), {
      catalogue: catalogueOf(...films),
      interactions: watches(...films.map((film) => [film % 7, film] as const)),
    });
    expect(model.toBytes().length).toBeLessThan(3000);
    expect(() => createRecommender('ease', { regularization: 1 }).load(model.toBytes(), catalogueOf(...films))).toThrow(
      'model of regularization 500, expected 1',
    );
  });
});

describe('bpr-mf', () => {
  /** Two crowds with a taste each; agent 0 leans to the first. */
  const crowds = Array.from(
    { length: 120 },
    (_, entry) => [1 + (entry % 12), (entry % 12 < 6 ? 1 : 21) + ((entry * 7) % 10)] as const,
  );
  const catalogue = catalogueOf(...Array.from({ length: 40 }, (_, index) => index + 1));
  const interactions = watches(...crowds, [0, 1], [0, 4], [0, 6]);
  const watched = [0b1010010];

  test('ranks the films of like-minded agents first, and a stranger gets what most agents watched', () => {
    const model = trained(
      createRecommender('bpr-mf', { factors: 8, epochs: 100, learningRate: 0.05, regularization: 0.01 }),
      { catalogue, interactions },
    );
    expect(slate(model, 0, 5, watched).films.every((film) => film <= 10)).toBe(true);
    expect(slate(model, 99, 1).films).toEqual([1]);
  });

  test('what the films of an agent add is near the score without the bias of the film', () => {
    const model = trained(
      createRecommender('bpr-mf', { factors: 8, epochs: 100, learningRate: 0.05, regularization: 0.01 }),
      { catalogue, interactions },
    );
    if (!(model instanceof FactorModel)) throw new TypeError('bpr-mf has factors');
    const { films, scores } = slate(model, 5, 40);
    const differences = films.map((film, rank) => {
      const bias = element(model.state.factors.films, (film - 1) * 12 + 8);
      return model.explain(5, film).reduce((sum, { weight }) => sum + weight, 0) - (element(scores, rank) - bias);
    });
    const range = element(scores, 0) - element(scores, 39);
    // Agent 5 watched five films, which span five of eight dimensions.
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(range / 4);
  });

  test('goes on learning from the model before', () => {
    const recommender = createRecommender('bpr-mf', {
      factors: 8,
      epochs: 100,
      learningRate: 0.05,
      regularization: 0.01,
      refreshEpochs: 2,
    });
    let model = trained(recommender, { catalogue, interactions, count: 60 });
    const first = model.digest;
    for (let round = 1; round <= 100; round++) {
      const count = Math.min(interactions.agents.length, 60 + 10 * round);
      model = trained(recommender, {
        catalogue,
        interactions,
        count,
        previous: model,
        round,
        luck: new LuckOf(1, NOBODY, round),
      });
    }
    expect(model.digest).not.toBe(first);
    expect(slate(model, 0, 5, watched).films.every((film) => film <= 10)).toBe(true);
    // Without refreshing epochs only who and what is new changes.
    const idle = createRecommender('bpr-mf', { factors: 8, epochs: 3, refreshEpochs: 0 });
    const before = trained(idle, { catalogue, interactions });
    expect(
      slate(trained(idle, { catalogue, interactions, previous: before, luck: new LuckOf(9, NOBODY, 1) }), 3, 9),
    ).toEqual(slate(before, 3, 9));
  });

  test('starts from other luck, and in full once the watches have multiplied', () => {
    const recommender = createRecommender('bpr-mf', { factors: 8, epochs: 2 });
    const whole = trained(recommender, { catalogue, interactions });
    expect(trained(recommender, { catalogue, interactions, luck: new LuckOf(2, NOBODY, 0) }).digest).not.toBe(
      whole.digest,
    );
    const early = trained(recommender, { catalogue, interactions, count: 20 });
    expect(trained(recommender, { catalogue, interactions, previous: early }).digest).toBe(whole.digest);
  });

  test('somebody who watched everything has nothing to learn from', () => {
    const all = catalogueOf(1, 2, 3);
    const model = trained(createRecommender('bpr-mf', { factors: 4 }), {
      catalogue: all,
      interactions: watches([1, 1], [1, 2], [1, 3]),
    });
    expect(slate(model, 1, 3).films.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  test('the wildest parameters give finite scores', () => {
    const model = trained(
      createRecommender('bpr-mf', { factors: 4, epochs: 500, learningRate: 1, regularization: 0 }),
      { catalogue, interactions },
    );
    expect(slate(model, 0, 40).scores.every(Number.isFinite)).toBe(true);
  });
});

describe('a random share', () => {
  const ids = Array.from({ length: 30 }, (_, index) => index + 1);
  const interactions = watches(...ids.flatMap((id) => Array.from({ length: id }, (_, agent) => [agent, id] as const)));
  const request = { catalogue: catalogueOf(...ids), interactions };

  test('fills the last ranks, each of the other films as likely', () => {
    const model = trained(withRandomShare(createRecommender('popular'), 2), request);
    const counts = new Map<number, number>();
    for (let agent = 0; agent < 3000; agent++) {
      const { films, scores } = slate(model, agent, 5);
      expect(films.slice(0, 3)).toEqual([30, 29, 28]);
      expect(scores).toEqual([30, 29, 28, 0, 0]);
      for (const film of films.slice(3)) counts.set(film, (counts.get(film) ?? 0) + 1);
    }
    const expected = 6000 / 27;
    const chiSquare = ids.slice(0, 27).reduce((sum, id) => sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(27);
    // 26 degrees of freedom: 54.1 once in a thousand.
    expect(chiSquare).toBeLessThan(54.1);
  });

  test('of 0 is the recommender itself, of more than the slate is all of it', () => {
    const popular = createRecommender('popular');
    expect(withRandomShare(popular, 0)).toBe(popular);
    expect(slate(trained(withRandomShare(popular, 9), request), 3, 4).scores).toEqual([0, 0, 0, 0]);
    expect(() => withRandomShare(popular, -1)).toThrow(RangeError);
    expect(() => withRandomShare(popular, 0.5)).toThrow(RangeError);
  });

  test('is no part of the model: digest, bytes and parameters are those of the recommender', () => {
    const popular = createRecommender('popular');
    const [plain, shared] = [popular, withRandomShare(popular, 2)].map((recommender) => trained(recommender, request));
    expect(shared?.digest).toBe(plain?.digest);
    expect(shared?.toBytes()).toEqual(plain?.toBytes());
    expect(withRandomShare(popular, 2).parameters).toEqual(popular.parameters);
  });
});

test('models load from a Buffer that is part of a larger one', () => {
  const interactions = watches([1, 1], [1, 2], [2, 2]);
  const catalogue = catalogueOf(1, 2, 3);
  for (const { name } of inProcess) {
    const recommender = createRecommender(name);
    const model = trained(recommender, { catalogue, interactions });
    const bytes = Buffer.concat([Buffer.from('before'), model.toBytes()]).subarray(6);
    expect(recommender.load(bytes, catalogue).digest).toBe(model.digest);
  }
});

describe('histories', () => {
  const pairs = array(tuple(nat({ max: 20 }), nat({ max: 30 })), { maxLength: 80 });

  test('are the distinct films of each agent, ascending; turned around twice they are themselves', () => {
    assert(
      property(pairs, (list) => {
        const films = new IdIndex(Int32Array.from({ length: 15 }, (_, index) => 2 * index));
        const interactions = watches(...list);
        const histories = historiesOf(interactions, list.length, films);
        const agents = [...new Set(list.map(([agent]) => agent))].sort((a, b) => a - b);
        expect([...histories.agents.ids]).toEqual(agents);
        agents.forEach((agent, row) => {
          const watched = list
            .filter(([who, film]) => who === agent && film % 2 === 0 && film < 30)
            .map(([, film]) => film / 2);
          const columns = histories.columns.subarray(histories.offsets[row], histories.offsets[row + 1]);
          expect([...columns]).toEqual([...new Set(watched)].sort((a, b) => a - b));
        });
        const { offsets, columns } = transpose(transpose(histories, films.size), agents.length);
        expect([offsets, columns]).toEqual([histories.offsets, histories.columns]);
      }),
    );
  });

  test('ids may be large', () => {
    const index = IdIndex.among([5_000_000_00, 7, 5_000_000_00], 3);
    expect([...index.ids]).toEqual([7, 500_000_000]);
    expect([index.indexOf(500_000_000), index.indexOf(7), index.indexOf(8)]).toEqual([1, 0, -1]);
  });
});
