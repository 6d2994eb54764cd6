/** Minds by name, with the parameters each takes. A new mind is one entry here. */
import { choiceMind, choiceParametersSchema, scriptedMind, scriptedOutsideMind, scriptSchema } from '@rashomon/agents';
import { type AnswerRecord, type Mind, type OutsideUse, recordedMind, type RunConfig } from '@rashomon/kernel';
import { z } from 'zod';

/** Where a mind that lies outside the process is recorded, and its use counted. */
export interface OutsideContext {
  readonly record: AnswerRecord;
  readonly use: OutsideUse;
}

interface MindDefinition {
  readonly parameters: z.ZodType;
  create(parameters: unknown, context: OutsideContext): Mind;
}

const scriptedParameters = z.strictObject({
  script: scriptSchema,
  outside: z.boolean().default(false).describe('answer through the recorder, as a mind on another machine would'),
  delay: z.number().int().min(0).max(60_000).default(0).describe('milliseconds an outside answer takes'),
});

export const minds: { readonly [name: string]: MindDefinition } = {
  choice: {
    parameters: choiceParametersSchema,
    create: (parameters) => choiceMind(choiceParametersSchema.parse(parameters)),
  },
  scripted: {
    parameters: scriptedParameters,
    create(parameters, { record, use }) {
      const { script, outside, delay } = scriptedParameters.parse(parameters);
      return outside ? recordedMind(scriptedOutsideMind(script, { delayMs: delay }), record, use) : scriptedMind(script);
    },
  },
};

/** A section's parameters without the keys that every mind or recommender has. */
export function ownParameters(section: RunConfig['mind'] | RunConfig['recommender']): { readonly [name: string]: RunConfig['mind'][string] } {
  const { name: _name, trainEvery: _trainEvery, ...own } = section;
  return own;
}
