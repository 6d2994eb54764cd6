/** `rashomon config`: the configuration that `run` would use, that of a stored run, or where two runs differ in it. */
import type { Command } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { withConfigFlags } from '../config/flags.ts';
import type { ConfigFlags } from '../config/gather.ts';
import { cut, tableLines } from '../output/table.ts';
import { type Session, withStore } from '../session.ts';
import { UsageError } from '../usage-error.ts';

type Options = ConfigFlags & { readonly explain?: boolean };

/** Longer values are cut for people. */
const VALUE_LETTERS_MAX = 60;

export function configCommand(caller: Caller): Command {
  const command = describeCommand({
    usage: 'config [run] [other]',
    about: 'prints the configuration that run would use, or the conditions of stored runs',
    examples: [
      ['config', 'as YAML, ready to be kept as rashomon.config.yaml'],
      ['config --explain', 'each value with its source: flag, variable, file or default'],
      ['config --recommender ials --explain --json', 'for scripts'],
      ['config base', 'every value in force in a stored run, its interventions included'],
      ['config base ials', 'in which values two stored runs differ'],
    ],
  });
  return withConfigFlags(command)
    .option('--explain', 'each value with its source')
    .action(acting<Options>(caller, config));
}

async function config(session: Session, options: Options, run?: string, other?: string): Promise<undefined> {
  if (run === undefined) return wouldBe(session, options);
  const { agents, config: file, data, explain, mind, recommender, rounds, seed, set } = options;
  if ([agents, file, data, explain, mind, recommender, rounds, seed, set].some((given) => given !== undefined))
    throw new UsageError(
      `config ${run} prints what is on record: expected no flag that sets or explains something beside it`,
    );
  return other === undefined ? ofRun(session, run) : ofTwo(session, [run, other]);
}

async function wouldBe(session: Session, options: Options): Promise<undefined> {
  const { output, json, registry } = session;
  const { gatherConfig } = await import('../config/gather.ts');
  const { explainConfig } = await import('../config/explain.ts');
  const { resolved, warnings } = gatherConfig(options, session);
  for (const warning of warnings) output.warn(warning);
  const values = options.explain === true ? explainConfig(resolved, registry) : null;
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

async function ofRun(session: Session, name: string): Promise<undefined> {
  const { output, json, registry } = session;
  const { findRun, storedConditions } = await import('@rashomon/replay');
  await withStore(session, 'read', async (store) => {
    const { id } = (await findRun(store, name)).header;
    const conditions = await storedConditions(store, id, registry);
    if (json) return output.json({ schema: 'rashomon.config/1', run: id, config: conditions });
    const { stringify } = await import('yaml');
    return output.data(stringify(conditions));
  });
  return undefined;
}

async function ofTwo(session: Session, names: readonly [string, string]): Promise<undefined> {
  const { output, json, registry } = session;
  const { differencesOf, findRun, storedConditions } = await import('@rashomon/replay');
  await withStore(session, 'read', async (store) => {
    const a = (await findRun(store, names[0])).header.id;
    const b = (await findRun(store, names[1])).header.id;
    const differences = differencesOf(
      await storedConditions(store, a, registry),
      await storedConditions(store, b, registry),
    );
    if (json) return output.json({ schema: 'rashomon.config-difference/1', a, b, differences });
    if (differences.length === 0) return output.lines(['the same conditions']);
    const { bold, dim } = output.colours;
    const told = (value: unknown): string => (value === null ? '-' : cut(JSON.stringify(value), VALUE_LETTERS_MAX));
    const rows = differences.map((difference) => [bold(difference.key), told(difference.a), told(difference.b)]);
    return output.lines(tableLines([['KEY', ...names].map(dim), ...rows]));
  });
  return undefined;
}
