/** The documents that commands print as JSON: names and fields are a contract (see the guide to the command line). */
import type { AgentState, LogEvent, RunStatus, SystemState } from '@rashomon/kernel';

export interface RunReport {
  readonly schema: 'rashomon.run/1';
  readonly run: string;
  readonly name: string | null;
  readonly parent: string | null;
  readonly forkRound: number | null;
  readonly sharedEvents: number;
  readonly seed: number;
  readonly agents: number;
  /** Closed rounds, round 0 not counted. */
  readonly rounds: number;
  readonly events: number;
  readonly digest: string;
  readonly recommender: string;
  readonly mind: string;
  readonly status: RunStatus;
  readonly outsideCalls: number;
  /** Outside calls that got no usable answer, for which something else stood in. */
  readonly outsideFaults: number;
  readonly tokens: { readonly in: number; readonly out: number };
  /** Wall-clock time of this call, in seconds. */
  readonly seconds: number;
  readonly metrics: { readonly [name: string]: number };
}

export interface RunsReport {
  readonly schema: 'rashomon.runs/1';
  readonly runs: readonly {
    readonly run: string;
    readonly name: string | null;
    readonly parent: string | null;
    readonly forkRound: number | null;
    readonly rounds: number;
    readonly agents: number;
    readonly events: number;
    readonly digest: string;
    readonly recommender: string;
    readonly mind: string;
    /** `stopped`: said to be running, and nobody holds the right to write it. It died, and can be resumed. */
    readonly status: RunStatus | 'stopped';
    readonly createdAt: string;
  }[];
}

export interface ReplayReport {
  readonly schema: 'rashomon.replay/1';
  readonly run: string;
  readonly events: number;
  readonly matched: number;
  readonly outsideCalls: 0;
  readonly digest: string;
  readonly seconds: number;
  readonly divergence: null | {
    readonly position: number;
    readonly recorded: LogEvent | null;
    readonly replayed: LogEvent | null;
  };
}

export interface VerifyReport {
  readonly schema: 'rashomon.verify/1';
  readonly run: string;
  readonly ok: boolean;
  readonly events: number;
  readonly digest: string;
  readonly fault: null | { readonly position: number; readonly reason: string };
}

export interface MetricComparison {
  readonly name: string;
  readonly a: number;
  readonly b: number;
  /** b - a. */
  readonly delta: number;
  /** 95 % bootstrap interval of delta over agents, paired or not as the report says. */
  readonly low: number;
  readonly high: number;
  /** Agents that entered: pairs, or all those of both runs when they are not paired. */
  readonly n: number;
}

export interface CompareReport {
  readonly schema: 'rashomon.compare/1';
  readonly a: string;
  readonly b: string;
  readonly forkRound: number | null;
  /** Rounds compared, both inclusive; the first is past the last where no round is left that is not shared. */
  readonly rounds: readonly [number, number];
  /** Whether each agent is compared with itself; else agents were drawn separately in each run. */
  readonly paired: boolean;
  /**
   * The first place (round, agent, step) at which the logs are not exactly the same; agent null for the system. The
   * position is the same in both logs for runs that share rounds; in unrelated runs it is b's.
   */
  readonly firstDivergence: null | { readonly round: number; readonly agent: number | null; readonly position: number };
  /** The first turn, by position in b's log, in which an agent did or was shown something else. */
  readonly firstDivergedAgent: null | {
    readonly round: number;
    readonly agent: number | null;
    readonly position: number;
  };
  /** Per compared round: agents whose turn differs in it, and those whose turn has differed in it or before. */
  readonly divergedAgents: readonly { readonly round: number; readonly agents: number; readonly ever: number }[];
  readonly metrics: readonly MetricComparison[];
}

export interface WhyCause {
  readonly role: string;
  readonly event: LogEvent;
  /** Share of the score or utility that this cause brought; null where it is not a matter of degree. */
  readonly influence: number | null;
  /** Empty also where the same event is listed with its causes nearer to the root. */
  readonly causes: readonly WhyCause[];
  /** Causes of this one that were left out. */
  readonly more: number;
}

export interface ButFor {
  readonly role: string;
  readonly position: number;
  readonly flips: boolean;
  /** What would have been done instead; null when nothing changes. */
  readonly instead: null | { readonly do: string; readonly film: number | null; readonly title: string | null };
}

export interface WhyReport {
  readonly schema: 'rashomon.why/1';
  readonly run: string;
  readonly event: LogEvent;
  /** One sentence for people. */
  readonly summary: string;
  readonly causes: readonly WhyCause[];
  readonly more: number;
  readonly butFor: null | readonly ButFor[];
}

export interface StateReport {
  readonly schema: 'rashomon.state/1';
  readonly run: string;
  readonly round: number;
  readonly agent: AgentState | null;
  readonly system: SystemState | null;
  /** Figures of the run so far; null for an agent. */
  readonly metrics: { readonly [name: string]: number } | null;
}
