/**
 * All decisions: answers to events and back. `recall` is the inverse of `record` (a law with a property test), so that
 * whoever reads a log meets the very answers that it was written from.
 */
import type { EventData, LogEvent } from '../../events/catalogue.ts';
import type { Answer, AnswerTo, Question } from '../../ports/mind.ts';
import type { Decision, DecisionType, Form, Message, Recorded } from './decision.ts';
import { pageDecision } from './page.ts';
import { placeDecision } from './place.ts';
import { reactionDecision } from './reaction.ts';
import { socialDecision } from './social.ts';

type Kind = Question['kind'];

/** One for each kind of question: the compiler misses whichever is left out. */
const decisions: { readonly [K in Kind]: Pick<Decision<K, DecisionType>, 'record'> } = {
  place: placeDecision,
  page: pageDecision,
  reaction: reactionDecision,
  social: socialDecision,
};

/** A form of whatever kind of question. */
interface AnyForm<T extends DecisionType> {
  readonly isDecided?: Form<Kind, T>['isDecided'];
  readonly recall: (data: EventData<T>, from: never) => Answer;
}

/** One for each event that carries grounds: the compiler misses whichever no kind of question claims. */
const forms: { readonly [T in DecisionType]: AnyForm<T> } = {
  ...placeDecision.forms,
  ...pageDecision.forms,
  ...reactionDecision.forms,
  ...socialDecision.forms,
};

/** The types of events that record decisions. */
// Sound: the keys of an object that was made with exactly these.
export const DECISION_TYPES = Object.keys(forms) as readonly DecisionType[];

/** An answer as it is logged. @throws InvalidAnswer when the question does not allow it */
export function record<Q extends Question>(question: Q, answer: AnswerTo<Q>): Recorded {
  // Sound: question and answer are of one kind, and so is what records them.
  return decisions[question.kind].record(question as never, answer as never);
}

/** Whether a mind was asked for this event. */
export function isDecision(event: LogEvent): boolean {
  const form = formOf(event);
  return form !== undefined && (form.isDecided?.(event.data as never) ?? true);
}

/**
 * The answer that a decision stands for.
 * @param question the one it answered, as it was put
 * @param said the messages that follow the decision in its turn
 * @throws RangeError when the event records no decision
 */
export function recall<Q extends Question>(question: Q, event: LogEvent, said: readonly Message[]): AnswerTo<Q> {
  const form = formOf(event);
  if (form === undefined || !isDecision(event))
    throw new RangeError(`position ${event.position}: ${event.type} is no decision to recall an answer from`);
  const because = event.causes.filter(({ role }) => role === 'told-by' || role === 'recalled');
  // Sound: the event records the answer to this question.
  return form.recall(event.data as never, { question, said, because } as never) as AnswerTo<Q>;
}

function formOf({ type }: LogEvent): AnyForm<DecisionType> | undefined {
  // Sound: a form is only ever given the data of its own type.
  return (forms as { readonly [type: string]: AnyForm<DecisionType> | undefined })[type];
}
