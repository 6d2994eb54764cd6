/**
 * Two runs side by side: where their stories part, how many agents have diverged in each round, and what
 * that did to the metrics, agent paired with agent where both runs have the same ones. Both logs are streamed once,
 * section by section; what is kept is per agent and film. Nothing is written (law L8).
 */
import {
  AgentAccounts,
  eventCatalogue,
  eventCodec,
  type Measures,
  type OpenPast,
  RunLog,
  type Store,
} from '@rashomon/kernel';
import type { CompareReport } from '../reports.ts';
import { chosenMeasures, compareMetrics } from './compare-metrics.ts';
import { Partings } from './partings.ts';
import { filmsAsOf } from './films-as-of.ts';
import { pastBefore } from './past-before.ts';
import { orderOfSections, type Section, sectionsOf } from './sections.ts';
import { sameAgents, sharedRounds } from './shared-rounds.ts';

export interface CompareOptions {
  /** Metrics wanted, in the order wanted; all by default. */
  readonly metrics?: readonly string[];
  /** What there is to choose from: the metrics of this engine by default. */
  readonly measures?: Measures;
  /**
   * Bootstrap resamples; 1000 by default, fewer for more than 10,000 agents. At most 200 are used for figures of films,
   * such as coverage.
   */
  readonly resamples?: number;
  /** Called once a round has been read in both runs. */
  readonly onProgress?: (progress: { readonly round: number; readonly last: number }) => void;
}

/**
 * Compares two runs by id: `b` against `a`, so that deltas are b - a. Runs of one family are compared after the
 * rounds they share, so that of a run and itself nothing is left; others from round 1 on. Where both have the same
 * agents, they are paired by id, and those of both runs count; else all agents of each.
 * @throws UnknownMetric before anything is read; StoreError RUN_NOT_FOUND, STORE_CORRUPT
 */
export async function compareRuns(
  store: Store,
  a: string,
  b: string,
  options: CompareOptions = {},
): Promise<CompareReport> {
  const measures = chosenMeasures(options.metrics, options.measures);
  const logs = { a: await RunLog.open(store, a), b: await RunLog.open(store, b) };
  const shared = await sharedRounds(store, logs.a, logs.b);
  const { forkRound, rounds } = shared;
  const [first, last] = rounds;
  const beginnings = { a: await endOfRound(logs.a, first - 1), b: await endOfRound(logs.b, first - 1) };
  const partings = new Partings(beginnings, rounds);
  const from = measures.looksBack ? first : 0;
  const accountsOf = async (log: RunLog, past: OpenPast): Promise<AgentAccounts> =>
    new AgentAccounts(measures, await filmsAsOf(store, log, (await endOfRound(log, last)) - 1), past);
  const past = await pastBefore(logs.a, from);
  // What is shared is read once.
  const accounts = {
    b: await accountsOf(logs.b, from > 1 ? structuredClone(past) : await pastBefore(logs.b, from)),
    a: await accountsOf(logs.a, past),
  };

  let round = first - 1;
  for await (const [ofA, ofB] of sideBySide(logs.a, logs.b, rounds)) {
    const at = (ofA ?? ofB) as Section;
    if (at.round !== round && round >= first) options.onProgress?.({ round, last });
    round = at.round;
    partings.add(ofA, ofB);
    if (ofA !== undefined) accounts.a.add(ofA.events);
    if (ofB !== undefined) accounts.b.add(ofB.events);
  }
  if (round >= first) options.onProgress?.({ round, last });

  const paired = await sameAgents(logs.a, logs.b, shared);
  const agents = await agentsCompared(logs.a, logs.b, { paired, isEmpty: first > last });
  return {
    schema: 'rashomon.compare/1',
    a: logs.a.id,
    b: logs.b.id,
    forkRound,
    rounds,
    paired,
    firstDivergence: partings.first,
    firstDivergedAgent: partings.firstAgent,
    divergedAgents: partings.perRound(),
    metrics: compareMetrics({
      a: { accounts: accounts.a, agents: agents.a },
      b: { accounts: accounts.b, agents: agents.b },
      paired,
      seed: logs.a.record.header.seed,
      resamples: options.resamples,
    }),
  };
}

/** Agents that count: those of both runs when they are paired, else each run's own; none where no round is compared. */
async function agentsCompared(
  a: RunLog,
  b: RunLog,
  { paired, isEmpty }: { readonly paired: boolean; readonly isEmpty: boolean },
): Promise<{ readonly a: readonly number[]; readonly b: readonly number[] }> {
  if (isEmpty) return { a: [], b: [] };
  const [ofA, ofB] = [await agentsOf(a), await agentsOf(b)];
  if (!paired) return { a: ofA, b: ofB };
  const joinedB = new Set(ofB);
  const both = ofA.filter((agent) => joinedB.has(agent));
  return { a: both, b: both };
}

/** The position after a round's RoundClosed; 0 where the round is not closed, as before round 0. */
async function endOfRound(log: RunLog, round: number): Promise<number> {
  if (round < 0) return 0;
  const [closed] = await log.collect({ types: ['RoundClosed'], rounds: [round, round] });
  return closed === undefined ? 0 : closed.position + 1;
}

/** The sections of both runs in log order: those of one place together, undefined where a run has none. */
async function* sideBySide(
  a: RunLog,
  b: RunLog,
  rounds: readonly [number, number],
): AsyncGenerator<readonly [Section | undefined, Section | undefined]> {
  if (rounds[0] > rounds[1]) return;
  const ofA = sectionsOf(a, rounds);
  const ofB = sectionsOf(b, rounds);
  let [x, y] = [await next(ofA), await next(ofB)];
  while (x !== undefined || y !== undefined) {
    const order = x === undefined ? 1 : y === undefined ? -1 : orderOfSections(x, y);
    yield [order <= 0 ? x : undefined, order >= 0 ? y : undefined];
    if (order <= 0) x = await next(ofA);
    if (order >= 0) y = await next(ofB);
  }
}

async function next(sections: AsyncGenerator<Section>): Promise<Section | undefined> {
  const { value, done } = await sections.next();
  return done === true ? undefined : value;
}

/** Ids of all agents of a run in order of joining, read from the heads of its AgentJoined events alone. */
async function agentsOf(log: RunLog): Promise<number[]> {
  const agents: number[] = [];
  for await (const { block, from, end } of log.blocks({ types: ['AgentJoined'], rounds: [0, 0] })) {
    for (let index = from - block.first; index < end - block.first; index++) {
      const { code, agent } = eventCodec.peek(
        block.bytes,
        index === 0 ? block.start : (block.ends[index - 1] as number),
      );
      if (code === eventCatalogue.AgentJoined.code && agent !== null) agents.push(agent);
    }
  }
  return agents;
}
