/**
 * Recommenders that learn from the graph of who watched what: how numbers spread over it, and that learning does what
 * it says.
 */
import { describe, expect, test } from '@jest/globals';
import {
  FilmCatalogue,
  type Interactions,
  LuckOf,
  type Model,
  NOBODY,
  type Ranking,
  type Recommender,
  type TrainingRequest,
} from '@rashomon/kernel';
import { asInteractions, createRecommender, evaluate, loadSplit, NOBODY_KNOWN } from '@rashomon/recsys';
import { filmWithId, smallWorlds } from '@rashomon/recsys/testing';
import { assert, property } from 'fast-check';
import { onRealData, realData } from '../../../test/real-data.ts';
import { Adam } from '../src/numerics/adam.ts';
import { dot } from '../src/numerics/dot.ts';
import { plainKernels } from '../src/numerics/plain-kernels.ts';
import { createKernels } from '../src/numerics/wasm-kernels.ts';
import { FactorModel } from '../src/factors/factor-model.ts';
import { type Factors, startingFactors } from '../src/factors/factors.ts';
import { type Histories, historiesOf } from '../src/interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../src/interactions/id-index.ts';
import { spreadFactors } from '../src/factors/interaction-graph.ts';
import { createLightgcn } from '../src/recommenders/lightgcn.ts';
import { LightgcnSystem } from '../src/factors/lightgcn-training.ts';
import { MissedFilms } from '../src/interactions/missed-films.ts';
import { element } from './element.ts';

/** Watches as "agent film" pairs. */
const watches = (...pairs: readonly (readonly [number, number])[]): Interactions =>
  asInteractions({ users: pairs.map(([agent]) => agent), films: pairs.map(([, film]) => film) });

const catalogueOf = (...ids: readonly number[]): FilmCatalogue => new FilmCatalogue(ids.map(filmWithId));

function trained(
  recommender: Recommender,
  request: Pick<TrainingRequest, 'catalogue' | 'interactions'> & Partial<TrainingRequest>,
): FactorModel {
  const count = request.interactions.agents.length;
  const model = recommender.train({
    round: 0,
    count,
    audience: NOBODY_KNOWN,
    previous: null,
    luck: new LuckOf(1, NOBODY, 0),
    ...request,
  });
  if (!(model instanceof FactorModel)) throw new TypeError('this recommender has factors');
  return model;
}

function slate(model: Model, agent: number, count: number, excluded: readonly number[] = []): Ranking {
  const ranking = model.recommend({ agent, count, excluded, luck: new LuckOf(7, agent, 0) });
  if (ranking instanceof Promise) throw new TypeError('this model answers at once');
  return ranking;
}

/** A graph of three agents and four films, the last of which nobody watched. */
const tiny = {
  catalogue: catalogueOf(10, 20, 30, 40),
  interactions: watches([1, 10], [1, 20], [2, 20], [2, 30], [3, 20]),
};
const films = filmIndexOf(tiny.catalogue);
const histories = historiesOf(tiny.interactions, 5, films);
const normal = { dimensions: 4, filmWidth: 4, deviation: 0.5 };
const drawn = (seed: number): Factors =>
  startingFactors({ histories, films }, normal, { before: null, luck: new LuckOf(seed, NOBODY, 0) });

describe('spreading over the graph', () => {
  test('by hand: one layer is the mean of what one is and what neighbours pass on', () => {
    const factors = { users: new Float32Array(12), films: new Float32Array(16) };
    factors.users.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
    factors.films.set([4, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 8, 8, 8, 8]);
    const spread = spreadFactors(createKernels(), histories, { factors, dimensions: 4, layers: 1 });
    const [half, sixth, root3] = [1 / Math.sqrt(2), 1 / Math.sqrt(6), 1 / Math.sqrt(3)];
    const expected = {
      // Agent 1 watched two films: one has one watcher, the other three.
      users: [1 + 4 * half, 0, 0, 6 * sixth, 0, 1, 0, 6 * sixth, 0, 0, 1, 6 * root3],
      films: [4 + half, 0, 0, 0, sixth, sixth, root3, 6, 0, half, 0, 0, 8, 8, 8, 8],
    };
    for (const side of ['users', 'films'] as const)
      expected[side].forEach((value, at) => expect(element(spread[side], at)).toBeCloseTo(value / 2, 5));
  });

  test('over no edge changes nothing, and is symmetric over any number', () => {
    const [a, b] = [drawn(1), drawn(2)];
    const product = (left: Factors, right: Factors): number =>
      dot(left.users, right.users) + dot(left.films, right.films);
    expect(spreadFactors(createKernels(), histories, { factors: a, dimensions: 4, layers: 0 })).toEqual(a);
    for (const layers of [1, 2, 3, 4]) {
      const over = (factors: Factors): Factors =>
        spreadFactors(createKernels(), histories, { factors, dimensions: 4, layers });
      expect(product(over(a), b)).toBeCloseTo(product(a, over(b)), 5);
      expect(product(over(a), b)).not.toBeCloseTo(product(a, b), 2);
    }
  });
});

