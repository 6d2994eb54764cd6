/** `rashomon export`: the events of a run as files for other programs. */
import { type Command, Option } from 'commander';
import { acting, type Caller, describeCommand } from '../action.ts';
import { count } from '../output/numbers.ts';
import { pathIn, type Session, withStore } from '../session.ts';

interface Options {
  readonly format: 'jsonl' | 'csv';
  readonly output: string;
}

export function exportCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'export <run>',
    about: 'writes the events of a run to files',
    examples: [
      ['export base --format jsonl -o base.jsonl', 'one JSON object a line'],
      ['export base --format csv -o base-csv', 'a folder with one CSV file for each type of event'],
    ],
  })
    .addOption(new Option('--format <format>', 'what to write').choices(['jsonl', 'csv']).makeOptionMandatory())
    .requiredOption('-o, --output <path>', 'a file for jsonl, a folder for csv; an earlier export is replaced')
    .action(acting<Options>(caller, exportEvents));
}

async function exportEvents(session: Session, { format, output: path }: Options, name = ''): Promise<undefined> {
  const { output, json, signal } = session;
  const { exportRun, findRun } = await import('@rashomon/replay');
  await withStore(session, 'read', async (store) => {
    const { header } = await findRun(store, name);
    const report = await exportRun(store, header.id, { format, path: pathIn(session, path), signal });
    output.say(`${count(report.events)} events of run ${header.id}`);
    await (json ? output.json(report) : output.lines(report.files));
  });
  return undefined;
}
