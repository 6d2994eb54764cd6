/** Whole runs, and their replays: how many agents act in a second of CPU with the log on, and in how much memory. */
import { alone } from '../alone.ts';
import { type Figure, figureOf } from '../figures.ts';
import { dataFolder } from '../places.ts';
import { column, type Sample } from '../sample.ts';
import { rmSync } from 'node:fs';
import type { RunPlan, RunShelf, Settings } from './run-shelf.ts';
import type { Scenario } from './scenario.ts';

interface RunTarget {
  readonly times: number;
  /** Agent-rounds a second of CPU. */
  readonly speed?: number;
  readonly mebibytes?: number;
}

const SMALL = { agents: 1_000, rounds: 50, films: 1_700 };
const LARGE = { agents: 10_000, rounds: 10, films: 5_000 };
/** Users of ML-100K, who bring their histories. */
const REAL = { rounds: 50, 'slate.size': 10 };
const PAIRS = 3;

export const runScenarios: readonly Scenario[] = [
  runScenario('run-popular', { ...SMALL, recommender: 'popular' }, { times: 5, speed: 20_000, mebibytes: 500 }),
  runScenario('run-ials', { ...SMALL, recommender: 'ials' }, { times: 5, speed: 10_000, mebibytes: 500 }),
  runScenario('run-large', { ...LARGE, recommender: 'popular' }, { times: 3, speed: 8_000, mebibytes: 1024 }),
  { name: 'run-ml-100k', run: realRuns },
  { name: 'replay', run: replays },
];

function runScenario(name: string, plan: RunPlan, target: RunTarget): Scenario {
  return { name, run: (shelf) => runFigures(name, shelf, { settings: shelf.settingsOf(plan), target }) };
}

async function runFigures(
  name: string,
  shelf: RunShelf,
  { settings, target }: { readonly settings: Settings; readonly target: RunTarget },
): Promise<readonly Figure[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < target.times; i++) {
    const { sample, store } = await shelf.simulate(settings);
    samples.push(sample);
    rmSync(store);
  }
  const { speed, mebibytes } = target;
  return [
    figureOf(
      {
        name: `${name}: speed`,
        unit: 'agent-rounds/s CPU',
        better: 'higher',
        ...(speed === undefined ? {} : { target: speed }),
      },
      column(samples, 'agentRoundsPerCpuSecond'),
    ),
    figureOf(
      { name: `${name}: speed by the clock`, unit: 'agent-rounds/s', better: 'higher' },
      column(samples, 'agentRoundsPerSecond'),
    ),
    figureOf(
      {
        name: `${name}: peak memory`,
        unit: 'MiB',
        better: 'lower',
        ...(mebibytes === undefined ? {} : { target: mebibytes }),
      },
      column(samples, 'mebibytes'),
    ),
  ];
}

/** Real films, users and histories; nothing where the data is not there. */
async function realRuns(shelf: RunShelf): Promise<readonly Figure[]> {
  const data = dataFolder('ml-100k');
  if (data === undefined) {
    process.stderr.write('run-ml-100k: skipped, there is no ml-100k in RASHOMON_DATA nor in ../shared/data\n');
    return [];
  }
  const figures: Figure[] = [];
  for (const recommender of ['popular', 'ials']) {
    figures.push(
      ...(await runFigures(`run-ml-100k, ${recommender}`, shelf, {
        settings: { ...REAL, data, recommender },
        target: { times: 3 },
      })),
    );
  }
  return figures;
}

/** Each replay beside the run that it repeats, made right before it. */
async function replays(shelf: RunShelf): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const recommender of ['popular', 'ials']) {
    const pairs: Sample[] = [];
    for (let i = 0; i < PAIRS; i++) {
      const { sample, store, name } = await shelf.simulate(shelf.settingsOf({ ...SMALL, recommender }));
      const { cpu, mebibytes } = await alone('replay', { store, name });
      pairs.push({ share: (cpu as number) / (sample['cpu'] as number), mebibytes: mebibytes as number });
      rmSync(store);
    }
    figures.push(
      figureOf(
        {
          name: `replay, ${recommender}: CPU of the replay / CPU of the run`,
          unit: 'ratio',
          better: 'lower',
          target: 1,
        },
        column(pairs, 'share'),
      ),
      figureOf(
        { name: `replay, ${recommender}: peak memory`, unit: 'MiB', better: 'lower' },
        column(pairs, 'mebibytes'),
      ),
    );
  }
  return figures;
}
