/** `rashomon run`: simulates a run from its first round to its last. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import type { ConfigFlags } from '../config/gather.ts';
import { withConfigFlags } from '../config/flags.ts';
import { warnOfNamesake } from '../namesake.ts';
import { progressOf } from '../output/progress.ts';
import { printRun } from '../output/run-summary.ts';
import { nextCommand, type Session, withStore } from '../session.ts';
import { stoppable } from '../stoppable.ts';

type Options = ConfigFlags & { readonly name?: string };

export function runCommand(caller: Caller): Command {
  const command = describeCommand({
    usage: 'run',
    about: 'simulates the users of a recommender',
    examples: [
      ['run', '200 agents, 20 rounds, the sample catalogue'],
      ['run --agents 1000 --rounds 50 --seed 7 --name base', 'larger, named, with other luck'],
      ['run --recommender ials --set recommender.factors=32', 'another recommender and one of its parameters'],
      ['run --data ml-100k --set slate.size=5 --json', 'the users of real data; the report as JSON'],
    ],
  });
  return withConfigFlags(command)
    .option('--name <name>', 'what to call the run')
    .action(acting<Options>(caller, simulateRun, 'by itself'));
}

async function simulateRun(session: Session, flags: Options): Promise<undefined> {
  const { output, signal } = session;
  const { gatherConfig } = await import('../config/gather.ts');
  const { simulate } = await import('@rashomon/replay');
  const { resolved, warnings } = gatherConfig(flags, session);
  output.say(`seed ${resolved.config.seed}`);
  for (const warning of warnings) output.warn(warning);
  await withStore(session, 'write', async (store) => {
    await warnOfNamesake(session, store, flags.name);
    const progress = await progressOf(output, 'simulating');
    const named = flags.name === undefined ? {} : { name: flags.name };
    const report = await stoppable(session, progress, () =>
      simulate(store, resolved, {
        ...named,
        signal,
        registry: session.registry,
        onStart: ({ id }) => output.say(`run ${id}`),
        onRound: (round) => progress.round(round),
      }),
    );
    await printRun(session, report);
    hint(session, report.name ?? report.run, Math.ceil(report.rounds / 2));
  });
  return undefined;
}

function hint(session: Session, name: string, round: number): void {
  if (session.storeName === 'memory:') return;
  session.output.hint(`\nnext: ${nextCommand(session, `branch ${name}@${round} --set recommender=random`)}`);
  session.output.hint(`      ${nextCommand(session, `replay ${name}`)}`);
}
