/** Luck and numbers: published known answers, exactness against the engine's functions, distributions. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { LuckOf } from '../src/luck/luck.ts';
import { drawn, threefry } from '../src/luck/threefry.ts';
import { exp, ln } from '../src/numbers/exact.ts';

const words = (a: number, b: number): string => [a, b].map((word) => word.toString(16).padStart(8, '0')).join(' ');

describe('Threefry 2x32-20', () => {
  test.each([
    [[0, 0], [0, 0], '6b200159 99ba4efe'],
    [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '1cb996fc bb002be7'],
    [[0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], 'c4923a9c 483df7a0'],
  ] as const)('gives the published answer for key %p and counter %p', ([key0, key1], [counter0, counter1], answer) => {
    threefry(key0, key1, counter0, counter1);
    expect(words(drawn[0] as number, drawn[1] as number)).toBe(answer);
  });
});

const view = new DataView(new ArrayBuffer(8));

function bitsOf(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** The place of a double among all doubles in order. */
function place(value: number): bigint {
  const bits = BigInt.asIntN(64, bitsOf(value));
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** Distance in units in the last place, over the order of the doubles. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}

const GOLDEN_EXP = [
  '00d14f2b0fb9307f',
  '3e157a3afeed00ab',
  '3fd78b56362cef38',
  '3fecf46d99d52b3a',
  '3ff000000006df38',
  '3ff599058c8c1a96',
  '4005bf0a8b14576a',
  '40285d6fd931e0bb',
  '40d5829dcf950560',
  '47f148906c06fc8a',
  '7fdd422d2be5dc9b',
];
const GOLDEN_LN = [
  'c0874385446d71c3',
  'c085963447f87fb5',
  'c037069e2aa2aa5b',
  'bff34378fcbda721',
  'bfd62e6b3842a25e',
  'bf5064670d979b73',
  '3f1a368d0657fcd4',
  '3fe62e42fefa39ef',
  '40026bb1bbb55516',
  '4022d79559791e31',
  '40862dd08fdc6f88',
];

const hex = (value: number): string => bitsOf(value).toString(16).padStart(16, '0');

describe('exp and ln', () => {
  const RUNS = { numRuns: 20_000 };

  test('exp is within 2 units in the last place', () => {
    const wide = fc.double({ min: -745, max: 709.7, noNaN: true });
    const near = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(wide, near), (x) => ulps(exp(x), Math.exp(x)) <= 2),
      RUNS,
    );
  });

  test('ln is within 2 units in the last place', () => {
    const wide = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });
    const near = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(wide, near), (x) => ulps(ln(x), Math.log(x)) <= 2),
      RUNS,
    );
  });

  test('have the values of the limits', () => {
    expect([exp(0), exp(-0), exp(Infinity), exp(-Infinity), exp(710), exp(-746)]).toEqual([
      1,
      1,
      Infinity,
      0,
      Infinity,
      0,
    ]);
    expect([ln(1), ln(0), ln(-0), ln(Infinity)]).toEqual([0, -Infinity, -Infinity, Infinity]);
    expect([exp(NaN), ln(NaN), ln(-1)]).toEqual([NaN, NaN, NaN]);
  });

  test('never fall where they should rise', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -700, max: 700, noNaN: true }),
        (x) => exp(x) <= exp(x + Math.abs(x) * 1e-15 + 1e-15),
      ),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => ln(x) <= ln(x * (1 + 4e-16))),
      { numRuns: 5000 },
    );
  });

  // Written down once: a run of another engine, processor or year must meet these bits.
  test('have the same bits for ever', () => {
    expect([-700, -20.5, -1, -0.1, 1e-10, 0.3, 1, 2.5, 10, 88.8, 709].map((x) => hex(exp(x)))).toEqual(GOLDEN_EXP);
    expect(
      [5e-324, 1e-300, 1e-10, 0.3, 0.7071, 0.999, 1.0001, 2, 10, 12345.678, 1.7e308].map((x) => hex(ln(x))),
    ).toEqual(GOLDEN_LN);
  });
});

