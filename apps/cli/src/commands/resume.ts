/** `rashomon resume`: goes on with a run that was stopped or crashed. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { progressOf } from '../output/progress.ts';
import { printRun } from '../output/run-summary.ts';
import { type Session, withStore } from '../session.ts';
import { stoppable } from '../stoppable.ts';

export function resumeCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'resume <run>',
    about: 'goes on after a stop or a crash',
    examples: [
      ['resume base', 'to the planned end, with the digest of a run that was never stopped'],
      ['resume 3f2a --quiet', 'by the beginning of its id'],
    ],
  }).action(acting(caller, resumeRun, 'by itself'));
}

async function resumeRun(session: Session, _options: object, name = ''): Promise<undefined> {
  const { output, signal } = session;
  const { findRun, resume } = await import('@rashomon/replay');
  await withStore(session, 'change', async (store) => {
    const { header, progress: stood } = await findRun(store, name);
    output.say(`seed ${header.seed}`);
    if (stood.status === 'finished') output.say(`run ${header.id} is finished already`);
    else output.say(`run ${header.id}: goes on after round ${Math.max(0, stood.rounds)} of ${header.plannedRounds}`);
    const progress = await progressOf(output, 'simulating');
    const report = await stoppable(session, progress, () =>
      resume(store, header.id, { signal, registry: session.registry, onRound: (round) => progress.round(round) }),
    );
    await printRun(session, report);
  });
  return undefined;
}