describe('learning of lightgcn', () => {
  const objective = { factors: 4, layers: 3, regularization: 0.1 };
  const systemFrom = (factors: Factors): LightgcnSystem => {
    const system = new LightgcnSystem(createKernels(), objective, { histories, films, factors });
    system.drawTriples(new LuckOf(5, NOBODY, 0).within('triples'), 0);
    return system;
  };

  test('the gradient is what differences of the loss say', () => {
    const factors = drawn(3);
    const gradient = systemFrom(factors).gradient().slice();
    const step = 0.0078125;
    const lossAt = (at: number, change: number): number => {
      const moved = { users: factors.users.slice(), films: factors.films.slice() };
      const [side, place] = at < 12 ? [moved.users, at] : [moved.films, at - 12];
      side[place] = element(side, place) + change;
      return systemFrom(moved).loss();
    };
    expect(gradient.length).toBe(28);
    gradient.forEach((slope, at) => expect(slope).toBeCloseTo((lossAt(at, step) - lossAt(at, -step)) / (2 * step), 3));
    expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.1);
  });

  test('lowers the loss', () => {
    const system = systemFrom(drawn(4));
    const adam = new Adam(28, 0.05);
    const before = system.loss();
    for (let step = 0; step < 40; step++) system.step(adam);
    expect(system.loss()).toBeLessThan(0.8 * before);
  });

  test('who is new changes nobody else: starts and triples are keyed by id', () => {
    const more = {
      interactions: watches([1, 10], [1, 20], [2, 20], [2, 30], [3, 20], [0, 10]),
      catalogue: tiny.catalogue,
    };
    const known = drawn(6);
    const grown: Histories = historiesOf(more.interactions, 6, films);
    const after = startingFactors({ histories: grown, films }, normal, {
      before: null,
      luck: new LuckOf(6, NOBODY, 0),
    });
    expect(after.films).toEqual(known.films);
    expect(after.users.subarray(4)).toEqual(known.users);
    const other = new IdIndex(Int32Array.of(10, 15, 20, 30, 40));
    const widened = startingFactors({ histories, films: other }, normal, {
      before: { histories, films, factors: known },
      luck: new LuckOf(9, NOBODY, 1),
    });
    expect(widened.users).toEqual(known.users);
    expect([...widened.films.subarray(0, 4), ...widened.films.subarray(8)]).toEqual([...known.films]);
  });
});

test('films that were not watched are the same, looked up or searched for', () => {
  assert(
    property(smallWorlds, ({ catalogue, interactions, seed }) => {
      const index = filmIndexOf(catalogue);
      const all = historiesOf(interactions, interactions.films.length, index);
      const [lookedUp, searched] = [new MissedFilms(all, index.size), new MissedFilms(all, index.size, 0)];
      for (let user = 0; user < all.agents.size; user++) {
        const draws = new LuckOf(seed, user, 0).for('triples');
        const drawnFilms = Array.from({ length: 20 }, (_, number) => lookedUp.draw(user, draws, 16 * number));
        expect(Array.from({ length: 20 }, (_, number) => searched.draw(user, draws, 16 * number))).toEqual(drawnFilms);
        const seen = all.columns.subarray(all.offsets[user], all.offsets[user + 1]);
        expect(drawnFilms.some((film) => seen.includes(film))).toBe(false);
        if (seen.length * 2 < index.size) expect(drawnFilms.filter((film) => film < 0).length).toBeLessThan(2);
      }
    }),
    { numRuns: 40 },
  );
});

