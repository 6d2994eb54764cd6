/** A message that nobody sent, in the inboxes of its receivers. */
import type { ValueOf } from '../encoding/field.ts';
import { socialEvents } from '../events/social-events.ts';
import { deliver } from '../state/inbox.ts';
import type { ChangeKind } from './change-kind.ts';

const messageField = socialEvents.MessageSent.data;

export interface MessageInjection {
  readonly kind: 'message-inject';
  readonly message: ValueOf<typeof messageField>;
}

export const messageInjection: ChangeKind<MessageInjection> = {
  spelling: 'message.inject',
  parse(path, value) {
    if (path.join('.') !== 'message.inject') return null;
    return { kind: 'message-inject', message: value as unknown as MessageInjection['message'] };
  },
  schema: () => messageField,
  reach: ({ message }) => ({ through: 'agents', agents: message.to }),
  foldAgents(agents, { message }, { round, position }) {
    // Read at once: it counts as sent in the round before.
    deliver(agents, message, round - 1, position);
  },
};
