/** Other people that an agent knows. */
import type { Draft } from 'immer';
import { list } from '../encoding/field.ts';
import { contactField } from '../events/agent-events.ts';
import type { Contact } from '../state/agent-state.ts';
import { agentInKey, agentOf, type ChangeKind } from './change-kind.ts';

export interface ContactsChange {
  readonly kind: 'contacts';
  readonly agent: number;
  readonly value: readonly Contact[];
}

const contactsField = list(contactField);

export const contactsChange: ChangeKind<ContactsChange> = {
  spelling: 'agent.ID.contacts',
  parse(path, value) {
    const agent = agentInKey(path, 'contacts');
    return agent === null ? null : { kind: 'contacts', agent, value: value as unknown as readonly Contact[] };
  },
  schema: () => contactsField,
  reach: ({ agent }) => ({ through: 'agents', agents: [agent] }),
  foldAgents(agents, { agent, value }, at) {
    agentOf(agents, at, agent).contacts = structuredClone(value) as Draft<Contact>[];
  },
};