describe('lightgcn', () => {
  /** Two crowds with a taste each; agent 0 leans to the first. */
  const crowds = Array.from(
    { length: 120 },
    (_, entry) => [1 + (entry % 12), (entry % 12 < 6 ? 1 : 21) + ((entry * 7) % 10)] as const,
  );
  const catalogue = catalogueOf(...Array.from({ length: 40 }, (_, index) => index + 1));
  const interactions = watches(...crowds, [0, 1], [0, 4], [0, 6]);
  const watched = [0b1010010];
  const short = { factors: 8, layers: 2, epochs: 40, learningRate: 0.05, regularization: 0.001, refreshEpochs: 2 };
  const ofTheFirstCrowd = ({ films: shown }: Ranking): boolean => shown.every((film) => film <= 10);

  test('ranks the films of like-minded agents first, and a stranger gets what most agents watched', () => {
    const model = trained(createLightgcn(short), { catalogue, interactions });
    expect(ofTheFirstCrowd(slate(model, 0, 5, watched))).toBe(true);
    expect(slate(model, 99, 2)).toEqual(
      slate(trained(createRecommender('bpr-mf', { factors: 4, epochs: 1 }), { catalogue, interactions }), 99, 2),
    );
    const crowd = new Set(crowds.filter(([, film]) => film === 1).map(([agent]) => agent)).size + 1;
    expect(model.explain(99, 1)).toEqual([{ crowd, weight: Math.fround(crowd / 13) }]);
  });

  test('goes on learning from the model before, in full again once the watches have multiplied', () => {
    const recommender = createLightgcn(short);
    let model = trained(recommender, { catalogue, interactions, count: 60 });
    const first = model.digest;
    for (let round = 1; round <= 20; round++) {
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
    expect(ofTheFirstCrowd(slate(model, 0, 5, watched))).toBe(true);
    const early = trained(recommender, { catalogue, interactions, count: 20 });
    expect(trained(recommender, { catalogue, interactions, previous: early }).digest).toBe(
      trained(recommender, { catalogue, interactions }).digest,
    );
    const idle = createLightgcn({ ...short, refreshEpochs: 0 });
    expect(
      trained(idle, { catalogue, interactions, previous: model, luck: new LuckOf(9, NOBODY, 1) }).state.factors,
    ).toEqual(model.state.factors);
  });

  test('what the films of an agent pass on, and its own embedding, are the score', () => {
    const model = trained(createLightgcn({ ...short, layers: 3 }), { catalogue, interactions });
    const { factors, histories: all } = model.state;
    const final = spreadFactors(createKernels(), all, { factors, dimensions: 8, layers: 3 });
    for (const agent of [0, 3, 9]) {
      const { films: shown, scores } = slate(model, agent, 40);
      shown.forEach((film, rank) => {
        const own =
          dot(factors.users.subarray(agent * 8, agent * 8 + 8), final.films.subarray((film - 1) * 8, film * 8)) / 4;
        const passedOn = model.explain(agent, film).reduce((sum, { weight }) => sum + weight, 0);
        expect(own + passedOn).toBeCloseTo(element(scores, rank), 4);
      });
    }
  });

  test('plain JavaScript trains the same model, bit for bit, in full and step by step', () => {
    assert(
      property(smallWorlds, (world) => {
        const [fast, plain] = [createKernels(), plainKernels()].map((kernels) => {
          const recommender = createLightgcn({ ...short, epochs: 3 }, kernels);
          const first = trained(recommender, { ...world, count: world.early });
          const second = trained(recommender, { ...world, previous: first });
          return [first.digest, second.digest, ...world.agents.map((agent) => slate(second, agent, 50))];
        });
        expect(plain).toEqual(fast);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['no watches', watches()],
    ['one agent, one film', watches([5, 3])],
    ['somebody who watched everything', watches([5, 1], [5, 2], [5, 3])],
    ['films that nobody watched, and films that are not there', watches([5, 1], [6, 1], [6, 77])],
  ])('%s: more factors than films, finite scores', (_, given) => {
    for (const name of ['lightgcn', 'bpr-mf', 'ials']) {
      const model = trained(createRecommender(name, { factors: 16, epochs: 5 }), {
        catalogue: catalogueOf(1, 2, 3),
        interactions: given,
      });
      for (const agent of [5, 6, 7]) {
        const { films: shown, scores } = slate(model, agent, 9);
        expect(shown.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
        expect(scores.every(Number.isFinite)).toBe(true);
        expect(shown.flatMap((film) => model.explain(agent, film)).every(({ weight }) => Number.isFinite(weight))).toBe(
          true,
        );
      }
    }
  });

  test('a catalogue of one film', () => {
    const model = trained(createLightgcn(short), { catalogue: catalogueOf(8), interactions: watches([1, 8], [2, 8]) });
    expect(slate(model, 1, 3).films).toEqual([8]);
  });

  test('the wildest parameters give finite scores', () => {
    const model = trained(createLightgcn({ ...short, epochs: 300, learningRate: 1, regularization: 0 }), {
      catalogue,
      interactions,
    });
    expect(slate(model, 0, 40).scores.every(Number.isFinite)).toBe(true);
  });
});

onRealData('ml-100k', 'lightgcn on MovieLens 100K, ua.base against ua.test', () => {
  test('after few epochs is already better than matrix factorisation by the same loss', async () => {
    const { split } = loadSplit(realData('ml-100k'), { protocol: 'ua', seed: 1, share: 0.2 });
    const { metrics } = await evaluate(
      createRecommender('lightgcn', { epochs: 50, layers: 2, learningRate: 0.1 }),
      split,
      1,
    );
    expect(metrics['ndcg@10']?.mean).toBeGreaterThan(0.2752);
    expect(metrics['recall@20']?.mean).toBeGreaterThan(0.368);
  });
});
