/** `rashomon init`: writes a configuration with every key, its default and what it means. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { pathIn, type Session } from '../session.ts';

/** There is a configuration already. */
class AlreadyThere extends Error {
  override readonly name = 'AlreadyThere';
  readonly code = 'ALREADY_THERE';
}

export function initCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'init [dir]',
    about: 'writes a commented configuration and says what to run next',
    examples: [
      ['init', 'rashomon.config.yaml in this folder'],
      ['init study', 'in the folder study, which is made'],
    ],
  }).action(acting(caller, init));
}

async function init(session: Session, _options: object, folder = '.'): Promise<undefined> {
  const { mkdirSync, existsSync, writeFileSync } = await import('node:fs');
  const { CONFIG_FILES } = await import('../config/config-file.ts');
  const { configTemplate } = await import('../config/template.ts');
  const there = CONFIG_FILES.map((name) => pathIn(session, folder, name)).find((path) => existsSync(path));
  if (there !== undefined) throw new AlreadyThere(`${there} exists already; it was left as it is`);
  mkdirSync(pathIn(session, folder), { recursive: true });
  const path = pathIn(session, folder, CONFIG_FILES[1]);
  // Exclusive: what somebody else has just written is not overwritten either.
  writeFileSync(path, configTemplate(session.registry), { flag: 'wx' });
  if (session.json) await session.output.json({ schema: 'rashomon.init/1', path });
  else await session.output.lines([path]);
  const enter = folder === '.' ? '' : `cd ${folder} && `;
  session.output.hint(`next: ${enter}rashomon run --name base`);
  return undefined;
}
