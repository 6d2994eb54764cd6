/**
 * What every kind of intervention has to say of itself: how it is spelled, what its value has to be, whom it reaches
 * and what it writes into the states. One file for each kind; `changes.ts` holds them together.
 */
import type { Draft } from 'immer';
import type { Json } from '../encoding/canonical-json.ts';
import type { AnyField } from '../encoding/field.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { RunConfig } from '../world/config.ts';
import type { Film } from '../world/film.ts';

/**
 * How a change comes to the agents.
 *
 * - slates: through what they are shown. The recommender starts afresh, in this round.
 * - mind: somebody else decides for them.
 * - rules: every turn of the round goes by it.
 * - agents: only these are concerned.
 */
export type Reach =
  | { readonly through: 'slates' | 'mind' | 'rules' }
  | { readonly through: 'agents'; readonly agents: readonly number[] };

export type AgentsDraft = Map<number, Draft<AgentState>>;

/** What of the system's state a change may write to. */
export interface SystemDraft {
  config: Draft<RunConfig>;
  readonly filmsAdded: Draft<Film>[];
  readonly filmsRemoved: number[];
}

/** Where a change is on record. */
export interface AppliedAt {
  readonly round: number;
  readonly position: number;
}

export interface ChangeKind<C> {
  /** The key, for people; what varies in capitals. */
  readonly spelling: string;
  /**
   * The change that a logged key and value stand for; null when the key is another kind's. The value is not checked.
   */
  parse(path: readonly string[], value: Json): C | null;
  /** What the value has to be; null where the key leads nowhere. */
  schema(change: C): AnyField | null;
  reach(change: C): Reach;
  foldAgents?(agents: AgentsDraft, change: C, at: AppliedAt): void;
  foldSystem?(system: SystemDraft, change: C): void;
}

/** The agent a change is written to. @throws RangeError when it never joined */
export function agentOf(agents: AgentsDraft, { position }: AppliedAt, id: number): Draft<AgentState> {
  const agent = agents.get(id);
  if (agent === undefined)
    throw new RangeError(`position ${position}: an intervention on agent ${id}, who never joined`);
  return agent;
}

/** The id in a key such as `agent.17.taste`, for the members that are a whole value; null for every other key. */
export function agentInKey(path: readonly string[], member: string): number | null {
  const [family, id = '', named, ...rest] = path;
  return family === 'agent' && /^\d+$/.test(id) && named === member && rest.length === 0 ? Number(id) : null;
}
