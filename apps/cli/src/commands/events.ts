/** `rashomon events`: the log of a run, filtered. */
import type { Command } from 'commander';
import type { EventSelection, EventType, LogEvent, RunLog, Store } from '@rashomon/kernel';
import { acting, type Caller, describeCommand, repeated } from '../action.ts';
import type { TitleOf } from '../output/titles.ts';
import { type Session, withStore } from '../session.ts';
import { UsageError, wholeNumber } from '../usage-error.ts';

interface Options {
  readonly agent?: string;
  readonly round?: string;
  readonly type?: readonly string[];
  readonly limit?: string;
  readonly jsonl?: boolean;
}

/** Text is handed over in pieces of about this length. */
const PIECE = 1 << 16;

export function eventsCommand(caller: Caller): Command {
  return describeCommand({
    usage: 'events <run>',
    about: 'prints the log',
    examples: [
      ['events base --agent 17 --round 3..5', 'what agent 17 did in rounds 3 to 5'],
      ['events base --type FilmWatched --type FilmRated --limit 20', 'events of some types'],
      ['events base --jsonl > base.jsonl', 'one JSON object a line'],
    ],
  })
    .option('--agent <id>', 'only events of this agent')
    .option('--round <r|r..s>', 'only events of this round, or of these')
    .option('--type <name>', 'only events of this type; may be repeated', repeated)
    .option('--limit <n>', 'no more than so many')
    .option('--jsonl', 'one JSON object a line')
    .action(acting<Options>(caller, events));
}

async function events(session: Session, options: Options, name = ''): Promise<undefined> {
  const { eventCatalogue, RunLog: Log } = await import('@rashomon/kernel');
  const { didYouMean, findRun } = await import('@rashomon/replay');
  const types = options.type?.map((type) => typeNamed(type, Object.keys(eventCatalogue), didYouMean));
  const agent = options.agent === undefined ? undefined : wholeNumber(options.agent, '--agent');
  const rounds = options.round === undefined ? undefined : roundsOf(options.round);
  const limit = options.limit === undefined ? Infinity : wholeNumber(options.limit, '--limit');
  await withStore(session, 'read', async (store) => {
    const { header, progress } = await findRun(store, name);
    const log = await Log.open(store, header.id);
    if (agent !== undefined) await checkAgent(log, agent);
    if (rounds !== undefined) await checkRound(log, rounds[0], progress.rounds);
    const selection = {
      ...(types === undefined ? {} : { types }),
      ...(agent === undefined ? {} : { agent }),
      ...(rounds === undefined ? {} : { rounds }),
    };
    await print(session, { store, log, selection, limit, isJsonl: options.jsonl === true });
  });
  return undefined;
}

function typeNamed(
  type: string,
  known: readonly string[],
  didYouMean: (word: string, known: readonly string[]) => string | undefined,
): EventType {
  if (known.includes(type)) return type as EventType;
  const meant = didYouMean(type, known);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  throw new UsageError(`unknown event type ${JSON.stringify(type)}${hint}; types: ${known.join(', ')}`);
}

function roundsOf(text: string): readonly [number, number] {
  const [from = '', to = from, ...rest] = text.split('..');
  const range = [wholeNumber(from, '--round'), wholeNumber(to, '--round')] as const;
  if (rest.length > 0 || range[1] < range[0])
    throw new UsageError(`--round ${JSON.stringify(text)}: expected R or R..S with S not before R`);
  return range;
}

async function checkAgent(log: RunLog, agent: number): Promise<void> {
  const { AgentNotFound } = await import('@rashomon/replay');
  const joined = await log.collect({ agent, types: ['AgentJoined'] });
  if (joined.length === 0)
    throw new AgentNotFound(`run ${log.id} has no agent ${agent}; it has ${log.record.header.agents}`);
}

/** The round after the last closed one may be under way. */
async function checkRound(log: RunLog, first: number, closed: number): Promise<void> {
  if (first <= closed + 1) return;
  const { RoundNotFound } = await import('@rashomon/kernel');
  throw new RoundNotFound(`run ${log.id} has no round ${first}; expected 0 to ${closed}`);
}

interface Printing {
  readonly store: Store;
  readonly log: RunLog;
  readonly selection: EventSelection;
  readonly limit: number;
  readonly isJsonl: boolean;
}

async function print(session: Session, printing: Printing): Promise<void> {
  const { json, output } = session;
  const { log, isJsonl } = printing;
  if (isJsonl) return write(session, printing, { line: (event) => `${JSON.stringify(event)}\n` });
  if (json)
    return write(session, printing, {
      before: `{"schema":"rashomon.events/1","run":${JSON.stringify(log.id)},"events":[`,
      line: (event) => JSON.stringify(event),
      between: ',',
      after: ']}\n',
    });
  const { titlesOf } = await import('../output/titles.ts');
  const { tell } = await import('../output/event-words.ts');
  const titleOf: TitleOf = await titlesOf(printing.store, log);
  const { bold, dim } = output.colours;
  const line = (event: LogEvent): string => {
    const who = event.agent === null ? '' : `agent ${event.agent}`;
    const position = dim(String(event.position).padStart(8));
    const round = `r${event.round}`.padEnd(4);
    const type = bold(event.type.padEnd(19));
    return `${position}  ${round}  ${who.padEnd(10)}  ${type}  ${tell(event, titleOf)}`.trimEnd() + '\n';
  };
  await write(session, printing, { line });
}

interface Shape {
  readonly before?: string;
  readonly line: (event: LogEvent) => string;
  readonly between?: string;
  readonly after?: string;
}

async function write(
  { output, signal }: Session,
  { log, selection, limit }: Printing,
  { before = '', line, between = '', after = '' }: Shape,
): Promise<void> {
  let text = before;
  let written = 0;
  for await (const page of limit === 0 ? [] : log.pages(selection)) {
    signal.throwIfAborted();
    for (const event of page) {
      text += (written === 0 ? '' : between) + line(event);
      written += 1;
      if (written >= limit) return output.data(text + after);
      if (text.length >= PIECE) {
        await output.data(text);
        text = '';
      }
    }
  }
  if (text + after !== '') await output.data(text + after);
}
