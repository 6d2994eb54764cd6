/** What to say to whom. */
import type { SocialAnswer, SocialQuestion, Utterance } from '../../ports/mind.ts';
import { InvalidAnswer } from '../invalid-answer.ts';
import { type Decision, type Message, NOTHING_SAID } from './decision.ts';

export const socialDecision: Decision<'social', 'ChatStarted' | 'PostMade' | 'StayedSilent'> = {
  record(question, answer) {
    const { grounds } = answer;
    const { agent, world } = question;
    switch (answer.do) {
      case 'silence':
        return { type: 'StayedSilent', data: { grounds }, said: NOTHING_SAID };
      case 'post': {
        const to = agent.contacts.map((contact) => contact.agent);
        const said = [messageOf('post', answer.post, to)];
        return { type: 'PostMade', data: { until: world.clock + answer.minutes, grounds }, said };
      }
      case 'chat': {
        const { partner, minutes } = answer;
        return {
          type: 'ChatStarted',
          data: { partner, until: world.clock + minutes, grounds },
          said: chatOf(question, answer),
        };
      }
    }
  },

  forms: {
    StayedSilent: { recall: ({ grounds }, { because }) => ({ do: 'silence', grounds, because }) },
    PostMade: {
      recall: ({ until, grounds }, { question, said, because }) => ({
        do: 'post',
        // Sound: a post is one message.
        post: utteranceOf(said[0] as Message),
        minutes: until - question.world.clock,
        grounds,
        because,
      }),
    },
    ChatStarted: {
      recall: ({ partner, until, grounds }, { question, said, because }) => ({
        do: 'chat',
        partner,
        turns: said.map(utteranceOf),
        minutes: until - question.world.clock,
        grounds,
        because,
      }),
    },
  },
};

/** What is said in a chat is heard by the other of the two. */
function chatOf(
  { agent, world }: SocialQuestion,
  { partner, turns }: SocialAnswer & { readonly do: 'chat' },
): readonly Message[] {
  if (!agent.contacts.some((contact) => contact.agent === partner)) {
    throw new InvalidAnswer(`agent ${agent.id} in round ${world.round} chats with ${partner}, who is no contact of it`);
  }
  return turns.map((utterance) => messageOf('chat', utterance, [utterance.from === agent.id ? partner : agent.id]));
}

function messageOf(
  channel: Message['channel'],
  { from, text, films, liking }: Utterance,
  to: readonly number[],
): Message {
  return { channel, from, to, text, films, liking };
}

function utteranceOf({ from, text, films, liking }: Message): Utterance {
  return { from, text, films, liking };
}
