import { describe, expect, test } from '@jest/globals';
import {
  type Answer,
  type AnswerTo,
  memoryStore,
  type Mind,
  type Question,
  reasoned,
  RunLog,
  percentileInterval,
  resampleOf,
} from '@rashomon/kernel';
import * as fc from 'fast-check';
import { drawsOf, usualResamples } from '../src/compare/bootstrap.ts';
import { METRIC_NAMES } from '../src/compare/compare-metrics.ts';
import { compareRuns } from '../src/compare/compare-runs.ts';
import { InvalidExpression } from '../src/compare/fail-if-tokens.ts';
import { evaluateFailIf, parseFailIf } from '../src/compare/fail-if.ts';
import type { CompareReport, MetricComparison } from '../src/reports.ts';
import { branch, configOf, fingerprint, run } from './stage/stage.ts';

const FEW = { resamples: 50 };

function metric(report: CompareReport, name: string): MetricComparison {
  const found = report.metrics.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

/**
 * A mind that watches the first film of every page, up to `films` a visit, and rates it with the given stars: from a
 * round on, and only some agents; before, and the others, one film and 3 stars.
 */
function regular(
  stars: 1 | 2 | 3 | 4 | 5,
  films: number,
  from = 0,
  only: readonly number[] | null = null,
): (config: unknown) => Mind {
  return () => ({
    name: 'regular',
    decide<Q extends Question>(question: Q): AnswerTo<Q> {
      const changed = question.world.round >= from && (only === null || only.includes(question.agent.id));
      // Sound: each kind of question gets the answer of that kind.
      return answer(question, changed ? { stars, films } : { stars: 3, films: 1 }) as AnswerTo<Q>;
    },
  });
}

function answer(question: Question, habit: { readonly stars: 1 | 2 | 3 | 4 | 5; readonly films: number }): Answer {
  const answered = { grounds: reasoned(''), because: [] };
  const unmoved = { genres: [], values: [] };
  const { satisfaction, fatigue, watched } = question.progress;
  switch (question.kind) {
    case 'place':
      return { ...answered, place: 'recommender', fatigue, taste: unmoved };
    case 'page':
      return watched.length < habit.films
        ? { ...answered, do: 'watch', film: question.films[0] as number }
        : { ...answered, do: 'leave', reason: 'tired', satisfaction };
    case 'reaction':
      return { ...answered, rating: habit.stars, feeling: '', satisfaction: habit.stars / 5, fatigue, taste: unmoved };
    case 'social':
      return { ...answered, do: 'silence' };
  }
}

describe('compare', () => {
  test('a run and itself have all rounds in common: nothing is left to compare', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf());
    const report = await compareRuns(store, 'a', 'a', FEW);
    expect(report).toMatchObject({
      schema: 'rashomon.compare/1',
      a: 'a',
      b: 'a',
      forkRound: 6,
      rounds: [7, 6],
      paired: true,
      firstDivergence: null,
      firstDivergedAgent: null,
      divergedAgents: [],
    });
    expect(report.metrics.map(({ name }) => name)).toEqual(METRIC_NAMES);
    for (const { name, ...figures } of report.metrics)
      expect([name, figures]).toEqual([name, { a: 0, b: 0, delta: 0, low: 0, high: 0, n: 0 }]);
  });

  test('strangers are not paired: agents are drawn in each run by itself, and the interval is wider', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf({ agents: 40 }));
    await run(store, 'same', configOf({ agents: 40, slate: { size: 4, random: 1 } }));
    await run(store, 'seed', configOf({ agents: 40, seed: 8 }));
    await run(store, 'fewer', configOf({ agents: 12 }));
    const same = await compareRuns(store, 'a', 'same', { resamples: 200 });
    expect(same).toMatchObject({ forkRound: null, rounds: [1, 6], paired: true });
    for (const other of ['seed', 'fewer']) {
      const report = await compareRuns(store, 'a', other, { resamples: 200 });
      expect(report).toMatchObject({ forkRound: null, rounds: [1, 6], paired: false });
      const { n, low, delta, high } = metric(report, 'watches');
      expect(n).toBe(other === 'seed' ? 80 : 52);
      expect(low).toBeLessThan(delta);
      expect(high).toBeGreaterThan(delta);
      expect(await compareRuns(store, 'a', other, { resamples: 200 })).toEqual(report);
    }
    const width = ({ low, high }: MetricComparison): number => high - low;
    const unpaired = await compareRuns(store, 'a', 'seed', { resamples: 200 });
    expect(width(metric(unpaired, 'impressions'))).toBeGreaterThan(width(metric(same, 'impressions')));
  });

  test('two runs of one configuration are equal, though neither descends from the other', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf());
    await run(store, 'b', configOf());
    const report = await compareRuns(store, 'a', 'b', FEW);
    expect(report).toMatchObject({ forkRound: null, rounds: [1, 6], firstDivergence: null });
    expect(report.metrics.every(({ delta, low, high }) => delta === 0 && low === 0 && high === 0)).toBe(true);
  });

  test('L3 a branch without intervention, from any round, has not diverged', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf());
    for (const forkRound of [0, 2, 5]) {
      const id = `fork ${forkRound}`;
      await branch(store, id, { parent: 'a', forkRound, rounds: 6 - forkRound });
      const report = await compareRuns(store, 'a', id, FEW);
      expect(report).toMatchObject({
        forkRound,
        rounds: [forkRound + 1, 6],
        firstDivergence: null,
        firstDivergedAgent: null,
      });
      expect(report.divergedAgents.every(({ agents, ever }) => agents === 0 && ever === 0)).toBe(true);
      expect(report.metrics.every(({ delta, low, high }) => delta === 0 && low === 0 && high === 0)).toBe(true);
    }
  });

  test('the first divergence is the first position at which the two logs differ', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf({ rounds: 8 }));
    const cases = [
      [{ key: 'recommender', value: 'popular' }],
      [{ key: 'agent.3.taste', value: [4, -4, 4, -4, 4] }],
      [{ key: 'slate.size', value: 6 }],
    ];
    for (const [index, interventions] of cases.entries()) {
      const id = `b${index}`;
      await branch(store, id, { parent: 'a', forkRound: 3, rounds: 5, interventions });
      const report = await compareRuns(store, 'a', id, FEW);
      const ofA = await (await RunLog.open(store, 'a')).collect();
      const ofB = await (await RunLog.open(store, id)).collect();
      const position = ofA.findIndex((event, at) => JSON.stringify(event) !== JSON.stringify(ofB[at]));
      expect(report.firstDivergence).toMatchObject({ round: 4, position });
      const agent = (report.firstDivergedAgent as { agent: number }).agent;
      const at = (report.firstDivergedAgent as { position: number }).position;
      expect(ofB[at]).toMatchObject({ agent });
    }
  });

  test('an agent left alone with its luck diverges only where its situation does', async () => {
    const store = memoryStore();
    const habit = regular(3, 1);
    await run(store, 'a', configOf({ recommender: { name: 'popular', trainEvery: 100 } }), { mind: habit });
    await branch(store, 'b', { parent: 'a', forkRound: 2, rounds: 4, mind: regular(5, 2, 3, [4]) });
    const report = await compareRuns(store, 'a', 'b', FEW);
    const start = (await (await RunLog.open(store, 'b')).collect({ agent: 4, rounds: [3, 3] }))[0]?.position ?? -1;
    expect(report.firstDivergedAgent).toEqual({ round: 3, agent: 4, position: start });
    expect(report.firstDivergence).toMatchObject({ round: 3, agent: 4 });
    expect(report.divergedAgents).toEqual([3, 4, 5, 6].map((round) => ({ round, agents: 1, ever: 1 })));
  });

  test('known differences come out as those numbers', async () => {
    const store = memoryStore();
    const config = configOf({ recommender: { name: 'popular', trainEvery: 100 }, visit: { pages: 4, watches: 3 } });
    await run(store, 'a', config, { mind: regular(3, 1) });
    await branch(store, 'b', { parent: 'a', forkRound: 2, rounds: 4, mind: regular(5, 2, 3) });
    const report = await compareRuns(store, 'a', 'b', FEW);
    // Four rounds: one film a round and a second page left unwatched, against two films and a third page.
    expect(metric(report, 'watches')).toMatchObject({ a: 4, b: 8, delta: 4, low: 4, high: 4, n: 6 });
    expect(metric(report, 'meanRating')).toMatchObject({ a: 3, b: 5, delta: 2, low: 2, high: 2 });
    expect(metric(report, 'satisfaction')).toMatchObject({ a: 0.6, b: 1 });
    expect(metric(report, 'earlyExits').a).toBe(4);
    expect(metric(report, 'messages')).toMatchObject({ a: 0, b: 0, delta: 0, low: 0, high: 0 });
    expect(report.divergedAgents).toEqual([3, 4, 5, 6].map((round) => ({ round, agents: 6, ever: 6 })));
  });

  test('intervals lie around the difference and can be repeated', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf({ agents: 30 }));
    await branch(store, 'b', {
      parent: 'a',
      forkRound: 1,
      rounds: 5,
      interventions: [{ key: 'recommender', value: 'random' }],
    });
    const report = await compareRuns(store, 'a', 'b', { resamples: 400 });
    for (const name of ['watches', 'clickThrough', 'meanRating', 'satisfaction', 'novelty', 'genreEntropyShown']) {
      const { delta, low, high, n } = metric(report, name);
      expect(low).toBeLessThanOrEqual(delta);
      expect(high).toBeGreaterThanOrEqual(delta);
      expect(high).toBeGreaterThan(low);
      expect(n).toBe(30);
    }
    expect(await compareRuns(store, 'a', 'b', { resamples: 400 })).toEqual(report);
  });

  test('metrics come in the order asked for; an unknown one is refused with the known names', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf({ rounds: 1 }));
    const report = await compareRuns(store, 'a', 'a', { ...FEW, metrics: ['coverage', 'watches'] });
    expect(report.metrics.map(({ name }) => name)).toEqual(['coverage', 'watches']);
    const refused = compareRuns(store, 'a', 'a', { metrics: ['watches', 'joy'] });
    await expect(refused).rejects.toMatchObject({
      code: 'UNKNOWN_METRIC',
      message: expect.stringContaining('"joy", expected one of agentRounds'),
    });
    await expect(compareRuns(store, 'a', 'nobody')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  test('progress is told once per round', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf({ rounds: 3 }));
    await run(store, 'b', configOf({ rounds: 3 }));
    const told: unknown[] = [];
    await compareRuns(store, 'a', 'b', { ...FEW, onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([1, 2, 3].map((round) => ({ round, last: 3 })));
  });

  test('two branches are compared after the rounds they share, and cousins after the older fork', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf());
    await branch(store, 'b', {
      parent: 'a',
      forkRound: 3,
      rounds: 3,
      interventions: [{ key: 'recommender', value: 'random' }],
    });
    await branch(store, 'c', {
      parent: 'b',
      forkRound: 4,
      rounds: 2,
      interventions: [{ key: 'recommender', value: 'popular' }],
    });
    await branch(store, 'd', { parent: 'a', forkRound: 2, rounds: 2 });
    await branch(store, 'e', { parent: 'b', forkRound: 2, rounds: 3 });
    expect(await compareRuns(store, 'b', 'c', FEW)).toMatchObject({ forkRound: 4, rounds: [5, 6] });
    expect(await compareRuns(store, 'c', 'd', FEW)).toMatchObject({ forkRound: 2, rounds: [3, 4] });
    expect(await compareRuns(store, 'a', 'e', FEW)).toMatchObject({
      forkRound: 2,
      rounds: [3, 5],
      firstDivergence: null,
    });
  });

  test('L8 comparing leaves the store as it was', async () => {
    const store = memoryStore();
    await run(store, 'a', configOf());
    await branch(store, 'b', {
      parent: 'a',
      forkRound: 3,
      rounds: 3,
      interventions: [{ key: 'recommender', value: 'random' }],
    });
    const before = await fingerprint(store);
    await compareRuns(store, 'a', 'b', FEW);
    expect(await fingerprint(store)).toEqual(before);
  });
});

