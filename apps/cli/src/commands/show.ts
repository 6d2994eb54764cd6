/** `rashomon show`: the system, or one agent, as of the close of a round. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { type Session, withStore } from '../session.ts';
import { wholeNumber } from '../usage-error.ts';

interface Options {
  readonly agent?: string;
}

export function showCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'show <run[@round]>',
    about: 'shows the state of the system, or of one agent, as of a round',
    examples: [
      ['show base', 'the system as of the last closed round'],
      ['show base@5 --agent 17', 'agent 17 as of the close of round 5'],
      ['show base@5 --agent 17 --json', 'all that is known of it'],
    ],
  })
    .option('--agent <id>', 'this agent instead of the system')
    .action(acting<Options>(caller, show));
}

async function show(session: Session, options: Options, reference = ''): Promise<undefined> {
  const { json, output } = session;
  const agent = options.agent === undefined ? undefined : wholeNumber(options.agent, '--agent');
  const { RunLog, worldAt } = await import('@rashomon/kernel');
  const { findRunAt, stateAt } = await import('@rashomon/replay');
  await withStore(session, 'read', async (store) => {
    const { record, round } = await findRunAt(store, reference);
    // Checks the agent also for those who read the words.
    const report = await stateAt(store, record.header.id, round, agent);
    if (json) return output.json(report);
    const { fold } = await worldAt(store, await RunLog.open(store, record.header.id), round);
    const { agentLines, systemLines } = await import('../output/state-words.ts');
    const view = { record, round, world: fold.world, catalogue: fold.catalogue, colours: output.colours };
    await output.lines(agent === undefined ? systemLines(view) : agentLines(view, agent));
  });
  return undefined;
}
