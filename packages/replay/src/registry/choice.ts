/** The choice model, as a mind by name. */
import { choiceMind, choiceParametersSchema } from '@rashomon/agents';
import { defineMind } from './define-mind.ts';

export const choice = defineMind({
  name: 'choice',
  about: 'the choice model: weighs taste, friends, novelty and fatigue',
  parameters: choiceParametersSchema,
  create: (parameters) => choiceMind(parameters),
});
