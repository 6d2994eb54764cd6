/** Keys of a configuration, whichever way they are written. */
import { describe, expect, test } from '@jest/globals';
import { flatKeys, namesFirst, resolveConfig, spelledKey } from '@rashomon/replay';
import { smallSettings } from '@rashomon/replay/testing';
import * as fc from 'fast-check';

describe('keys', () => {
  test('nested or dotted, in any order: the same configuration', () =>
    fc.assert(
      fc.property(smallSettings(), fc.infiniteStream(fc.nat()), (settings, order) => {
        const { config } = resolveConfig([{ source: 'test', settings }]);
        expect(resolveConfig([{ source: 'test', settings: config }]).config).toEqual(config);
        const flat = flatKeys<unknown>(config).map((each) => ({
          ...each,
          key: spelledKey(each.key),
          at: order.next(),
        }));
        const shuffled = namesFirst(flat.sort((a, b) => a.at.value - b.at.value));
        const dotted = Object.fromEntries(shuffled.map(({ key, value }) => [key, value]));
        expect(resolveConfig([{ source: 'test', settings: dotted }]).config).toEqual(config);
      }),
      { numRuns: 50 },
    ));

  test('a name is spelled by its section; nothing else is', () => {
    const keys = ['recommender.name', 'mind.name', 'slate.name', 'recommender.name.first', 'recommender'];
    expect(keys.map(spelledKey)).toEqual([
      'recommender',
      'mind',
      'slate.name',
      'recommender.name.first',
      'recommender',
    ]);
  });

  test('lists, scripts and empty sections are values', () => {
    const script = { rules: [{ rate: 5 }] };
    expect(flatKeys<unknown>({ slate: { filter: { genres: ['War'] }, size: 3 }, mind: { script }, visit: {} })).toEqual(
      [
        { key: 'slate.filter.genres', value: ['War'] },
        { key: 'slate.size', value: 3 },
        { key: 'mind.script', value: script },
        { key: 'visit', value: {} },
      ],
    );
  });
});
