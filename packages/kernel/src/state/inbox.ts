/** The delivery of messages: into the inboxes of those they are to, and into what they have heard of films. */
import type { Draft } from 'immer';
import { type AgentState, MENTIONS_KEPT } from './agent-state.ts';

export interface Delivery {
  readonly from: number;
  readonly to: readonly number[];
  readonly channel: 'chat' | 'post';
  readonly text: string;
  readonly films: readonly number[];
  readonly liking: readonly number[];
}

/** Puts a message into its receivers' inboxes, to be read in the round after `round`. */
export function deliver(
  agents: Map<number, Draft<AgentState>>,
  message: Delivery,
  round: number,
  position: number,
): void {
  for (const receiver of message.to) {
    const agent = agents.get(receiver);
    if (agent === undefined || agent.left) continue;
    if (agent.inboxRound !== round) {
      agent.inbox = [];
      agent.inboxRound = round;
    }
    agent.inbox.push({
      from: message.from,
      channel: message.channel,
      text: message.text,
      films: message.films as number[],
      position,
    });
    for (let i = 0; i < message.films.length; i++) {
      if (agent.heard.length >= MENTIONS_KEPT) agent.heard.shift();
      agent.heard.push({
        film: message.films[i] as number,
        from: message.from,
        round,
        liking: message.liking[i] as number,
        position,
      });
    }
  }
}
