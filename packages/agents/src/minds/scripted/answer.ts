/** A reply as the answer to its question: a script moves nothing but what it says. */
import { type Answer, type Question, reasoned, type Utterance } from '@rashomon/kernel';
import { type ReplyTo, replySchemas } from './reply.ts';

/** Minutes a scripted chat or post takes (RecAgent: 0.5 to 2 h, 0.1 h). */
const CHAT_MINUTES = 60;
const POST_MINUTES = 6;

/** The answer that a reply stands for; null when it has not the form, or asks for what the question does not allow. */
export function readReply(question: Question, reply: unknown): Answer | null {
  switch (question.kind) {
    case 'place': {
      const read = replySchemas.place.safeParse(reply);
      return read.success ? placeAnswer(question, read.data) : null;
    }
    case 'page': {
      const read = replySchemas.page.safeParse(reply);
      return read.success ? pageAnswer(question, read.data) : null;
    }
    case 'reaction': {
      const read = replySchemas.reaction.safeParse(reply);
      return read.success ? reactionAnswer(question, read.data) : null;
    }
    case 'social': {
      const read = replySchemas.social.safeParse(reply);
      return read.success ? socialAnswer(question, read.data) : null;
    }
  }
}

type Asked<K extends Question['kind']> = Question & { readonly kind: K };

const ANSWERED = { grounds: reasoned('script'), because: [] } as const;
const UNMOVED = { genres: [], values: [] } as const;

function placeAnswer({ progress }: Asked<'place'>, { place }: ReplyTo<'place'>): Answer {
  return { ...ANSWERED, place, fatigue: progress.fatigue, taste: UNMOVED };
}

function pageAnswer({ films, mayContinue, progress }: Asked<'page'>, reply: ReplyTo<'page'>): Answer | null {
  switch (reply.do) {
    case 'watch':
      return films.includes(reply.film) ? { ...ANSWERED, do: 'watch', film: reply.film } : null;
    case 'next':
      return mayContinue ? { ...ANSWERED, do: 'next', fatigue: progress.fatigue } : null;
    case 'search':
      return mayContinue ? { ...ANSWERED, do: 'search', query: reply.query } : null;
    case 'leave':
      return { ...ANSWERED, do: 'leave', reason: 'content', satisfaction: progress.satisfaction };
  }
}

function reactionAnswer({ progress }: Asked<'reaction'>, { feeling, rating }: ReplyTo<'reaction'>): Answer {
  return {
    ...ANSWERED,
    rating,
    feeling,
    satisfaction: progress.satisfaction,
    fatigue: progress.fatigue,
    taste: UNMOVED,
  };
}

function socialAnswer({ agent, world }: Asked<'social'>, reply: ReplyTo<'social'>): Answer | null {
  if (reply.do === 'silence') return { ...ANSWERED, do: 'silence' };
  const said = reply.do === 'post' ? [reply.post] : reply.turns;
  if (said.some(({ films }) => films.some((film) => world.catalogue.film(film) === undefined))) return null;
  if (reply.do === 'post')
    return { ...ANSWERED, do: 'post', post: { from: agent.id, ...reply.post }, minutes: POST_MINUTES };
  if (!agent.contacts.some((contact) => contact.agent === reply.partner)) return null;
  const turns = said.map((utterance, turn): Utterance => ({
    from: turn % 2 === 0 ? agent.id : reply.partner,
    ...utterance,
  }));
  return { ...ANSWERED, do: 'chat', partner: reply.partner, turns, minutes: CHAT_MINUTES };
}
