/**
 * What learns by gradients in layers: the slopes against finite differences, the same bits without WebAssembly, and
 * that it learns.
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
import { asInteractions, createRecommender, NOBODY_KNOWN } from '@rashomon/recsys';
import { filmWithId, smallWorlds } from '@rashomon/recsys/testing';
import { assert, asyncProperty } from 'fast-check';
import { drawDropout, droppedShare, tanh } from '../src/neural/activations.ts';
import { drawnBatches } from '../src/neural/drawn-batches.ts';
import { candidatesMax, drawCandidates, SampledSoftmax } from '../src/neural/sampled-softmax.ts';
import { type LearntWeights, startingWeights, type WeightShapes } from '../src/neural/weights.ts';
import { Workspace } from '../src/neural/workspace.ts';
import { plainKernels } from '../src/numerics/plain-kernels.ts';
import { createKernels } from '../src/numerics/wasm-kernels.ts';
import { historiesOf } from '../src/interactions/histories.ts';
import { IdIndex } from '../src/interactions/id-index.ts';
import { createMultVae } from '../src/recommenders/multvae.ts';
import { type VaeBatch, VaeNetwork, vaeShapes } from '../src/neural/multvae-network.ts';
import { learnVae } from '../src/neural/multvae-training.ts';
import { createSasRec } from '../src/recommenders/sasrec.ts';
import { type SasRecBatch, SasRecNetwork, sasRecShapes } from '../src/neural/sasrec-network.ts';
import { learnSasRec } from '../src/neural/sasrec-training.ts';
import { sequencesOf } from '../src/interactions/sequences.ts';
import { element } from './element.ts';

const luck = new LuckOf(5, NOBODY, 0);
const numbered = (count: number): IdIndex => new IdIndex(Int32Array.from({ length: count }, (_, id) => id));

/** Numbers around 0, the same for the same seed. */
function normals(seed: number, size: number): Float32Array {
  const draws = new LuckOf(seed, NOBODY, 0);
  return Float32Array.from({ length: size }, (_, number) => draws.for('training').normal(number));
}

/** ε: small beside the bends of relu and large beside the rounding of 32-bit floats. */
const STEP = 0.003;

/**
 * Holds the slopes of each weight to (loss(w + εv) - loss(w - εv)) / 2ε, for v along the slopes and for v in a
 * direction of no meaning.
 * @param slopesOf fills the slopes and gives the loss
 */
function checkSlopes<Name extends string>(
  weights: LearntWeights<Name>,
  names: readonly Name[],
  slopesOf: () => number,
): void {
  slopesOf();
  const slopes = weights.slopes.slice();
  const start = weights.values.slice();
  for (const [index, name] of names.entries()) {
    const own = weights.layout.of(slopes, name);
    for (const direction of [own, normals(index, own.length)]) {
      const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
      expect(`${name} ${length > 0}`).toBe(`${name} true`);
      const lossAt = (distance: number): number => {
        weights.values.set(start);
        const moved = weights.layout.of(weights.values, name);
        direction.forEach((value, at) => (moved[at] = element(moved, at) + (distance * value) / length));
        return slopesOf();
      };
      const measured = (lossAt(STEP) - lossAt(-STEP)) / (2 * STEP);
      const claimed = own.reduce((sum, slope, at) => sum + slope * element(direction, at), 0) / length;
      if (!(Math.abs(measured - claimed) <= 0.01 * Math.abs(claimed) + 3e-4))
        expect([name, measured]).toEqual([name, claimed]);
    }
  }
  weights.values.set(start);
}

/** Weights that are all at work: those that start at 0 or 1 too. */
function shaken(shapes: WeightShapes, films: number): Float32Array {
  const start = startingWeights(shapes, numbered(films), { before: null, luck });
  const shake = normals(9, start.length);
  return start.map((value, at) => value + 0.2 * element(shake, at));
}

/** Agents with the films they watch, one after the other. */
const watches = (...rows: readonly (readonly number[])[]): Interactions =>
  asInteractions({ users: rows.flatMap((films, agent) => films.map(() => agent)), films: rows.flat() });

const catalogueOf = (count: number): FilmCatalogue =>
  new FilmCatalogue(Array.from({ length: count }, (_, id) => filmWithId(id)));

