/** A message that was sent and is not heard: it leaves the inboxes, and nobody remembers it. */
import { list, record, uint } from '../encoding/field.ts';
import type { ChangeKind } from './change-kind.ts';

export interface MessageSuppression {
  readonly kind: 'message-suppress';
  /** Of the MessageSent. */
  readonly position: number;
  /** Its receivers. */
  readonly to: readonly number[];
}

const suppressionField = record({ position: uint, to: list(uint) });

export const messageSuppression: ChangeKind<MessageSuppression> = {
  spelling: 'message.suppress',
  parse(path, value) {
    if (path.join('.') !== 'message.suppress') return null;
    const { position, to } = value as { readonly position: number; readonly to: readonly number[] };
    return { kind: 'message-suppress', position, to };
  },
  schema: () => suppressionField,
  reach: ({ to }) => ({ through: 'agents', agents: to }),
  foldAgents(agents, { position, to }) {
    for (const receiver of to) {
      const agent = agents.get(receiver);
      if (agent === undefined) continue;
      agent.inbox = agent.inbox.filter((message) => message.position !== position);
      agent.heard = agent.heard.filter((mention) => mention.position !== position);
    }
  },
};
