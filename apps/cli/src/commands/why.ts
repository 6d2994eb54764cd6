/** `rashomon why`: the recorded causes of an event, and the test of each. */
import type { Command } from 'commander';
import type { WhyTarget } from '@rashomon/replay';
import { acting, type Caller, describeCommand } from '../action.ts';
import { type Session, withStore } from '../session.ts';
import { UsageError, wholeNumber } from '../usage-error.ts';

interface Options {
  readonly agent?: string;
  readonly item?: string;
  readonly depth?: string;
  readonly width?: string;
  readonly butFor?: boolean;
}

const DEPTH = 4;
/** Deeper trees do not fit on a screen. */
const DEPTH_FOR_PEOPLE = 3;

export function whyCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'why <run> [position]',
    about: 'tells the causes of an event, and tests each of them',
    examples: [
      ['why base --agent 17 --item 42', 'why agent 17 watched film 42, or was shown it'],
      ['why base 4711 --but-for', 'would it have happened without each of its causes?'],
      ['why base 4711 --depth 6 --json', 'a deeper tree; for scripts'],
    ],
  })
    .option('--agent <id>', 'with --item: the latest watch of the film by this agent')
    .option('--item <id>', 'with --agent: the film')
    .option('--depth <n>', 'levels of causes (default: 4; for people 3)')
    .option('--width <n>', 'messages and watches listed under one event (default: 5)')
    .option('--but-for', 'take the decision again without each cause, with the same luck')
    .action(acting<Options>(caller, whyEvent));
}

async function whyEvent(session: Session, options: Options, name = '', position?: string): Promise<undefined> {
  const { json, output } = session;
  const target = targetOf(options, position);
  const depth = {
    depth: options.depth === undefined ? (json ? DEPTH : DEPTH_FOR_PEOPLE) : wholeNumber(options.depth, '--depth', 1),
  };
  const width = options.width === undefined ? {} : { width: wholeNumber(options.width, '--width', 1) };
  const { RunLog } = await import('@rashomon/kernel');
  const { findRun, recordPorts, why } = await import('@rashomon/replay');
  await withStore(session, 'read', async (store) => {
    const { id } = (await findRun(store, name)).header;
    const report = await why(store, id, target, {
      ...depth,
      ...width,
      ports: await recordPorts(store, id, session.registry),
      butFor: options.butFor === true,
    });
    if (json) return output.json(report);
    const { titlesOf } = await import('../output/titles.ts');
    const { whyLines } = await import('../output/why-words.ts');
    await output.lines(whyLines(report, { titleOf: await titlesOf(store, await RunLog.open(store, id)), output }));
  });
  return undefined;
}

function targetOf({ agent, item }: Options, position: string | undefined): WhyTarget {
  if (position !== undefined && agent === undefined && item === undefined)
    return { position: wholeNumber(position, 'position') };
  if (position === undefined && agent !== undefined && item !== undefined)
    return { agent: wholeNumber(agent, '--agent'), item: wholeNumber(item, '--item') };
  throw new UsageError(
    'expected either a position, or --agent and --item: rashomon why base 4711, rashomon why base --agent 17 --item 42',
  );
}