describe('bootstrap', () => {
  test('a resample draws as many agents as there are, and the same ones every time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(1000), (agents, seed, resample) => {
        const weights = resampleOf(agents, seed, resample);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(agents);
        expect(resampleOf(agents, seed, resample)).toEqual(weights);
      }),
    );
  });

  test('the interval holds the middle 95 %', () => {
    expect(percentileInterval(Float64Array.from({ length: 1001 }, (_, index) => 1000 - index))).toEqual({
      low: 25,
      high: 975,
    });
    expect(percentileInterval(new Float64Array())).toEqual({ low: 0, high: 0 });
  });

  test('the interval of a mean covers it about 95 times in 100', () => {
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      // A sample of 40 from the uniform law over 0 to 1 by a generator of its own.
      const sample = Array.from(
        { length: 40 },
        (_, index) => (((trial * 7919 + index * 104_729 + 12_345) * 2_654_435_761) % 4_294_967_296) / 4_294_967_296,
      );
      const means = Float64Array.from(
        { length: 300 },
        (_, resample) =>
          resampleOf(40, trial, resample).reduce((sum, weight, index) => sum + weight * (sample[index] as number), 0) /
          40,
      );
      const { low, high } = percentileInterval(means);
      if (low <= 0.5 && 0.5 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThan(180);
  });

  test('draws of strangers are of each run by itself, those of pairs of both', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 60 }), fc.nat(), fc.nat(1000), (count, seed, resample) => {
        const agents = { a: count, b: count };
        const pairs = drawsOf({ paired: true, agents, seed }, resample);
        expect(pairs.b).toBe(pairs.a);
        const strangers = drawsOf({ paired: false, agents, seed }, resample);
        expect(strangers.b).not.toEqual(strangers.a);
      }),
    );
  });

  test('many agents get fewer resamples', () => {
    expect([10, 10_000, 20_000, 1_000_000].map(usualResamples)).toEqual([1000, 1000, 500, 200]);
  });
});

