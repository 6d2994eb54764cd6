/**
 * What an agent did, in a form in which an answer of its mind and the event recorded of it can be held side by side.
 */
import {
  type AnswerTo,
  type DecisionType,
  type Edition,
  eventCodec,
  type EventData,
  type Grounds,
  type LogEvent,
  type Question,
  record,
  type Recorded,
} from '@rashomon/kernel';
import { sameData } from '../compare/same-data.ts';

export interface Deed {
  readonly type: DecisionType;
  /** As it is logged; null where a visit was over before there was anything to decide. */
  readonly data: Recorded['data'] | null;
  /** In a word or two: watch, next, search, leave, rate 4, chat, …. */
  readonly word: string;
  /** The film chosen or rated. */
  readonly film: number | null;
}

/** The grounds of a decision; null for every other event. */
export function groundsOf(event: LogEvent): Grounds | null {
  return 'grounds' in event.data ? event.data.grounds : null;
}

const words: { readonly [T in DecisionType]: string | ((data: EventData<T>) => string) } = {
  AgentLeft: 'quit',
  PlaceChosen: ({ place }) => place,
  FilmWatched: 'watch',
  PageTurned: 'next',
  SearchMade: 'search',
  VisitLeft: 'leave',
  FilmRated: ({ rating }) => `rate ${rating}`,
  ChatStarted: ({ partner }) => `chat with agent ${partner}`,
  PostMade: 'post',
  StayedSilent: 'silence',
};

/** @throws InvalidAnswer when the question does not allow the answer */
export function deedOf<Q extends Question>(question: Q, answer: AnswerTo<Q>): Deed {
  const { type, data } = record(question, answer);
  const word = words[type];
  return {
    type,
    data,
    // Sound: a word is made of the data of its own type.
    word: typeof word === 'string' ? word : (word as (of: typeof data) => string)(data),
    film: 'film' in data ? data.film : null,
  };
}

/** Whether an event records exactly this deed, grounds included, as far as the edition of its run can hold it. */
export function recordedAs({ type, data }: Deed, event: LogEvent, edition: Edition): boolean {
  if (type !== event.type || data === null) return false;
  // Sound: the data is that of the type.
  const settled = eventCodec.settled({ ...event, data } as LogEvent, edition);
  return sameData(settled.data, event.data);
}

/** Whether two deeds are the same choice, whatever the grounds. */
export function sameChoice(a: Deed, b: Deed): boolean {
  return a.word === b.word && a.film === b.film;
}
