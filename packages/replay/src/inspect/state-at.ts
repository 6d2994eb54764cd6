/** The state of the system, or of one agent, as of the close of a round. */
import { RunLog, type Store, summarize, worldAt } from '@rashomon/kernel';
import type { StateReport } from '../reports.ts';

/** There is no such agent in the run. */
export class AgentNotFound extends Error {
  override readonly name = 'AgentNotFound';
  readonly code = 'AGENT_NOT_FOUND';
}

/** @throws RoundNotFound, AgentNotFound */
export async function stateAt(store: Store, id: string, round: number, agent?: number): Promise<StateReport> {
  const log = await RunLog.open(store, id);
  const { fold } = await worldAt(store, log, round);
  const { agents, system } = fold.world;
  if (agent === undefined) {
    const metrics = summarize(fold.world.metrics, fold.catalogue);
    return { schema: 'rashomon.state/1', run: id, round, agent: null, system, metrics };
  }
  const state = agents.get(agent);
  if (state === undefined) {
    const ids = [...agents.keys()];
    throw new AgentNotFound(
      `run ${id} has no agent ${agent}; it has ${ids.length}, with ids from ${ids[0]} to ${ids.at(-1)}`,
    );
  }
  return { schema: 'rashomon.state/1', run: id, round, agent: state, system: null, metrics: null };
}
