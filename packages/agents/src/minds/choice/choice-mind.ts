/**
 * The choice model: a mind that computes utilities and takes the largest. docs/choice-model.md has the formulas.
 *
 * It answers at once, and the same for the same question: nothing is kept from one question to the next but working
 * space and tables per catalogue.
 */
import type { Answer, AnswerTo, Question } from '@rashomon/kernel';
import type { z } from 'zod';
import type { PromptMind } from '../prompt-mind.ts';
import { type Workbench, workbench } from './asking.ts';
import { decideCompany } from './company.ts';
import { decidePage } from './page.ts';
import { choiceParametersSchema } from './parameters.ts';
import { decidePlace } from './place.ts';
import { decideReaction } from './reaction.ts';
import { TERM_WORDS } from './weighing.ts';

/**
 * @param parameters any of the choice parameters; the others take their defaults
 * @throws ZodError listing every unknown key and value out of range
 */
export function choiceMind(parameters: z.input<typeof choiceParametersSchema> = {}): PromptMind {
  const bench = workbench(choiceParametersSchema.parse(parameters));
  return {
    name: 'choice',
    termWords: TERM_WORDS,
    decide<Q extends Question>(question: Q): AnswerTo<Q> {
      // Sound: each kind of question is answered by the function for that kind.
      return answer(question, bench) as AnswerTo<Q>;
    },
  };
}

function answer(question: Question, bench: Workbench): Answer {
  switch (question.kind) {
    case 'place':
      return decidePlace(question, bench);
    case 'page':
      return decidePage(question, bench);
    case 'reaction':
      return decideReaction(question, bench);
    case 'social':
      return decideCompany(question, bench);
  }
}
