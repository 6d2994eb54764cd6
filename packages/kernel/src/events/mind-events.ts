/** Answers from minds outside the process. */
import { text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';

export const mindEvents = {
  MindAnswered: defineEvent({
    code: 60,
    version: 1,
    about: 'A mind outside the process answered a request (named by its digest); price in millionths of a dollar.',
    data: { step: uint, attempt: uint, request: text, answer: text, tokensIn: uint, tokensOut: uint, price: uint },
  }),
};
