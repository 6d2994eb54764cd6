/** Events about the run as a whole: what it was started from, what was changed in it, that it ended. */
import { json, list, record, type RecordOf, text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';

const beginning = {
  config: json,
  seed: uint,
  engine: text,
  behaviour: list(uint),
  catalogue: text,
  films: uint,
  genres: list(text),
  population: text,
  agents: uint,
};
type Beginning = RecordOf<typeof beginning>;

export const runEvents = {
  RunStarted: defineEvent({
    code: 1,
    version: 2,
    about: 'The run began: its whole configuration, what it was made from, and the edition in which it is written.',
    data: { ...beginning, edition: uint },
    older: [
      {
        version: 1,
        data: record(beginning),
        up: (data: Beginning) => ({ ...data, edition: 1 }),
        down: ({ edition: _edition, ...data }: Beginning & { readonly edition: number }) => data,
      },
    ],
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
