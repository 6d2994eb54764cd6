/** What a log holds of the outside: the events that say what was answered there. */
import type { EventData, EventOf, EventType, LogEvent } from '../events/catalogue.ts';
import { NOBODY } from '../luck/luck.ts';
import type { StoredAnswer } from '../ports/answers.ts';

/** Types of events that hold an answer to a request. */
type AnsweredType = {
  [T in EventType]: EventData<T> extends { readonly request: string; readonly answer: string } ? T : never;
}[EventType];

/** How each of them stands in the record; the compiler misses whichever is left out. */
const records: { readonly [T in AnsweredType]: (event: EventOf<T>) => StoredAnswer } = {
  MindAnswered: ({ round, agent, data }) => ({ round, agent: agent ?? NOBODY, ...data }),
  // A recommender is asked once at a place, and what it takes is not counted.
  RecommenderAnswered: ({ round, agent, data }) => ({
    round,
    agent: agent ?? NOBODY,
    step: 0,
    attempt: 0,
    ...data,
    tokensIn: 0,
    tokensOut: 0,
    price: 0,
  }),
};

// Sound: the keys of an object that was made with exactly these.
export const ANSWERED_TYPES = Object.keys(records) as readonly AnsweredType[];

/** Whether the event only says what was answered outside; what came of it stands in the events after it. */
export function isOutsideAnswer(event: LogEvent): event is EventOf<'MindAnswered'> | EventOf<'RecommenderAnswered'> {
  return event.type in records;
}

/** The answer of an event as the journal of answers has it; null for all other events. */
export function recordedAnswer(event: LogEvent): StoredAnswer | null {
  // Sound: the record of a type is given events of that type.
  return isOutsideAnswer(event) ? records[event.type](event as never) : null;
}