function trained(
  recommender: Recommender,
  request: Pick<TrainingRequest, 'catalogue' | 'interactions'> & Partial<TrainingRequest>,
): Model {
  const model = recommender.train({
    round: 0,
    count: request.interactions.agents.length,
    audience: NOBODY_KNOWN,
    previous: null,
    luck,
    ...request,
  });
  if (model instanceof Promise) throw new TypeError('this recommender trains at once');
  return model;
}

function slate(model: Model, agent: number, count: number, excluded: readonly number[] = []): Ranking {
  const ranking = model.recommend({ agent, count, excluded, luck });
  if (ranking instanceof Promise) throw new TypeError('this model answers at once');
  return ranking;
}

describe('layers', () => {
  test("tanh is the engine's to 1e-15 of itself", () => {
    for (let x = -25; x <= 25; x += 0.0137)
      expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThanOrEqual(3e-15 * Math.abs(Math.tanh(x)));
    for (const x of [0, 1e-300, 1e-9, 9.9e-5, 1.01e-4, 1e-3])
      expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThanOrEqual(1e-12 * x);
    expect([tanh(1e300), tanh(-1e300)]).toEqual([1, -1]);
  });

  test('dropout keeps the mean and drops the share asked for, to a 256th', () => {
    const factors = new Float32Array(40_001);
    drawDropout(factors, 0.3, { draws: luck.for('dropout'), first: 0 });
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
    expect(droppedShare(0.3)).toBe(77 / 256);
    expect(Math.abs(mean - 1)).toBeLessThan(0.015);
    expect([...new Set(factors)].sort((a, b) => a - b)).toEqual([0, Math.fround(256 / 179)]);
    drawDropout(factors, 0, { draws: luck.for('dropout'), first: 0 });
    expect(factors.every((factor) => factor === 1)).toBe(true);
  });

  test('batches take each once, in the order of the keys', () => {
    expect(drawnBatches([4, 1, 3, 2, 0], 2, (item) => -item)).toEqual([[4, 3], [2, 1], [0]]);
    expect(drawnBatches([], 2, () => 0)).toEqual([]);
  });

  test('weights of a film go where the film goes, and a new film changes no other', () => {
    const shapes: WeightShapes = {
      films: { rows: 'films', columns: 3, deviation: 1 },
      shared: { rows: 2, columns: 2, deviation: 1 },
    };
    const of = (ids: readonly number[]): IdIndex => new IdIndex(Int32Array.from(ids));
    const first = startingWeights(shapes, of([3, 5]), { before: null, luck });
    expect([...startingWeights(shapes, of([3, 4, 5]), { before: null, luck })].toSpliced(3, 3)).toEqual([
      ...first.subarray(0, 6),
      0,
      0,
      0,
      ...first.subarray(8),
    ]);
    const known = first.map((value) => value + 1);
    const next = startingWeights(shapes, of([5, 7]), {
      before: { films: of([3, 5]), weights: known },
      luck: new LuckOf(6, NOBODY, 1),
    });
    expect([...next.subarray(0, 3), ...next.subarray(8)]).toEqual([...known.subarray(3, 6), ...known.subarray(8)]);
    expect(next.subarray(3, 6).some((value) => value === 0)).toBe(false);
  });
});

