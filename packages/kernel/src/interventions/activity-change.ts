/** How often an agent comes, where each has an activity of its own. */
import { milliNumber } from '../encoding/field.ts';
import { agentInKey, agentOf, type ChangeKind } from './change-kind.ts';

export interface ActivityChange {
  readonly kind: 'activity';
  readonly agent: number;
  readonly value: number;
}

export const activityChange: ChangeKind<ActivityChange> = {
  spelling: 'agent.ID.activity',
  parse(path, value) {
    const agent = agentInKey(path, 'activity');
    return agent === null ? null : { kind: 'activity', agent, value: value as number };
  },
  schema: () => milliNumber,
  reach: ({ agent }) => ({ through: 'agents', agents: [agent] }),
  foldAgents(agents, { agent, value }, at) {
    agentOf(agents, at, agent).activity = value;
  },
};
