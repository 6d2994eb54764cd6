/** What a script replies to a request, and how a reply is read: strictly, nothing guessed. */
import { milli } from '@rashomon/kernel';
import { z } from 'zod';
import type { ScriptedRequest } from './request.ts';
import { type Rule, ruleFor, type Script } from './script.ts';
import { words } from './words.ts';

const utterance = z
  .strictObject({
    text: words,
    films: z.array(z.int().min(0)),
    liking: z.array(z.number().min(-1).max(1).transform(milli)),
  })
  .refine(({ films, liking }) => films.length === liking.length, { error: 'one liking per film' });

/** Replies by the kind of question they answer. */
export const replySchemas = {
  place: z.strictObject({ place: z.enum(['recommender', 'social', 'idle', 'quit']) }),
  page: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('watch'), film: z.int().min(0) }),
    z.strictObject({ do: z.literal('next') }),
    z.strictObject({ do: z.literal('search'), query: words.min(1) }),
    z.strictObject({ do: z.literal('leave') }),
  ]),
  reaction: z.strictObject({
    rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    feeling: words,
  }),
  social: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('chat'), partner: z.int().min(0), turns: z.array(utterance).min(1) }),
    z.strictObject({ do: z.literal('post'), post: utterance }),
    z.strictObject({ do: z.literal('silence') }),
  ]),
} as const;

export type ReplyTo<K extends keyof typeof replySchemas> = z.output<(typeof replySchemas)[K]>;
export type Reply = { [K in keyof typeof replySchemas]: ReplyTo<K> }[keyof typeof replySchemas];

/** What the rules say; what they ask for and the situation does not allow is left undone. */
export function replyTo(script: Script, request: ScriptedRequest): Reply {
  switch (request.kind) {
    case 'place':
      return {
        place: placeOf(
          ruleFor(
            script,
            request,
            (rule) => rule.place !== undefined || rule.pages !== undefined || rule.social !== undefined,
          ),
        ),
      };
    case 'page':
      return pageReply(
        ruleFor(script, request, (rule) => rule.pages !== undefined),
        request,
      );
    case 'reaction': {
      const rule = ruleFor(
        script,
        request,
        (candidate) => candidate.rate !== undefined || candidate.feeling !== undefined,
      );
      // Sound: the script's schema holds ratings to 1 … 5.
      return { rating: (rule?.rate ?? 3) as ReplyTo<'reaction'>['rating'], feeling: rule?.feeling ?? '' };
    }
    case 'social':
      return socialReply(
        ruleFor(script, request, (rule) => rule.social !== undefined),
        request.contacts,
      );
  }
}

function placeOf(rule: Rule | undefined): ReplyTo<'place'>['place'] {
  if (rule === undefined) return 'idle';
  return rule.place ?? (rule.pages === undefined ? 'social' : 'recommender');
}

function pageReply(
  rule: Rule | undefined,
  { films, mayContinue, page }: ScriptedRequest & { readonly kind: 'page' },
): ReplyTo<'page'> {
  const act = rule?.pages?.[page];
  if (act === undefined || act === 'leave') return { do: 'leave' };
  if (act === 'next') return mayContinue ? { do: 'next' } : { do: 'leave' };
  if ('search' in act) return mayContinue ? { do: 'search', query: act.search } : { do: 'leave' };
  const film = 'rank' in act.watch ? films[act.watch.rank - 1] : act.watch.film;
  return film !== undefined && films.includes(film) ? { do: 'watch', film } : { do: 'leave' };
}

function socialReply(rule: Rule | undefined, contacts: readonly number[]): ReplyTo<'social'> {
  const act = rule?.social;
  if (act === undefined || act === 'silence') return { do: 'silence' };
  if ('post' in act) return { do: 'post', post: act.post };
  return contacts.includes(act.chat) ? { do: 'chat', partner: act.chat, turns: act.turns } : { do: 'silence' };
}
