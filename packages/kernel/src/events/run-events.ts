/** Events about the run as a whole: what it was started from, what was changed in it, that it ended. */
import { json, list, text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';

export const runEvents = {
  RunStarted: defineEvent({
    code: 1,
    version: 1,
    about: 'The run began: its whole configuration, and the digests of all it was made from.',
    data: {
      config: json,
      seed: uint,
      engine: text,
      behaviour: list(uint),
      catalogue: text,
      films: uint,
      genres: list(text),
      population: text,
      agents: uint,
    },
  }),
  RunFinished: defineEvent({
    code: 2,
    version: 1,
    about: 'The last planned round was closed.',
    data: { rounds: uint },
  }),
  InterventionApplied: defineEvent({
    code: 3,
    version: 1,
    about: 'Something was changed from outside at the opening of a round, spelled as in `branch --set key=value`.',
    data: { key: text, value: json },
  }),
};