function outcome(evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (error) {
    return error;
  }
}

describe('fail-if', () => {
  const report: CompareReport = {
    schema: 'rashomon.compare/1',
    a: 'a',
    b: 'b',
    forkRound: 3,
    rounds: [4, 6],
    paired: true,
    firstDivergence: { round: 4, agent: null, position: 99 },
    firstDivergedAgent: null,
    divergedAgents: [
      { round: 4, agents: 2, ever: 2 },
      { round: 5, agents: 1, ever: 3 },
    ],
    metrics: [
      { name: 'watches', a: 5, b: 4, delta: -1, low: -1.5, high: -0.5, n: 10 },
      { name: 'coverage', a: 0.5, b: 0.6, delta: 0.1, low: 0, high: 0.2, n: 10 },
    ],
  };

  test.each([
    ['watches.delta < -0.5', true],
    ['watches.delta < -1', false],
    ['watches.delta <= -1', true],
    ['watches.low < -1 && coverage.delta < 0', false],
    ['watches.low < -1 || coverage.delta < 0', true],
    ['!(watches.delta < 0)', false],
    ['!watches.delta < 0', false],
    ['divergedAgents > 0', true],
    ['divergedAgents == 3', true],
    ['firstDivergence', true],
    ['!firstDivergence', false],
    ['firstDivergence.round >= 5', false],
    ['firstDivergence.agent == 0', false],
    ['firstDivergence.agent != 0', false],
    ['firstDivergence && (watches.n != 10 || coverage.b > .55)', true],
    ['coverage.a == 5e-1', true],
  ])('%s', (expression, expected) => {
    expect(evaluateFailIf(expression, report)).toBe(expected);
    expect(parseFailIf(expression)(report)).toBe(expected);
  });

  test.each([
    ['watches.delta', 0, 'a comparison such as'],
    ['watches.delta <', 15, 'a metric, divergedAgents'],
    ['watches < 1', 0, 'watches.a, watches.b, watches.delta'],
    ['joy.delta < 1', 0, 'one of the metrics agentRounds'],
    ['watches.delta = 1', 14, 'a name, a number'],
    ['(watches.delta < 1', 18, '")"'],
    ['watches.delta < 1 coverage.delta < 1', 18, '&&, || or the end'],
    ['process.exit(1)', 0, 'one of the metrics'],
    ['true', 0, 'one of the metrics'],
    ['', 0, 'a metric'],
    ['1 < 2 < 3', 6, '&&, || or the end'],
    ['clickThrough.delta < 0', 0, 'one of the metrics compared: watches, coverage'],
  ])('%s is refused with its place', (expression, position, expected) => {
    const refused = expect.objectContaining({
      code: 'INVALID_EXPRESSION',
      position,
      expected: expect.stringContaining(expected),
    });
    expect(() => evaluateFailIf(expression, report)).toThrow(refused);
  });

  test('any text is read or refused with a place inside it', () => {
    const words = fc.constantFrom(
      'watches.delta',
      'coverage.low',
      'divergedAgents',
      'firstDivergence',
      '<',
      '>=',
      '&&',
      '||',
      '!',
      '(',
      ')',
      '-',
      '1',
      '0.5',
      ' ',
      '$',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const expression = parts.join(' ');
        const answered = outcome(() => evaluateFailIf(expression, report));
        const refused = answered instanceof InvalidExpression && answered.position <= expression.length;
        expect(typeof answered === 'boolean' || refused).toBe(true);
      }),
    );
  });
});
