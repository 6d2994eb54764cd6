/** `rashomon compare`: two runs side by side, agent paired with agent. */
import type { Command } from 'commander';
import type { CompareReport } from '@rashomon/replay';
import { acting, type Caller, describeCommand, repeated } from '../action.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { count, figures, plural, signed } from '../output/numbers.ts';
import { sparkline, tableLines } from '../output/table.ts';
import { type Session, withStore } from '../session.ts';

interface Options {
  readonly metric?: readonly string[];
  readonly failIf?: string;
}

export function compareCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'compare <a> <b>',
    about: 'compares two runs, agent paired with agent',
    examples: [
      ['compare base ials', 'what the branch changed, with 95 % intervals over agents'],
      ['compare base ials --metric watches --metric meanRating', 'some metrics only'],
      [
        `compare base ials --fail-if 'watches.high < 0'`,
        'exit code 1 when it is true: for scripts that guard a figure',
      ],
    ],
  })
    .option('--metric <name>', 'only this metric; may be repeated', repeated)
    .option('--fail-if <expression>', 'exit with 1 when it holds, e.g. "watches.delta < -0.5 || divergedAgents > 10"')
    .action(acting<Options>(caller, compare));
}

async function compare(session: Session, options: Options, a = '', b = ''): Promise<ExitCode> {
  const { output, json } = session;
  const { compareRuns, findRun, parseFailIf } = await import('@rashomon/replay');
  // Read first: a faulty expression is told before anything is compared.
  const fails = options.failIf === undefined ? null : parseFailIf(options.failIf);
  return withStore(session, 'read', async (store) => {
    const [first, second] = [await findRun(store, a), await findRun(store, b)];
    const metrics = options.metric === undefined ? {} : { metrics: options.metric };
    const report = await compareRuns(store, first.header.id, second.header.id, metrics);
    const isFailed = fails !== null && fails(report);
    await (json
      ? output.json(report)
      : output.lines(linesOf(session, report, [first.header.name ?? report.a, second.header.name ?? report.b])));
    if (isFailed) output.complain(`--fail-if ${options.failIf} holds`);
    return isFailed ? EXIT.failed : EXIT.ok;
  });
}

function linesOf({ output }: Session, report: CompareReport, [a, b]: readonly [string, string]): string[] {
  const { bold, dim } = output.colours;
  const { forkRound, rounds, firstDivergence, metrics } = report;
  const family = forkRound === null ? 'no round in common' : `shared up to round ${forkRound}`;
  const heading = ['METRIC', 'A', 'B', 'B - A', '95 % INTERVAL', '', 'AGENTS'].map(dim);
  const rows = metrics.map(({ name, a: left, b: right, delta, low, high, n }) => {
    const isClear = low > 0 || high < 0;
    const [ofA = '', ofB = ''] = figures(left, right);
    const [change = '', least = '', most = ''] = figures(delta, low, high);
    const cells = [
      name,
      ofA,
      ofB,
      signed(delta, change),
      `${signed(low, least)} to ${signed(high, most)}`,
      isClear ? '*' : '',
      count(n),
    ];
    return isClear ? cells.map(bold) : cells;
  });
  return [
    `${bold(a)} (a) and ${bold(b)} (b): ${family}, compared over rounds ${rounds[0]} to ${rounds[1]}`,
    firstDivergence === null ? 'they never diverge' : `first difference: ${placeOf(firstDivergence)}`,
    ...divergedLine(report),
    '',
    ...tableLines([heading, ...rows], 'lrrrrlr'),
    '',
    dim('* the interval of the paired difference over agents (bootstrap) excludes 0'),
  ];
}

function placeOf({ round, agent, position }: NonNullable<CompareReport['firstDivergence']>): string {
  return `round ${round}, ${agent === null ? 'the system' : `agent ${agent}`}, position ${position}`;
}

function divergedLine({ divergedAgents, rounds }: CompareReport): string[] {
  const last = divergedAgents.at(-1);
  if (last === undefined) return [];
  return [
    `agents that differ, rounds ${rounds[0]} to ${rounds[1]}: ${sparkline(divergedAgents.map(({ agents }) => agents))} ${plural(last.agents, 'agent')} in the last`,
  ];
}
