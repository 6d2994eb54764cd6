/** Simulating a run from reading its films to its last event, the log in a store file. */
import { type EventOf, RunLog } from '@rashomon/kernel';
import { openStore, resolveConfig, simulate } from '@rashomon/replay';
import { peakMiB, type Sample, spentBy } from '../sample.ts';

export interface RunInput {
  /** Path of the store file. */
  readonly store: string;
  readonly name: string;
  /** Dotted keys. */
  readonly settings: { readonly [key: string]: string | number };
}

/** Agent-rounds a second of CPU and of wall time, peak memory, and where an event near the end is. */
export async function measureRun({ store: path, name, settings }: RunInput): Promise<Sample> {
  const store = openStore(path);
  const resolved = resolveConfig([{ source: 'bench', settings }]);
  let id = '';
  const { cpu, wall } = await spentBy(() => simulate(store, resolved, { name, onStart: (header) => (id = header.id) }));
  const mebibytes = peakMiB();
  const log = await RunLog.open(store, id);
  const { metrics } = log.record.progress;
  const { agents, plannedRounds } = log.record.header;
  const watched = await lastWatch(log, { agent: Math.floor(agents / 2), until: plannedRounds - 2 });
  await store.close();
  const turns = metrics['agentRounds'] ?? 0;
  if (turns !== agents * plannedRounds)
    throw new RangeError(`${turns} agent-rounds, expected ${agents} agents x ${plannedRounds} rounds: all active`);
  return {
    agentRoundsPerCpuSecond: turns / cpu,
    agentRoundsPerSecond: turns / wall,
    cpu,
    wall,
    mebibytes,
    events: log.length,
    watched: watched.position,
  };
}

/**
 * The latest film that an agent watched up to a round: a question for `why`, not of the last round, whose model is kept
 * in any case.
 */
async function lastWatch(
  log: RunLog,
  { agent, until }: { readonly agent: number; readonly until: number },
): Promise<EventOf<'FilmWatched'>> {
  const event = (await log.collect({ agent, types: ['FilmWatched'], rounds: [1, until] })).at(-1);
  if (event?.type !== 'FilmWatched')
    throw new RangeError(`agent ${agent} watched nothing in rounds 1 to ${until}, expected a film or more`);
  return event;
}