describe('the sampled softmax', () => {
  const [films, width] = [30, 4];
  const targets = Int32Array.of(3, 29, 3);
  const hidden = normals(1, 3 * width).map((value) => value / 2);
  const rows = normals(2, films * width).map((value) => value / 2);

  /** The loss of three rows, and its slopes by them, among these candidates. */
  function named(candidates: Int32Array): { readonly loss: number; readonly slopes: Float32Array } {
    const space = new Workspace(createKernels());
    const matrices = {
      hidden: space.matrix(3, width),
      slopeHidden: space.matrix(3, width),
      films: space.matrix(films, width),
      slopeFilms: space.matrix(films, width),
    };
    const softmax = new SampledSoftmax(space, { rows: 3, width, candidates: films });
    space.open();
    space.floats(matrices.hidden).set(hidden);
    space.floats(matrices.films).set(rows);
    space.floats(matrices.slopeFilms).fill(0);
    return {
      loss: softmax.slopesOf({ targets, candidates }, matrices),
      slopes: space.floats(matrices.slopeHidden).slice(),
    };
  }

  test('over all films is the softmax', () => {
    const logit = (row: number, film: number): number =>
      [0, 1, 2, 3].reduce((sum, k) => sum + element(hidden, row * width + k) * element(rows, film * width + k), 0);
    let loss = 0;
    targets.forEach((target, row) => {
      const powers = Array.from({ length: films }, (_, film) => Math.exp(logit(row, film)));
      loss -= Math.log(element(powers, target) / powers.reduce((sum, power) => sum + power, 0)) / 3;
    });
    expect(Math.abs(named(Int32Array.from({ length: films }, (_, film) => film)).loss - loss)).toBeLessThan(1e-5);
  });

  test('over samples is it on average, nearly', () => {
    const all = named(Int32Array.from({ length: films }, (_, film) => film));
    const slopes = new Float64Array(all.slopes.length);
    const samples = 2000;
    let loss = 0;
    for (let sample = 0; sample < samples; sample++) {
      const one = named(drawCandidates(numbered(films).ids, 15, new LuckOf(8, sample, 0).for('candidates')));
      loss += one.loss / samples;
      one.slopes.forEach((slope, at) => (slopes[at] = element(slopes, at) + slope / samples));
    }
    // The logarithm of an unbiased sum is a little low.
    expect(Math.abs(loss - all.loss)).toBeLessThan(0.05 * all.loss);
    all.slopes.forEach((slope, at) => expect(Math.abs(element(slopes, at) - slope)).toBeLessThan(0.03));
  });

  test('candidates are keyed by film, about as many as asked for, and never more than there is room for', () => {
    const ids = Int32Array.from({ length: 5000 }, (_, index) => 2 * index);
    const drawn = drawCandidates(ids, 500, luck.for('candidates'));
    expect(Math.abs(drawn.length - 500)).toBeLessThan(100);
    expect(candidatesMax(5000, 500)).toBeGreaterThanOrEqual(drawn.length);
    expect([...drawCandidates(ids.slice(0, 20), 20, luck.for('candidates'))]).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    const fewer = drawCandidates(
      ids.filter((id) => id !== 10),
      500 * (4999 / 5000),
      luck.for('candidates'),
    );
    expect([...fewer].map((index) => (index < 5 ? index : index + 1))).toEqual(
      [...drawn].filter((index) => index !== 5),
    );
  });
});

describe('multvae', () => {
  const size = { hidden: 8, factors: 4 };
  const films = 11;
  const given = {
    hidden: 12,
    factors: 4,
    epochs: 4,
    batch: 5,
    learningRate: 0.01,
    dropout: 0.3,
    anneal: 0.5,
    refreshEpochs: 1,
  };

  test('slopes are those of the loss', () => {
    const space = new Workspace(createKernels());
    const network = new VaeNetwork(space, size, { films, batch: 3, learningRate: 0 });
    space.open();
    network.weights.values.set(shaken(vaeShapes(size), films));
    const batch: VaeBatch = {
      watched: [Int32Array.of(0, 3, 10), Int32Array.of(5), Int32Array.of(1, 2, 3, 4)],
      inputs: [Float32Array.of(0.8, 0, 1.1), Float32Array.of(1), Float32Array.of(0.5, 0.4, 0, 0.7)],
      noise: normals(3, 12),
      annealed: 0.7,
    };
    checkSlopes(network.weights, ['films in', 'hidden bias', 'latent', 'latent bias', 'films out'], () =>
      network.slopesOf(batch),
    );
  });

  test('learning lowers the loss', () => {
    const interactions = watches(
      ...Array.from({ length: 30 }, (_, agent) =>
        [0, 1, 2, 3, 4].map((step) => ((agent % 3) * 4 + step * (agent % 2 === 0 ? 1 : 2)) % 12),
      ),
    );
    const index = numbered(12);
    const histories = historiesOf(interactions, interactions.agents.length, index);
    const start = startingWeights(vaeShapes(given), index, { before: null, luck });
    const { losses } = learnVae(createKernels(), start, {
      parameters: given,
      histories,
      films: 12,
      epochs: 40,
      anneals: false,
      luck,
    });
    expect(losses).toHaveLength(40);
    expect(element(losses, 39)).toBeLessThan(0.9 * element(losses, 0));
  });

  test('plain JavaScript trains the same model, bit for bit, in full and step by step', async () => {
    await samePlainly([createMultVae(given), createMultVae(given, plainKernels())]);
  });

  test('ranks the films of like-minded agents first, goes on from the model before and explains by leaving out', () => {
    const interactions = crowds();
    const catalogue = catalogueOf(40);
    const recommender = createMultVae({ ...given, epochs: 80 });
    const model = trained(recommender, { catalogue, interactions });
    expect(slate(model, 0, 5, [0b111]).films.every((film) => film < 20)).toBe(true);
    const next = trained(recommender, { catalogue, interactions, previous: model, luck: new LuckOf(5, NOBODY, 1) });
    expect(next.digest).not.toBe(model.digest);
    expect(slate(next, 0, 5, [0b111]).films.every((film) => film < 20)).toBe(true);
    const idle = createMultVae({ ...given, refreshEpochs: 0 });
    const before = trained(idle, { catalogue, interactions });
    expect(slate(trained(idle, { catalogue, interactions, previous: before }), 3, 9)).toEqual(slate(before, 3, 9));
    checkLeaveOneOut(recommender, { catalogue, interactions }, model);
  });
});

