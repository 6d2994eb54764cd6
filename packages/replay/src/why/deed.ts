/**
 * What an agent did, in a form in which an answer of its mind and the event recorded of it can be held side by side.
 */
import { type Answer, type EventType, type Grounds, type LogEvent, type Question } from '@rashomon/kernel';
import { sameData } from '../compare/same-data.ts';

/** Types of events that are decisions: one for each question a mind is asked. */
const DECISIONS: readonly EventType[] = [
  'PlaceChosen',
  'AgentLeft',
  'FilmWatched',
  'PageTurned',
  'SearchMade',
  'VisitLeft',
  'FilmRated',
  'ChatStarted',
  'PostMade',
  'StayedSilent',
];

export interface Deed {
  readonly type: EventType;
  /** The members of the event's data that follow from the answer alone. */
  readonly data: { readonly [member: string]: unknown };
  /** In a word or two: watch, next, search, leave, rate 4, chat, …. */
  readonly word: string;
  /** The film chosen or rated. */
  readonly film: number | null;
}

/** The grounds of a decision; null for every other event. */
export function groundsOf(event: LogEvent): Grounds | null {
  return 'grounds' in event.data ? event.data.grounds : null;
}

/** Whether the mind was asked for this event: visits also end by themselves, with nothing to decide. */
export function wasDecided(event: LogEvent): boolean {
  if (event.type === 'VisitLeft')
    return event.data.reason === 'content' || event.data.reason === 'tired' || event.data.reason === 'dissatisfied';
  return DECISIONS.includes(event.type);
}

export function deedOf(question: Question, answer: Answer): Deed {
  const { grounds } = answer;
  if ('place' in answer) {
    const { place, fatigue, taste } = answer;
    if (place === 'quit') return { type: 'AgentLeft', data: { grounds }, word: 'quit', film: null };
    return { type: 'PlaceChosen', data: { place, fatigue, taste, grounds }, word: place, film: null };
  }
  if ('rating' in answer) {
    const { rating, feeling, satisfaction, fatigue, taste } = answer;
    // Sound: only reactions are answered with a rating.
    const { film } = question as Extract<Question, { readonly kind: 'reaction' }>;
    return {
      type: 'FilmRated',
      data: { film, rating, feeling, satisfaction, fatigue, taste, grounds },
      word: `rate ${rating}`,
      film,
    };
  }
  switch (answer.do) {
    case 'watch':
      return { type: 'FilmWatched', data: { film: answer.film, grounds }, word: 'watch', film: answer.film };
    case 'next':
      return { type: 'PageTurned', data: { fatigue: answer.fatigue, grounds }, word: 'next', film: null };
    case 'search':
      // Without another page to come, a search only turns the page.
      if (!(question as Extract<Question, { readonly kind: 'page' }>).mayContinue)
        return { type: 'PageTurned', data: { grounds }, word: 'next', film: null };
      return { type: 'SearchMade', data: { query: answer.query, grounds }, word: 'search', film: null };
    case 'leave':
      return {
        type: 'VisitLeft',
        data: { reason: answer.reason, satisfaction: answer.satisfaction, grounds },
        word: 'leave',
        film: null,
      };
    case 'chat':
      return {
        type: 'ChatStarted',
        data: { partner: answer.partner, grounds },
        word: `chat with agent ${answer.partner}`,
        film: null,
      };
    case 'post':
      return { type: 'PostMade', data: { grounds }, word: 'post', film: null };
    case 'silence':
      return { type: 'StayedSilent', data: { grounds }, word: 'silence', film: null };
  }
}

/** Whether an event records exactly this deed, grounds included. */
export function recordedAs(deed: Deed, event: LogEvent): boolean {
  const data = event.data as { readonly [member: string]: unknown };
  return (
    deed.type === event.type && Object.entries(deed.data).every(([member, value]) => sameData(value, data[member]))
  );
}

/** Whether two deeds are the same choice, whatever the grounds. */
export function sameChoice(a: Deed, b: Deed): boolean {
  return a.word === b.word && a.film === b.film;
}
