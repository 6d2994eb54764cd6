/** `rashomon verify`: checks the stored log of a run without executing anything. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { count } from '../output/numbers.ts';
import { type Session, withStore } from '../session.ts';

export function verifyCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'verify <run>',
    about: 'checks digest and structure of the stored log, without executing it',
    examples: [
      ['verify base', 'exit code 0 when it is what was written, 6 when a byte of it has changed'],
      ['verify base --json', 'with the position of the first fault'],
    ],
  }).action(acting(caller, verifyRun));
}

async function verifyRun(session: Session, _options: object, name = ''): Promise<ExitCode> {
  const { output, json } = session;
  const { findRun, verify } = await import('@rashomon/replay');
  return withStore(session, 'read', async (store) => {
    const report = await verify(store, (await findRun(store, name)).header.id);
    const { bold, dim, green, red } = output.colours;
    const { run, events, fault, digest } = report;
    if (json) await output.json(report);
    else if (fault === null)
      await output.lines([`run ${bold(run)}: ${green('intact')}, ${count(events)} events`, dim(`digest ${digest}`)]);
    else await output.lines([`run ${bold(run)}: ${red(`damaged at position ${fault.position}`)}: ${fault.reason}`]);
    return fault === null ? EXIT.ok : EXIT.store;
  });
}
