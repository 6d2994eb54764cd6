/** A mind inside the process, which never answers with a promise. */
import type { AnswerTo, Mind, Question } from '@rashomon/kernel';

export interface PromptMind extends Mind {
  decide<Q extends Question>(question: Q): AnswerTo<Q>;
}