describe('luck', () => {
  const DRAWS = 100_000;

  function moments(draw: (luck: LuckOf, number: number) => number): {
    readonly mean: number;
    readonly variance: number;
  } {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < DRAWS; i++) {
      const value = draw(new LuckOf(42, i % 317, Math.floor(i / 317)), i % 7);
      sum += value;
      squares += value * value;
    }
    const mean = sum / DRAWS;
    return { mean, variance: squares / DRAWS - mean * mean };
  }

  // The standard error of each mean is its standard deviation / 316; five of them are allowed.
  test('uniform draws fill the open interval evenly', () => {
    const { mean, variance } = moments((luck, number) => luck.for('film').uniform(number));
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / DRAWS));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  });

  test('normal draws have mean 0 and variance 1', () => {
    const { mean, variance } = moments((luck, number) => luck.for('taste').normal(number));
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(DRAWS));
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  test("Gumbel draws have Euler's constant for mean and pi^2/6 for variance", () => {
    const { mean, variance } = moments((luck, number) => luck.for('film').gumbel(number));
    expect(Math.abs(mean - 0.5772156649)).toBeLessThan(5 * Math.sqrt(1.645 / DRAWS));
    expect(Math.abs(variance - (Math.PI * Math.PI) / 6)).toBeLessThan(0.06);
  });

  test('Pareto draws are at least 1 and have mean shape / (shape - 1)', () => {
    let least = Infinity;
    const { mean } = moments((luck, number) => {
      const value = luck.for('activity').pareto(4, number);
      least = Math.min(least, value);
      return value;
    });
    expect(least).toBeGreaterThanOrEqual(1);
    expect(Math.abs(mean - 4 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / DRAWS));
  });

  test('a draw depends on what it is for and on nothing else', () => {
    const before = new LuckOf(7, 3, 9).for('film').uniform(5);
    new LuckOf(7, 3, 9).for('taste').normal(1);
    expect(new LuckOf(7, 3, 9).for('film').uniform(5)).toBe(before);
    const others = [
      new LuckOf(8, 3, 9).for('film').uniform(5),
      new LuckOf(7, 4, 9).for('film').uniform(5),
      new LuckOf(7, 3, 10).for('film').uniform(5),
      new LuckOf(7, 3, 9).for('rating').uniform(5),
      new LuckOf(7, 3, 9).for('film').uniform(6),
    ];
    expect(new Set([before, ...others]).size).toBe(6);
  });

  test('L13 with numbered purposes it is drawn as before they had names', () => {
    const luck = new LuckOf(7, 3, 9, 'numbered');
    // Taken from the engine of version 0.2.0.
    expect(luck.for('film').uniform(5)).toBe(0.48996561031233854);
    expect(luck.for('leave').gumbel(2)).toBe(-0.3222649350950947);
    expect(luck.for('mention by the partner').uniform(5)).toBe(0.3736528935127953);
    expect(luck.for('training').normal(5)).toBe(1.3107455861819588);
    expect(luck.for('cold start').uniform(0)).toBe(0.7436626946637722);
    expect(luck.within('factors of films')(12).for('training').normal(4)).toBe(0.7515799369864167);
  });

  test('a purpose that came later goes by its name in every run; no two purposes share a draw', () => {
    const unheardOf = 'a purpose that nobody had thought of';
    const draw = (keys: 'named' | 'numbered'): number => new LuckOf(7, 3, 9, keys).for(unheardOf).uniform(1);
    expect(draw('numbered')).toBe(draw('named'));
    const borrowed = ['exploration', 'cold start', 'sampled weights', 'sampled films', 'strangers', 'random slate'];
    const draws = borrowed.flatMap((purpose) =>
      Array.from({ length: 50 }, (_, number) => new LuckOf(7, 3, 9).for(purpose).uniform(number)),
    );
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('two purposes with one hash are told', () => {
    // A pair that FNV-1a is known to confuse.
    new LuckOf(1, 1, 1).for('costarring');
    expect(() => new LuckOf(1, 1, 1).for('liquid')).toThrow(/"liquid" has the hash of luck for "costarring"/);
  });

  test('below gives each of its numbers alike', () => {
    const counts = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 70_000; i++) {
      const value = new LuckOf(1, i, 2).for('partner').below(7, 0);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(counts).toHaveLength(7);
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
