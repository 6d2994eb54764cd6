/** Minds by name, with the parameters each takes. A new mind is one entry here. */
import { choiceMind, choiceParametersSchema, scriptedMind, scriptedOutsideMind, scriptSchema } from '@rashomon/agents';
import { type Mind, type OutsideContext, recordedMind, type RunConfig, SCHEDULE_KEYS } from '@rashomon/kernel';
import { z } from 'zod';

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
    create(parameters, context) {
      const { script, outside, delay } = scriptedParameters.parse(parameters);
      return outside ? recordedMind(scriptedOutsideMind(script, { delayMs: delay }), context) : scriptedMind(script);
    },
  },
};

/** A section's parameters without the keys that every mind or recommender has. */
export function ownParameters(section: RunConfig['mind'] | RunConfig['recommender']): {
  readonly [name: string]: RunConfig['mind'][string];
} {
  return Object.fromEntries(Object.entries(section).filter(([key]) => key !== 'name' && !SCHEDULE_KEYS.includes(key)));
}
