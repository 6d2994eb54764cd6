/** `rashomon runs`: runs and their branches as a tree. */
import type { Command } from 'commander';
import type { RunsReport } from '@rashomon/replay';
import { acting, type Caller, describeCommand } from '../action.ts';
import { count } from '../output/numbers.ts';
import { tableLines } from '../output/table.ts';
import { nextCommand, type Session, withStore } from '../session.ts';

type Run = RunsReport['runs'][number];

export function runsCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'runs',
    about: 'lists runs and branches as a tree',
    examples: [
      ['runs', 'every branch under its parent, with the round after which it forked'],
      ['runs --json', 'for scripts'],
    ],
  }).action(acting(caller, runs));
}

async function runs(session: Session): Promise<undefined> {
  const { output, json } = session;
  const { listRuns } = await import('@rashomon/replay');
  await withStore(session, 'read', async (store) => {
    const report = await listRuns(store);
    if (json) return output.json(report);
    if (report.runs.length === 0) return output.hint(`no runs yet; ${nextCommand(session, 'run')} makes one`);
    await output.lines(treeLines(session, report.runs));
  });
  return undefined;
}

function treeLines({ output }: Session, all: readonly Run[]): string[] {
  const { bold, dim } = output.colours;
  const heading = ['RUN', 'NAME', 'STATUS', 'ROUNDS', 'AGENTS', 'EVENTS', 'RECOMMENDER', 'MIND', 'DIGEST'].map(dim);
  const rows = lanes(all, output.isUnicode).map(({ lane, run }) => [
    `${dim(lane)}${bold(run.run)}`,
    run.name ?? '',
    statusOf(output.colours, run),
    String(run.rounds),
    count(run.agents),
    count(run.events),
    run.recommender,
    run.mind,
    dim(run.digest.slice(0, 12)),
  ]);
  return tableLines([heading, ...rows], 'lllrrrlll');
}

function statusOf({ green, yellow, red }: Session['output']['colours'], { status }: Run): string {
  if (status === 'finished') return green(status);
  return status === 'failed' ? red(status) : yellow(status);
}

interface Lane {
  readonly lane: string;
  readonly run: Run;
}

/** Each run with the glyphs that lead to it; branches in order of their forks. */
function lanes(all: readonly Run[], isUnicode: boolean): Lane[] {
  const ids = new Set(all.map(({ run }) => run));
  const [tee, elbow, bar, dash] = isUnicode ? ['├', '└', '│', '─'] : ['+', '`', '|', '-'];
  const result: Lane[] = [];
  const visit = (run: Run, lane: string, below: string): void => {
    result.push({ lane, run });
    const branches = all
      .filter(({ parent }) => parent === run.run)
      .sort((a, b) => (a.forkRound ?? 0) - (b.forkRound ?? 0));
    branches.forEach((branch, index) => {
      const isLast = index === branches.length - 1;
      const fork = `${dash}@${branch.forkRound ?? 0}${dash} `;
      visit(
        branch,
        `${below}${isLast ? elbow : tee}${fork}`,
        `${below}${isLast ? ' ' : bar}${' '.repeat(fork.length)}`,
      );
    });
  };
  // A branch whose parent is not in this store stands by itself.
  for (const run of all) if (run.parent === null || !ids.has(run.parent)) visit(run, '', '');
  return result;
}
