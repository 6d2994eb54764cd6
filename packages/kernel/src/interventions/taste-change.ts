/** Another taste: what an agent likes, genre by genre. */
import { list, milliNumber } from '../encoding/field.ts';
import { agentInKey, agentOf, type ChangeKind } from './change-kind.ts';

export interface TasteChange {
  readonly kind: 'taste';
  readonly agent: number;
  readonly value: readonly number[];
}

const tasteField = list(milliNumber);

export const tasteChange: ChangeKind<TasteChange> = {
  spelling: 'agent.ID.taste',
  parse(path, value) {
    const agent = agentInKey(path, 'taste');
    return agent === null ? null : { kind: 'taste', agent, value: value as readonly number[] };
  },
  schema: () => tasteField,
  reach: ({ agent }) => ({ through: 'agents', agents: [agent] }),
  foldAgents(agents, { agent, value }, at) {
    agentOf(agents, at, agent).taste = [...value];
  },
};