describe('sasrec', () => {
  const size = { factors: 8, blocks: 2, length: 6 };
  const films = 11;
  const given = {
    factors: 8,
    blocks: 2,
    length: 6,
    epochs: 4,
    batch: 5,
    learningRate: 0.01,
    dropout: 0.2,
    candidates: 8,
    refreshEpochs: 1,
  };

  function networkOf(rows: number): SasRecNetwork {
    const space = new Workspace(createKernels());
    const network = new SasRecNetwork(space, size, { films, rows, learningRate: 0 });
    space.open();
    network.weights.values.set(shaken(sasRecShapes(size), films));
    return network;
  }

  const batchOf = (...sequences: readonly (readonly number[])[]): SasRecBatch => ({
    films: Int32Array.from(sequences.flat()),
    lengths: sequences.map((sequence) => sequence.length),
    rows: sequences.flat().length,
  });

  test('slopes are those of the loss, with dropout and without', () => {
    const space = new Workspace(createKernels());
    const network = new SasRecNetwork(space, size, { films, rows: 9, learningRate: 0 });
    const softmax = new SampledSoftmax(space, { rows: 9, width: size.factors, candidates: films });
    space.open();
    network.weights.values.set(shaken(sasRecShapes(size), films));
    const batch = batchOf([0, 3, 10, 4, 3, 1], [5], [7, 2]);
    const naming = {
      targets: Int32Array.of(3, 10, 4, 3, 1, 9, 6, 2, 8),
      candidates: Int32Array.of(0, 1, 4, 5, 6, 9, 10),
    };
    const names = Object.keys(sasRecShapes(size)) as readonly (keyof ReturnType<typeof sasRecShapes>)[];
    checkSlopes(network.weights, names, () => network.slopesOf(batch, naming, softmax));
    for (const [index, factors] of [network.factors, ...network.blocks.flatMap((block) => block.factors)].entries()) {
      drawDropout(factors, 0.3, { draws: luck.for('dropout'), first: 1000 * index });
    }
    checkSlopes(network.weights, names, () => network.slopesOf(batch, naming, softmax));
  });

  test('no row knows what comes after it, or of other sequences', () => {
    const network = networkOf(20);
    const whole = network.forward(batchOf([1, 2, 3, 4], [5, 6])).slice();
    const later = network.forward(batchOf([1, 2, 3, 9], [5, 6])).slice();
    expect([...later.subarray(0, 24), ...later.subarray(32)]).toEqual([
      ...whole.subarray(0, 24),
      ...whole.subarray(32),
    ]);
    expect(later.subarray(24, 32)).not.toEqual(whole.subarray(24, 32));
    expect(network.forward(batchOf([5, 6]))).toEqual(whole.subarray(32));
    // The order counts, of the rows before too.
    expect(network.forward(batchOf([2, 1, 3, 4])).subarray(24)).not.toEqual(whole.subarray(24, 32));
  });

  test('learns what follows what', () => {
    const count = 12;
    const interactions = watches(
      ...Array.from({ length: 36 }, (_, agent) =>
        Array.from({ length: 5 + (agent % 3) }, (_unused, step) => (agent + step) % count),
      ),
    );
    const index = numbered(count);
    const parameters = { ...given, blocks: 1, factors: 16, epochs: 60 };
    const sequences = sequencesOf(interactions, interactions.agents.length, index);
    const start = startingWeights(sasRecShapes(parameters), index, { before: null, luck });
    const { losses } = learnSasRec(createKernels(), start, { parameters, sequences, films: index, epochs: 60, luck });
    expect(element(losses, 59)).toBeLessThan(0.3 * element(losses, 0));
    const model = trained(createSasRec(parameters), { catalogue: catalogueOf(count), interactions });
    const nexts = Array.from({ length: count }, (_, agent) => slate(model, agent, 1).films[0]);
    expect(nexts).toEqual(Array.from({ length: count }, (_, agent) => (agent + 5 + (agent % 3)) % count));
    checkLeaveOneOut(
      createSasRec({ ...parameters, epochs: 0 }),
      { catalogue: catalogueOf(count), interactions },
      model,
    );
  });

  test('plain JavaScript trains the same model, bit for bit, in full and step by step', async () => {
    await samePlainly([createSasRec(given), createSasRec(given, plainKernels())]);
  });

  test('long sequences are learnt from in windows, and served by their end', () => {
    const interactions = watches(
      Array.from({ length: 25 }, (_, step) => step),
      [24, 3, 5],
    );
    const model = trained(createSasRec(given), { catalogue: catalogueOf(30), interactions });
    const shorter = watches(Array.from({ length: 6 }, (_, step) => step + 19));
    const reader = createSasRec({ ...given, refreshEpochs: 0 });
    const same = trained(reader, {
      catalogue: catalogueOf(30),
      interactions: { ...shorter },
      previous: reader.load(model.toBytes(), catalogueOf(30)),
      count: 6,
    });
    // A model of fewer interactions is trained in full: it is another one.
    expect(same.digest).not.toBe(model.digest);
    expect(
      new Set((model.explain(0, 29, luck) as readonly { readonly film: number }[]).map(({ film }) => film)),
    ).toEqual(new Set([19, 20, 21, 22, 23, 24]));
  });

  test('sequences keep the order of the log; a film watched again counts where it was watched last', () => {
    const interactions = asInteractions({ users: [7, 3, 7, 7, 3, 7, 9], films: [4, 2, 99, 1, 2, 4, 99] });
    const { agents, offsets, columns } = sequencesOf(interactions, 7, new IdIndex(Int32Array.of(1, 2, 4)));
    expect([[...agents.ids], [...offsets], [...columns]]).toEqual([
      [3, 7, 9],
      [0, 1, 3, 3],
      [1, 0, 2],
    ]);
  });
});

