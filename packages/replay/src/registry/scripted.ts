/** The scripted mind, in the process or as one outside it. */
import { scriptedMind, scriptedOutsideMind, scriptSchema } from '@rashomon/agents';
import { recordedMind } from '@rashomon/kernel';
import { z } from 'zod';
import { defineMind } from './define-mind.ts';

export const scripted = defineMind({
  name: 'scripted',
  about: 'follows a script of rules',
  parameters: z.strictObject({
    script: scriptSchema,
    outside: z.boolean().default(false).describe('answer through the recorder, as a mind on another machine would'),
    delay: z.number().int().min(0).max(60_000).default(0).describe('milliseconds an outside answer takes'),
  }),
  create: ({ script, outside, delay }, context) =>
    outside ? recordedMind(scriptedOutsideMind(script, { delayMs: delay }), context) : scriptedMind(script),
});
