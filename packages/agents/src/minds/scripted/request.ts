/** A question in few words: everything a script's answer may depend on, as JSON. */
import type { Question } from '@rashomon/kernel';

interface Situation {
  readonly agent: number;
  readonly round: number;
  readonly step: number;
}

export type ScriptedRequest =
  | (Situation & { readonly kind: 'place' })
  | (Situation & {
      readonly kind: 'page';
      readonly page: number;
      readonly films: readonly number[];
      readonly mayContinue: boolean;
      readonly told?: readonly string[];
    })
  | (Situation & { readonly kind: 'reaction'; readonly film: number })
  | (Situation & { readonly kind: 'social'; readonly contacts: readonly number[] });

export function requestOf(question: Question): ScriptedRequest {
  const situation = { agent: question.agent.id, round: question.world.round, step: question.progress.step };
  switch (question.kind) {
    case 'place':
      return { kind: 'place', ...situation };
    case 'page':
      return {
        kind: 'page',
        ...situation,
        page: question.progress.pages,
        films: question.films,
        mayContinue: question.mayContinue,
        // The member keeps its first name: the digest of a request names its answer in records.
        ...(question.explained === undefined ? {} : { told: question.explained.explanations.map(({ text }) => text) }),
      };
    case 'reaction':
      return { kind: 'reaction', ...situation, film: question.film };
    case 'social':
      return { kind: 'social', ...situation, contacts: question.agent.contacts.map((contact) => contact.agent) };
  }
}
