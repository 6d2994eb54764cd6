/** The log by itself: written, read back and folded. */
import { repeatedAlone } from '../alone.ts';
import { type Figure, figureOf } from '../figures.ts';
import { column } from '../sample.ts';
import { MILLION } from './branch-scenarios.ts';
import type { RunShelf } from './run-shelf.ts';
import type { Scenario } from './scenario.ts';

const TIMES = 5;

export const logScenarios: readonly Scenario[] = [
  { name: 'append', run: appends },
  { name: 'fold', run: folds },
];

async function appends(): Promise<readonly Figure[]> {
  const samples = await repeatedAlone(TIMES, 'append', undefined);
  const per = { unit: 'events/s', better: 'higher' } as const;
  return [
    figureOf({ name: 'append: durable, 6,000 a batch', ...per, target: 300_000 }, column(samples, 'append')),
    figureOf({ name: 'append: read back and checked', ...per }, column(samples, 'read')),
    figureOf({ name: 'append: read back, checked and decoded', ...per }, column(samples, 'decode')),
    figureOf({ name: 'append: packed and hashed only', ...per }, column(samples, 'pack')),
    figureOf(
      { name: 'append: size of an event', unit: 'canonical bytes', better: 'lower' },
      column(samples, 'bytesPerEvent'),
    ),
  ];
}

async function folds(shelf: RunShelf): Promise<readonly Figure[]> {
  const { sample, ...run } = await shelf.kept(MILLION);
  const samples = await repeatedAlone(TIMES, 'fold', run);
  const cpu = { unit: 'events/s CPU', better: 'higher', target: 1_000_000 } as const;
  const wall = { unit: 'events/s', better: 'higher', target: 1_000_000 } as const;
  return [
    figureOf({ name: 'fold: first pass', ...cpu }, column(samples, 'firstPerCpuSecond')),
    figureOf({ name: 'fold: first pass by the clock', ...wall }, column(samples, 'firstPerSecond')),
    figureOf({ name: 'fold: warm', ...cpu }, column(samples, 'warmPerCpuSecond')),
    figureOf({ name: 'fold: warm by the clock', ...wall }, column(samples, 'warmPerSecond')),
    figureOf({ name: 'fold: events folded', unit: 'events', better: 'higher' }, column([sample], 'events')),
  ];
}
