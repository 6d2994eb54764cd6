/**
 * A decision: the answer of a mind as it stands in the log.
 *
 * Which event an answer becomes, and which answer an event stands for, is written once for each kind of question, in
 * the files beside this one. The turn records by them, a decision taken again is compared by them, and the replies of a
 * turn that is played from its record are recalled by them.
 */
import type { EventData, EventType } from '../../events/catalogue.ts';
import type { Cause } from '../../events/causes.ts';
import type { Grounds } from '../../events/grounds.ts';
import type { AnswerTo, Question } from '../../ports/mind.ts';

/** Types of the events that record decisions: those that carry grounds. */
export type DecisionType = {
  [T in EventType]: EventData<T> extends { readonly grounds: Grounds } ? T : never;
}[EventType];

export type Message = EventData<'MessageSent'>;

/** What an answer becomes: an event but for its place and causes, and the messages that follow it. */
export type Recorded<T extends DecisionType = DecisionType> = {
  [E in T]: { readonly type: E; readonly data: EventData<E>; readonly said: readonly Message[] };
}[T];

/** Nothing is said along with most decisions. */
export const NOTHING_SAID: readonly Message[] = [];

type QuestionOf<K extends Question['kind']> = Extract<Question, { readonly kind: K }>;

/** What an answer is recalled from, beside the data of its event. */
interface Recollection<K extends Question['kind']> {
  /** The question as it was put. */
  readonly question: QuestionOf<K>;
  /** The messages that followed the event in its turn. */
  readonly said: readonly Message[];
  /** What the answer named as having moved it. */
  readonly because: readonly Cause[];
}

/** A type of event that answers to a kind of question become. */
export interface Form<K extends Question['kind'], T extends DecisionType> {
  /** Whether such an event was decided by the mind; left out where every one is. */
  readonly isDecided?: (data: EventData<T>) => boolean;
  /** The answer that the event stands for: what `record` made the event of. */
  readonly recall: (data: EventData<T>, from: Recollection<K>) => AnswerTo<QuestionOf<K>>;
}

/** How answers to one kind of question are recorded and recalled. */
export interface Decision<K extends Question['kind'], T extends DecisionType> {
  /** @throws InvalidAnswer when the question does not allow the answer */
  record(question: QuestionOf<K>, answer: AnswerTo<QuestionOf<K>>): Recorded<T>;
  readonly forms: { readonly [E in T]: Form<K, E> };
}
