/** `rashomon branch`: forks a run at the close of a round, changes something and runs on. */
import type { Command } from 'commander';
import type { BranchPlan } from '@rashomon/replay';
import { acting, type Caller, describeCommand, repeated } from '../action.ts';
import { warnOfNamesake } from '../namesake.ts';
import { count, plural } from '../output/numbers.ts';
import { progressOf } from '../output/progress.ts';
import { cut } from '../output/table.ts';
import { printRun } from '../output/run-summary.ts';
import { nextCommand, type Session, withStore } from '../session.ts';
import { stoppable } from '../stoppable.ts';
import { UsageError, wholeNumber } from '../usage-error.ts';

interface Options {
  readonly set?: readonly string[];
  readonly rounds?: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

export function branchCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'branch <run@round>',
    about: 'forks a run after a round, applies interventions and runs on',
    examples: [
      ['branch base@10 --set recommender=ials --name ials', 'another recommender from round 11 on'],
      ['branch base@10 --set recommender.trainEvery=5 --set slate.size=5', 'several changes at once'],
      [`branch base@5 --set 'agent.17.persona.interests=["sci-fi"]'`, 'another person in the place of agent 17'],
      ['branch base@5 --set message.suppress=4711 --dry-run', 'what would be done, without doing it'],
    ],
  })
    .option('--set <key=value>', 'what to change; may be repeated', repeated)
    .option('--rounds <n>', 'rounds after the fork (default: as far as its parent)')
    .option('--name <name>', 'what to call the branch')
    .option('--dry-run', 'check and tell what would be done; write nothing')
    .action(acting<Options>(caller, branchRun, 'by itself'));
}

async function branchRun(
  session: Session,
  { set = [], rounds, name, dryRun }: Options,
  reference = '',
): Promise<undefined> {
  const { output, signal } = session;
  if (!/@\d+$/.test(reference))
    throw new UsageError(
      `${JSON.stringify(reference)}: expected RUN@ROUND, e.g. ${reference === '' ? 'base' : reference}@10`,
    );
  const length = {
    registry: session.registry,
    ...(rounds === undefined ? {} : { rounds: wholeNumber(rounds, '--rounds', 1) }),
  };
  const { interventionsFrom } = await import('../config/settings.ts');
  const { branch, findRunAt, planBranch } = await import('@rashomon/replay');
  const settings = interventionsFrom(set, session.cwd);
  await withStore(session, 'change', async (store) => {
    const { record, round } = await findRunAt(store, reference);
    const parent = record.header.id;
    if (dryRun === true) return printPlan(session, await planBranch(store, parent, round, settings, length));
    await warnOfNamesake(session, store, name);
    const progress = await progressOf(output, 'branching');
    const named = name === undefined ? {} : { name };
    const report = await stoppable(session, progress, () =>
      branch(store, parent, round, settings, {
        ...length,
        ...named,
        signal,
        onPlan: ({ unchanged }) => unchangedLines(unchanged).forEach((line) => output.say(line)),
        onStart: ({ id, seed }) => output.say(`seed ${seed}\nrun ${id}`),
        onRound: (done) => progress.round(done),
      }),
    );
    await printRun(session, report);
    output.hint(
      `\nnext: ${nextCommand(session, `compare ${record.header.name ?? parent} ${report.name ?? report.run}`)}`,
    );
  });
  return undefined;
}

async function printPlan({ json, output }: Session, plan: BranchPlan): Promise<void> {
  if (json) return output.json(plan);
  const { parent, forkRound, sharedEvents, interventions, unchanged, inherited, rounds, agents, recordedAnswers } =
    plan;
  const changes = interventions.map(({ key, value }) => cut(`  ${key} = ${JSON.stringify(value)}`, 160));
  const kept = inherited.map(({ round, key, value }) => `  round ${round}: ${key} = ${JSON.stringify(value)}`);
  await output.lines([
    `would branch from run ${parent} after round ${forkRound}, sharing its first ${count(sharedEvents)} events`,
    changes.length === 0
      ? 'no intervention: it would go on exactly as its parent'
      : `at the opening of round ${forkRound + 1}:`,
    ...changes,
    ...unchangedLines(unchanged),
    ...(kept.length === 0 ? [] : ['as its parent did:', ...kept]),
    `and run ${plural(rounds, 'round')} of ${plural(agents, 'agent')}`,
    ...(recordedAnswers === 0
      ? []
      : [`${plural(recordedAnswers, 'recorded answer')} would be used again where the situation is the same`]),
    'nothing was written',
  ]);
}

function unchangedLines(unchanged: BranchPlan['unchanged']): readonly string[] {
  return unchanged.map(({ key, value }) => `changes nothing, left out: ${key} = ${JSON.stringify(value)}`);
}
