/** Minds from elsewhere, as plugins export them: what they leave out of an answer is filled in. */
import { type AnswerTo, type Json, type Mind, type OutsideContext, type Question, reasoned } from '@rashomon/kernel';
import { z } from 'zod';
import { defineMind } from './define-mind.ts';
import type { MindDefinition } from './definitions.ts';

type Answer = AnswerTo<Question>;
type Unexplained<A> = A extends Answer ? Omit<A, 'grounds' | 'because'> : never;

/** An answer, and `why` in words or not at all; what moved the decision may be left out. */
export type OwnAnswer = Unexplained<Answer> & Partial<Pick<Answer, 'grounds' | 'because'>> & { readonly why?: string };

interface Decides {
  /** At once, and the same for the same question. */
  decide(question: Question): OwnAnswer;
}

interface Made {
  readonly kind: 'mind';
  readonly parameters?: z.ZodType;
  create(parameters: { readonly [name: string]: Json }, outside: OutsideContext): Decides;
}

/** A mind that decides as it is, or one that is made from parameters; without a schema it has none. */
export type OwnMind = {
  readonly name: string;
  readonly about?: string;
  /** What a parameter that came later is in runs from before it. */
  readonly before?: { readonly [name: string]: Json };
} & (Decides | Made);

/** A mind of one's own as a registry holds it. */
export function ownMind(own: OwnMind): MindDefinition {
  const { name, about = '', before } = own;
  const isMade = 'create' in own;
  return defineMind({
    name,
    about,
    ...(before === undefined ? {} : { before }),
    parameters: (isMade ? own.parameters : undefined) ?? z.strictObject({}),
    // Sound: what a schema of parameters lets through is JSON.
    create: (given, outside) =>
      mindOf(name, isMade ? own.create(given as { readonly [name: string]: Json }, outside) : own),
  });
}

function mindOf(name: string, own: Decides): Mind {
  return {
    name,
    decide<Q extends Question>(question: Q): AnswerTo<Q> {
      const { why = name, ...answer } = own.decide(question);
      // The turn checks that the answer is one to its question.
      return { grounds: reasoned(why), because: [], ...answer } as unknown as AnswerTo<Q>;
    },
  };
}
