/** `rashomon config`: the configuration that `run` would use, and where each value comes from. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { withConfigFlags } from '../config/flags.ts';
import type { ConfigFlags } from '../config/gather.ts';
import { tableLines } from '../output/table.ts';
import type { Session } from '../session.ts';

type Options = ConfigFlags & { readonly explain?: boolean };

export function configCommand(caller: Caller): Command {
  const command = describeCommand({
    usage: 'config',
    about: 'prints the configuration that run would use',
    examples: [
      ['config', 'as YAML, ready to be kept as rashomon.config.yaml'],
      ['config --explain', 'each value with its source: flag, variable, file or default'],
      ['config --recommender ials --explain --json', 'for scripts'],
    ],
  });
  return withConfigFlags(command)
    .option('--explain', 'each value with its source')
    .action(acting<Options>(caller, config));
}

async function config(session: Session, options: Options): Promise<undefined> {
  const { output, json } = session;
  const { gatherConfig } = await import('../config/gather.ts');
  const { explainConfig } = await import('../config/explain.ts');
  const { resolved, warnings } = gatherConfig(options, session);
  for (const warning of warnings) output.warn(warning);
  const values = options.explain === true ? explainConfig(resolved) : null;
  if (json) {
    await output.json({ schema: 'rashomon.config/1', config: resolved.config, ...(values === null ? {} : { values }) });
  } else if (values === null) {
    const { stringify } = await import('yaml');
    await output.data(stringify(resolved.config));
  } else {
    const { bold, dim } = output.colours;
    const rows = values.map(({ key, value, source, about }) => [
      bold(key),
      value === null ? '-' : JSON.stringify(value),
      source === 'default' ? dim(source) : source,
      dim(about),
    ]);
    await output.lines(tableLines([['KEY', 'VALUE', 'SOURCE', 'ABOUT'].map(dim), ...rows]));
  }
  return undefined;
}
