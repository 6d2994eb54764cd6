/** Whom to talk to, or whether to post or keep silent: a logit over contacts and the two other ways. */
import {
  ACTION,
  type Cause,
  type Contact,
  ln,
  milli,
  type Received,
  type SocialAnswer,
  type SocialQuestion,
  unread,
} from '@rashomon/kernel';
import type { Workbench } from './asking.ts';
import { CAUSES_OF_A_ROLE, NO_CAUSES } from './causes.ts';
import { composeChat, composePost, type Composed } from './conversation.ts';
import { hasRated } from './past-watches.ts';
import { TERM_AT } from './weighing.ts';

/** Numbers of the 'company' draws. */
const DRAW = { silence: 0, post: 1 } as const;

/** Minutes a post takes (RecAgent: 0.1 h), and the shortest and longest chat (0.5 to 2 h). */
const POST_MINUTES = 6;
const CHAT_MINUTES_MIN = 30;
const CHAT_MINUTES_MAX = 120;

export function decideCompany(question: SocialQuestion, bench: Workbench): SocialAnswer {
  const { agent, luck, world } = question;
  const inbox = unread(agent, world.round);
  const chosen = choose(question, bench, inbox);
  const { weighing } = bench;
  const grounds = weighing.grounds();
  if (chosen === ACTION.silence) return { grounds, because: NO_CAUSES, do: 'silence' };
  if (chosen === ACTION.post) {
    const { because, turns } = composePost(question, bench.recalled);
    const post = turns[0];
    return post === undefined
      ? { grounds, because, do: 'silence' }
      : { grounds, because, do: 'post', post, minutes: POST_MINUTES };
  }
  const { because, turns } = composeChat(question, chosen, bench.recalled);
  const minutes = CHAT_MINUTES_MIN + luck.for('chat minutes').below(CHAT_MINUTES_MAX - CHAT_MINUTES_MIN + 1, 0);
  return {
    grounds,
    because: withLetters(because, inbox, { partner: chosen, share: weighing.shareOf(weighing.best(), TERM_AT.heard) }),
    do: 'chat',
    partner: chosen,
    turns,
    minutes,
  };
}

/**
 * Weighs the options and names the best. Contacts who have left are no company; they are looked up only when they would
 * be chosen, and then all is weighed again without them: looking everybody up would take longer than all the rest.
 */
function choose(question: SocialQuestion, bench: Workbench, inbox: readonly Received[]): number {
  const { agent, luck, world } = question;
  const { weighing } = bench;
  const p = bench.parameters;
  const gone: number[] = [agent.id];
  const draws = luck.for('company');
  for (;;) {
    weighing.begin();
    weighing.option(ACTION.silence, p.silenceBase, draws.gumbel(DRAW.silence));
    // A post needs readers and something to tell.
    if (agent.contacts.length > 0 && hasRated(agent)) {
      weighing.option(
        ACTION.post,
        p.postBase + (agent.persona.features.poster ? p.posterPost : 0),
        draws.gumbel(DRAW.post),
      );
    }
    weighContacts(question, bench, { inbox, gone });
    const chosen = weighing.optionAt(weighing.best());
    if (chosen < 0 || world.agent(chosen)?.left === false) return chosen;
    gone.push(chosen);
  }
}

/** A wide circle makes nobody chat more: the logit of all contacts together stays the same. */
function weighContacts(
  { agent, luck }: SocialQuestion,
  bench: Workbench,
  { gone, inbox }: { readonly inbox: readonly Received[]; readonly gone: readonly number[] },
): void {
  const { weighing } = bench;
  const p = bench.parameters;
  const { contacts } = agent;
  const draws = luck.for('partner');
  const base = p.chatBase + (agent.persona.features.chatter ? p.chatterChat : 0) - ln(Math.max(1, contacts.length));
  for (let i = 0; i < contacts.length; i++) {
    const { agent: id, closeness } = contacts[i] as Contact;
    if (gone.includes(id)) continue;
    const option = weighing.option(id, base + p.closenessWeight * closeness, draws.gumbel(id));
    if (inbox.length > 0 && hasWritten(inbox, id)) weighing.set(option, TERM_AT.heard, p.replyPull);
  }
}

function hasWritten(inbox: readonly Received[], sender: number): boolean {
  for (let i = 0; i < inbox.length; i++) if ((inbox[i] as Received).from === sender) return true;
  return false;
}

/** Adds what the partner had written to the causes, the latest first, each with its part of the pull of an answer. */
function withLetters(
  because: Composed['because'],
  inbox: readonly Received[],
  { partner, share }: { readonly partner: number; readonly share: number },
): readonly Cause[] {
  const letters = inbox.filter(({ from }) => from === partner).slice(-CAUSES_OF_A_ROLE);
  if (letters.length === 0) return because;
  const weight = milli(share / letters.length);
  return [...letters.reverse().map(({ position }): Cause => ({ role: 'told-by', position, weight })), ...because];
}