describe('the model before', () => {
  const given = { multvae: { hidden: 8, factors: 4, epochs: 3 }, sasrec: { factors: 8, length: 4, epochs: 3 } };

  test.each(Object.entries(given))(
    '%s goes on from it until the watches are four times as many, by film and not by place',
    (name, parameters) => {
      const recommender = createRecommender(name, parameters);
      const interactions = crowds();
      const catalogue = catalogueOf(40);
      const total = interactions.agents.length;
      const whole = trained(recommender, { catalogue, interactions });
      const after = (count: number): Model =>
        trained(recommender, {
          catalogue,
          interactions,
          previous: trained(recommender, { catalogue, interactions, count }),
        });
      expect(after(Math.floor(total / 4)).digest).toBe(whole.digest);
      expect(after(Math.floor(total / 4) + 1).digest).not.toBe(whole.digest);
      // Nothing is learnt, but a film leaves: the others score what they did for an agent who did not watch it.
      const idle = createRecommender(name, { ...parameters, refreshEpochs: 0 });
      const before = trained(idle, { catalogue, interactions });
      const fewer = trained(idle, {
        catalogue: new FilmCatalogue(catalogue.films.filter(({ id }) => id !== 5)),
        interactions,
        previous: before,
      });
      const [was, is] = [slate(before, 2, 40), slate(fewer, 2, 40)];
      expect(is.films).toEqual(was.films.filter((film) => film !== 5));
      is.films.forEach((film, rank) =>
        expect(Math.abs(element(is.scores, rank) - element(was.scores, was.films.indexOf(film)))).toBeLessThan(1e-5),
      );
    },
  );
});

