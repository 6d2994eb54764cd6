/** `rashomon compare`: two runs side by side, agent paired with agent. */
import type { Command } from 'commander';
import type { CompareReport } from '@rashomon/replay';
import { acting, type Caller, describeCommand, repeated } from '../action.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { definitionLines, definitionsOf } from '../output/metric-words.ts';
import { count, figures, plural, signed } from '../output/numbers.ts';
import type { Colours } from '../output/output.ts';
import { sparkline, tableLines } from '../output/table.ts';
import { type Session, withStore } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** An interval over fewer agents is no honest ground for a star. */
const FEWEST_FOR_STAR = 10;

interface Options {
  readonly metric?: readonly string[];
  readonly failIf?: string;
  readonly explain?: boolean;
}

export function compareCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'compare [a] [b]',
    about: 'compares two runs, agent paired with agent where both have the same',
    examples: [
      ['compare base ials', 'what the branch changed, with 95 % intervals over agents'],
      ['compare base ials --metric watches --metric meanRating', 'some metrics only'],
      [
        `compare base ials --fail-if 'watches.high < 0'`,
        'exit code 1 when it is true: for scripts that guard a figure',
      ],
      ['compare --explain', 'what each metric is, and what one may and may not conclude from it'],
    ],
  })
    .option('--metric <name>', 'only this metric; may be repeated', repeated)
    .option('--fail-if <expression>', 'exit with 1 when it holds, e.g. "watches.delta < -0.5 || divergedAgents > 10"')
    .option('--explain', 'what each metric is; with two runs, after their comparison')
    .action(acting<Options>(caller, compare));
}

async function compare(session: Session, options: Options, a?: string, b?: string): Promise<ExitCode> {
  const { output, json } = session;
  const definitions = options.explain === true ? await definitionsOf(options.metric) : null;
  if (a === undefined || b === undefined) {
    if (definitions === null || a !== undefined)
      throw new UsageError('two runs are to be named: rashomon compare A B; rashomon compare --explain needs none');
    await (json
      ? output.json({ schema: 'rashomon.metrics/1', metrics: definitions })
      : output.lines(definitionLines(definitions, output.colours)));
    return EXIT.ok;
  }
  const { compareRuns, findRun, parseFailIf } = await import('@rashomon/replay');
  // Read first: a faulty expression is told before anything is compared.
  const fails = options.failIf === undefined ? null : parseFailIf(options.failIf);
  return withStore(session, 'read', async (store) => {
    const [first, second] = [await findRun(store, a), await findRun(store, b)];
    const metrics = options.metric === undefined ? {} : { metrics: options.metric };
    const report = await compareRuns(store, first.header.id, second.header.id, metrics);
    const isFailed = fails !== null && fails(report);
    const names = [first.header.name ?? report.a, second.header.name ?? report.b] as const;
    const explained = definitions === null ? [] : ['', ...definitionLines(definitions, output.colours)];
    await (json
      ? output.json(definitions === null ? report : { ...report, definitions })
      : output.lines([...linesOf(session, report, names), ...explained]));
    if (isFailed) output.complain(`--fail-if ${options.failIf} holds`);
    return isFailed ? EXIT.failed : EXIT.ok;
  });
}

function linesOf({ output }: Session, report: CompareReport, [a, b]: readonly [string, string]): string[] {
  const { bold, dim } = output.colours;
  const { forkRound, rounds, firstDivergence, paired } = report;
  const family = forkRound === null ? 'no round in common' : `shared up to round ${forkRound}`;
  const runs = `${bold(a)} (a) and ${bold(b)} (b): ${family}`;
  if (rounds[0] > rounds[1]) return [`${runs}; no round is left to compare`];
  return [
    `${runs}, compared over rounds ${rounds[0]} to ${rounds[1]}`,
    ...(paired
      ? []
      : ['not paired: their agents or their luck are not the same, so agents were drawn in each by itself']),
    firstDivergence === null ? 'they never diverge' : `first difference: ${placeOf(firstDivergence)}`,
    // Without pairs, that agents of one number differ says nothing.
    ...(paired ? divergedLine(report) : []),
    '',
    ...tableLines(rowsOf(output.colours, report), 'lrrrrlr'),
    '',
    dim(
      `* the interval of the ${paired ? 'paired' : 'unpaired'} difference over agents (bootstrap) excludes 0, ` +
        `and there are ${FEWEST_FOR_STAR} agents or more`,
    ),
  ];
}

function rowsOf({ bold, dim }: Colours, { metrics }: CompareReport): string[][] {
  const heading = ['METRIC', 'A', 'B', 'B - A', '95 % INTERVAL', '', 'AGENTS'].map(dim);
  const rows = metrics.map(({ name, a: left, b: right, delta, low, high, n }) => {
    const isClear = (low > 0 || high < 0) && n >= FEWEST_FOR_STAR;
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
  return [heading, ...rows];
}

function placeOf({ round, agent, position }: NonNullable<CompareReport['firstDivergence']>): string {
  return `round ${round}, ${agent === null ? 'the system' : `agent ${agent}`}, position ${position}`;
}

function divergedLine({ divergedAgents, rounds }: CompareReport): string[] {
  const last = divergedAgents.at(-1);
  if (last === undefined) return [];
  const course = sparkline(divergedAgents.map(({ agents }) => agents));
  return [
    `agents that differ, rounds ${rounds[0]} to ${rounds[1]}: ${course} ${plural(last.agents, 'agent')} in the last`,
  ];
}
