/** What agents say to one another. */
import { list, milliNumber, oneOf, text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';

export const socialEvents = {
  MessageSent: defineEvent({
    code: 50,
    version: 1,
    about:
      'One turn of a chat or one post, with the films it mentions and how much the speaker liked each (-1 to 1); ' +
      'read in the next round.',
    data: {
      channel: oneOf('chat', 'post'),
      from: uint,
      to: list(uint),
      text,
      films: list(uint),
      liking: list(milliNumber),
    },
  }),
};
