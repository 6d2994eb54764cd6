/** Who acts in a round. */
import { LuckOf } from '../luck/luck.ts';
import { purposeKeysOf } from '../luck/purpose-keys.ts';
import type { AgentState } from '../state/agent-state.ts';
import { idleRounds } from '../state/agent-state.ts';
import type { SystemState } from '../state/system.ts';
import type { RunConfig } from '../world/config.ts';

/**
 * The agents that act, in order of id. Activity is a probability: the same for all, each agent's own
 * (drawn once from a Pareto law), or growing with the rounds it stayed away. Agents that are busy or
 * have left do not act. Where a cap cuts, those whose luck was furthest below their probability stay.
 */
export function activeAgents(
  agents: Iterable<AgentState>,
  { config, round, clock, behaviour }: Pick<SystemState, 'config' | 'round' | 'clock' | 'behaviour'>,
): AgentState[] {
  const keys = purposeKeysOf(behaviour);
  const { cap } = config.activity;
  const active: { readonly agent: AgentState; readonly margin: number }[] = [];
  for (const agent of agents) {
    if (agent.left || agent.busyUntil > clock) continue;
    const probability = activityOf(agent, config, round);
    // Who acts for certain needs no luck, unless a cap has to choose among many of them.
    const margin =
      probability >= 1 && cap === 0
        ? 0
        : new LuckOf(config.seed, agent.id, round, keys).for('active').uniform(0) / probability;
    if (margin < 1) active.push({ agent, margin });
  }
  if (cap > 0 && active.length > cap) {
    active.sort((a, b) => a.margin - b.margin || a.agent.id - b.agent.id);
    active.length = cap;
  }
  return active.map(({ agent }) => agent).sort((a, b) => a.id - b.id);
}

function activityOf(agent: AgentState, config: RunConfig, round: number): number {
  switch (config.activity.method) {
    case 'constant':
      return config.activity.probability;
    case 'pareto':
      return agent.activity;
    case 'marginal':
      return config.activity.probability * (idleRounds(agent, round) + 1);
  }
}
