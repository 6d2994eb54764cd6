/** The command `rashomon` as a whole process, by the clock. */
import { spawnSync } from 'node:child_process';
import { type Figure, figureOf } from '../figures.ts';
import { COMMAND_NODE_ARGUMENTS, commandFile } from '../places.ts';
import { column, type Sample } from '../sample.ts';
import type { Scenario } from './scenario.ts';

const TIMES = 15;

export const commandScenarios: readonly Scenario[] = [{ name: 'help', run: help }];

/** Milliseconds of `rashomon` with these arguments. @throws Error when it fails */
export function commandMs(args: readonly string[]): number {
  return nodeMs([...COMMAND_NODE_ARGUMENTS, commandFile, ...args]);
}

function nodeMs(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const milliseconds = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}, expected 0: ${stderr}`);
  return milliseconds;
}

/** One beside the other, so that both meet the same machine. */
async function help(): Promise<readonly Figure[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < TIMES; i++) samples.push({ help: commandMs(['--help']), node: nodeMs(['-e', '0']) });
  return [
    figureOf({ name: 'help: rashomon --help', unit: 'ms', better: 'lower', target: 200 }, column(samples, 'help')),
    figureOf({ name: 'help: node -e 0 beside it', unit: 'ms', better: 'lower' }, column(samples, 'node')),
  ];
}