describe('whatever there is to learn from', () => {
  const cases: readonly (readonly [string, Interactions, number])[] = [
    ['nothing', watches(), 5],
    ['one watch', watches([2]), 5],
    ['one agent of everything', watches([0, 1, 2]), 3],
    ['one film', watches([0], [0], [0]), 1],
    ['films that nobody watched', watches([0, 1], [1, 0]), 30],
  ];
  test.each(cases)(
    '%s gives finite scores of all films, even with the wildest parameters',
    (_, interactions, count) => {
      const wild = [
        createRecommender('multvae', {
          hidden: 8,
          factors: 64,
          epochs: 60,
          learningRate: 0.1,
          dropout: 0.95,
          anneal: 0,
          batch: 1,
        }),
        createRecommender('sasrec', {
          factors: 32,
          blocks: 2,
          length: 1,
          epochs: 30,
          learningRate: 0.1,
          dropout: 0.95,
          candidates: 1,
          batch: 1,
        }),
      ];
      for (const recommender of wild) {
        const first = trained(recommender, { catalogue: catalogueOf(count), interactions });
        for (const model of [
          first,
          trained(recommender, { catalogue: catalogueOf(count), interactions, previous: first }),
        ]) {
          for (const agent of [0, 1, 77]) {
            const { films, scores } = slate(model, agent, 50);
            expect(films).toHaveLength(count);
            expect(scores.every((score) => Number.isFinite(score) && Math.fround(score) === score)).toBe(true);
          }
        }
      }
    },
  );
});

/** Two crowds with a taste each: films 0 to 19, and 20 to 39. Agent 0 leans to the first. */
function crowds(): Interactions {
  const rows = Array.from({ length: 24 }, (_, agent) =>
    Array.from({ length: 8 }, (_unused, step) => (agent % 2) * 20 + ((agent * 7 + step * 3) % 20)),
  );
  return watches([0, 1, 2], ...rows);
}

/** Both recommenders come to the same model, first, next and after that. */
async function samePlainly(recommenders: readonly Recommender[]): Promise<void> {
  await assert(
    asyncProperty(smallWorlds, async (world) => {
      const [fast, plain] = recommenders.map((recommender) => {
        const first = trained(recommender, { ...world, count: world.early });
        const second = trained(recommender, { ...world, previous: first });
        return [first.digest, second.digest, trained(recommender, { ...world, previous: second }).digest];
      });
      expect(plain).toEqual(fast);
    }),
    { numRuns: 15 },
  );
}

/**
 * What a film adds is the score less the score of somebody who did not watch it. That somebody is agent 1000 of a model
 * of the same weights: one that learnt for no epochs more from one agent more.
 */
function checkLeaveOneOut(
  recommender: Recommender,
  { catalogue, interactions }: Pick<TrainingRequest, 'catalogue' | 'interactions'>,
  model: Model,
): void {
  const history = interactions.films.filter((_, entry) => interactions.agents[entry] === 0);
  const [target = -1] = catalogue.films.map(({ id }) => id).filter((id) => !history.includes(id));
  const scoreOf = (asked: Model, agent: number): number => {
    const { films, scores } = slate(asked, agent, catalogue.size);
    return element(scores, films.indexOf(target));
  };
  const idle = createRecommender(recommender.name, { ...recommender.parameters, epochs: 1, refreshEpochs: 0 });
  for (const left of history) {
    const others = history.filter((film) => film !== left);
    const more = {
      agents: [...interactions.agents, ...others.map(() => 1000)],
      films: [...interactions.films, ...others],
    };
    const twin = trained(idle, {
      catalogue,
      interactions: asInteractions({ users: more.agents, films: more.films }),
      previous: idle.load(model.toBytes(), catalogue),
      count: more.films.length,
    });
    const contributions = model.explain(0, target, luck) as readonly {
      readonly film: number;
      readonly weight: number;
    }[];
    const weight = contributions.find(({ film }) => film === left)?.weight ?? 0;
    expect(Math.abs(weight - (scoreOf(model, 0) - scoreOf(twin, 1000)))).toBeLessThan(1e-4);
  }
}
