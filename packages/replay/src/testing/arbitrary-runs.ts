/** Arbitraries of small runs: legal histories for property tests of a recommender, a mind or the system itself. */
import fc from 'fast-check';
import type { Store } from '@rashomon/kernel';
import { recommenders } from '@rashomon/recsys';
import { resolveConfig, type ResolvedConfig } from '../config/resolve.ts';
import type { RunReport } from '../reports.ts';
import { simulate, type SimulateOptions } from '../run/simulate.ts';

/** Settings as `--set` takes them. */
export type Settings = { readonly [key: string]: unknown };

/** Parameters that make the heavier recommenders quick on small runs. */
const LIGHT: { readonly [name: string]: Settings } = {
  ials: { 'recommender.factors': 8, 'recommender.epochs': 2 },
  'bpr-mf': { 'recommender.factors': 8, 'recommender.epochs': 4 },
  lightgcn: { 'recommender.factors': 8, 'recommender.epochs': 4 },
  multvae: { 'recommender.hidden': 12, 'recommender.factors': 4, 'recommender.epochs': 2 },
  sasrec: { 'recommender.factors': 8, 'recommender.length': 8, 'recommender.epochs': 2, 'recommender.candidates': 8 },
};

/** Settings of runs small enough for hundreds of them in a test. */
export function smallSettings(): fc.Arbitrary<Settings> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 0xffffffff }),
      agents: fc.integer({ min: 1, max: 10 }),
      rounds: fc.integer({ min: 1, max: 5 }),
      'slate.size': fc.integer({ min: 1, max: 12 }),
      'visit.pages': fc.integer({ min: 1, max: 4 }),
      'visit.watches': fc.integer({ min: 1, max: 3 }),
      'social.degree': fc.integer({ min: 0, max: 6 }),
      'activity.method': fc.constantFrom('constant', 'pareto', 'marginal'),
      'activity.probability': fc.constantFrom(0.3, 0.8, 1),
      'activity.cap': fc.constantFrom(0, 0, 5),
      'recommender.trainEvery': fc.integer({ min: 1, max: 3 }),
      recommender: fc.constantFrom(...recommenders.filter(({ outside }) => !outside).map(({ name }) => name)),
      random: fc.nat({ max: 3 }),
      'slate.explore': fc.constantFrom(0, 0, 0.2),
      'slate.rerank': fc.constantFrom('none', 'none', 'mmr', 'calibrated'),
      explanations: fc.constantFrom('off', 'off', 'on'),
      'mind.churn': fc.constantFrom(0, 0, 0.3),
    })
    .map(({ random, ...settings }) => ({
      ...settings,
      'slate.random': Math.min(random, settings['slate.size']),
      ...LIGHT[settings.recommender],
    }));
}

export function resolveSettings(settings: Settings): ResolvedConfig {
  return resolveConfig([{ source: 'test', settings }]);
}

/** Simulates a run of these settings. */
export function runOf(store: Store, settings: Settings, options: SimulateOptions = {}): Promise<RunReport> {
  return simulate(store, resolveSettings(settings), { snapshotEvery: 2, ...options });
}
