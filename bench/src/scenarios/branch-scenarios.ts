/** Questions to a long run: how soon a branch gets going, wherever it forks, and how soon `why` answers. */
import { repeatedAlone } from '../alone.ts';
import { type Figure, figureOf } from '../figures.ts';
import { column, type Sample } from '../sample.ts';
import { commandMs } from './command-scenarios.ts';
import type { RunPlan, RunShelf } from './run-shelf.ts';
import type { Scenario } from './scenario.ts';

/** About a million events. */
export const MILLION: RunPlan = { agents: 4_000, rounds: 56, films: 1_700, recommender: 'popular' };
/** As many events of fewer agents. */
const FEW: RunPlan = { ...MILLION, agents: 1_000, rounds: 224 };
/** Shorter: its models are what takes time. */
const MODELLED: RunPlan = { ...MILLION, rounds: 28, recommender: 'ials' };

const TIMES = 5;
const LIMIT_MS = 300;
const ms = { unit: 'ms', better: 'lower' } as const;

export const branchScenarios: readonly Scenario[] = [
  { name: 'branch-start', run: (shelf) => ofAll(shelf, branches) },
  { name: 'why', run: (shelf) => ofAll(shelf, questions) },
];

type FiguresOfRun = (plan: RunPlan, shelf: RunShelf) => Promise<readonly Figure[]>;

async function ofAll(shelf: RunShelf, figuresOf: FiguresOfRun): Promise<readonly Figure[]> {
  return [
    ...(await figuresOf(MILLION, shelf)),
    ...(await figuresOf(FEW, shelf)),
    ...(await figuresOf(MODELLED, shelf)),
  ];
}

function told({ agents, recommender }: RunPlan): string {
  return `${recommender}, ${agents} agents`;
}

async function branches(plan: RunPlan, shelf: RunShelf): Promise<readonly Figure[]> {
  const { sample: _, ...run } = await shelf.kept(plan);
  const figures: Figure[] = [];
  for (const round of [5, Math.floor(plan.rounds / 2), plan.rounds]) {
    const samples = await repeatedAlone(TIMES, 'branch', { ...run, round });
    const name = `branch-start, ${told(plan)}, fork at ${round} of ${plan.rounds}`;
    figures.push(
      figureOf({ name: `${name}: to onStart`, ...ms }, column(samples, 'onStart')),
      figureOf({ name: `${name}: to the first round`, ...ms, target: LIMIT_MS }, column(samples, 'firstRound')),
      figureOf({ name: `${name}: to its close`, ...ms }, column(samples, 'closed')),
    );
  }
  return figures;
}

async function questions(plan: RunPlan, shelf: RunShelf): Promise<readonly Figure[]> {
  const { sample, ...run } = await shelf.kept(plan);
  const [position = 0] = column([sample], 'watched');
  const plain = await repeatedAlone(TIMES, 'why', { ...run, position, butFor: false });
  const tested = await repeatedAlone(TIMES, 'why', { ...run, position, butFor: true });
  const commands: Sample[] = [];
  for (let i = 0; i < TIMES; i++) {
    const command = ['why', run.name, String(position), '--store', run.store];
    commands.push({ plain: commandMs(command), butFor: commandMs([...command, '--but-for']) });
  }
  const name = `why, ${told(plan)}`;
  return [
    figureOf({ name: `${name}: first question of a process`, ...ms, target: LIMIT_MS }, column(plain, 'first')),
    figureOf({ name: `${name}: the same again`, ...ms }, column(plain, 'again')),
    figureOf({ name: `${name}: first, with the test of causes`, ...ms }, column(tested, 'first')),
    figureOf({ name: `${name}: again, with the test of causes`, ...ms }, column(tested, 'again')),
    figureOf({ name: `${name}: whole command`, ...ms }, column(commands, 'plain')),
    figureOf({ name: `${name}: whole command with --but-for`, ...ms }, column(commands, 'butFor')),
  ];
}
