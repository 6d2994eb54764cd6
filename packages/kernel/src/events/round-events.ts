/** Events that frame a round. Round 0 holds the start of the run and its agents' joining. */
import { text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';

export const roundEvents = {
  RoundOpened: defineEvent({
    code: 10,
    version: 1,
    about: 'A round began and the simulated clock moved (minutes since the first midnight).',
    data: { clock: uint },
  }),
  RoundClosed: defineEvent({
    code: 11,
    version: 1,
    about: 'All active agents have acted; carries the running digest of every event before this one.',
    data: { digest: text, active: uint },
  }),
};
