/** `rashomon doctor`: whether this machine and this folder are fit for runs. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { tableLines } from '../output/table.ts';
import type { Session } from '../session.ts';

export function doctorCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'doctor',
    about: 'checks Node, disk, store, data folder, model end-points and terminal',
    examples: [
      ['doctor', 'exit code 1 when something is broken'],
      ['doctor --store runs.db --json', 'another store; for scripts'],
    ],
  }).action(acting(caller, doctor));
}

async function doctor(session: Session): Promise<ExitCode> {
  const { output, json } = session;
  const { examine } = await import('../doctor/examine.ts');
  const checks = await examine(session);
  const ok = checks.every(({ state }) => state !== 'broken');
  if (json) {
    await output.json({ schema: 'rashomon.doctor/1', ok, checks });
  } else {
    const { green, yellow, red } = output.colours;
    const paint = { ok: green, note: yellow, broken: red };
    await output.lines(tableLines(checks.map(({ name, state, detail }) => [paint[state](state), name, detail])));
  }
  return ok ? EXIT.ok : EXIT.failed;
}
