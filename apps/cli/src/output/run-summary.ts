/** What is said of a run when a command has made it or gone on with it. */
import type { RunReport } from '@rashomon/replay';
import type { Session } from '../session.ts';
import { count, duration, figure, plural } from './numbers.ts';
import { tableLines } from './table.ts';

/** Prints the report: as JSON, as the bare id when quiet, otherwise for people. */
export async function printRun({ json, output }: Session, report: RunReport): Promise<void> {
  const { outsideFaults: faults, outsideCalls: calls } = report;
  if (faults > 0)
    output.warn(
      `${count(faults)} of ${plural(calls, 'outside call')} got no usable answer, and the fallback stood in; ` +
        `rashomon events ${report.run} --type RecommenderAnswered tells why`,
    );
  if (json) return output.json(report);
  if (output.quiet) return output.data(`${report.run}\n`);
  const { bold, dim } = output.colours;
  const name = report.name === null ? '' : ` ${bold(report.name)}`;
  const origin =
    report.parent === null
      ? ''
      : `, a branch of ${report.parent} after round ${report.forkRound} (${count(report.sharedEvents)} events shared)`;
  const outside = calls === 0 ? '' : `, ${plural(calls, 'outside call')}`;
  const { in: tokensIn, out: tokensOut } = report.tokens;
  const tokens = tokensIn + tokensOut === 0 ? '' : `, ${count(tokensIn)} + ${count(tokensOut)} tokens`;
  await output.lines([
    `run ${bold(report.run)}${name}: ${report.status}${origin}`,
    `${plural(report.rounds, 'round')}, ${plural(report.agents, 'agent')}, ${plural(report.events, 'event')} ` +
      `in ${duration(report.seconds)}${outside}${tokens}`,
    `recommender ${report.recommender}, mind ${report.mind}, seed ${report.seed}`,
    dim(`digest ${report.digest}`),
    '',
    ...metricLines(report.metrics),
  ]);
}

function metricLines(metrics: RunReport['metrics']): string[] {
  const entries = Object.entries(metrics).map(([name, value]) => [name, figure(value)]);
  const half = Math.ceil(entries.length / 2);
  const rows = entries.slice(0, half).map((left, index) => [...left, ...(entries[half + index] ?? [])]);
  return tableLines(rows, 'lrlr').map((line) => `  ${line}`);
}
