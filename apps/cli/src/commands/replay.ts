/** `rashomon replay`: executes a run again from its record and compares every event. */
import type { Command } from 'commander';
import type { ReplayReport } from '@rashomon/replay';
import { acting, type Caller, describeCommand } from '../action.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { count, duration } from '../output/numbers.ts';
import { progressOf } from '../output/progress.ts';
import { type Session, withStore } from '../session.ts';

export function replayCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'replay <run>',
    about: 'executes a run again from its record and compares every event',
    examples: [
      ['replay base', 'exit code 0 when every event is the same, 5 when one differs'],
      ['replay base --json', 'with the first difference, both sides'],
    ],
  }).action(acting(caller, replayRun));
}

async function replayRun(session: Session, _options: object, name = ''): Promise<ExitCode> {
  const { output, json, signal } = session;
  const { findRun, replay } = await import('@rashomon/replay');
  return withStore(session, 'read', async (store) => {
    const { header } = await findRun(store, name);
    const progress = await progressOf(output, 'replaying');
    let report: ReplayReport;
    try {
      report = await replay(store, header.id, {
        signal,
        registry: session.registry,
        onRound: (round, rounds) => progress.round({ round, rounds }),
      });
    } finally {
      progress.stop();
    }
    await (json ? output.json(report) : output.lines(linesOf(session, report)));
    return report.divergence === null ? EXIT.ok : EXIT.diverged;
  });
}

function linesOf({ output }: Session, { run, events, matched, divergence, digest, seconds }: ReplayReport): string[] {
  const { bold, dim, green, red } = output.colours;
  const told = `${count(matched)} of ${count(events)} events are the same, no outside call, in ${duration(seconds)}`;
  if (divergence === null) return [`run ${bold(run)}: ${green('replayed exactly')}; ${told}`, dim(`digest ${digest}`)];
  return [
    `run ${bold(run)}: ${red(`diverges at position ${divergence.position}`)}; ${told}`,
    `  recorded  ${divergence.recorded === null ? 'no event' : JSON.stringify(divergence.recorded)}`,
    `  replayed  ${divergence.replayed === null ? 'no event' : JSON.stringify(divergence.replayed)}`,
  ];
}
