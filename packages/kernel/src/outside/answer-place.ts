/** Where in a run something was asked outside. */
import type { StoredAnswer } from '../ports/answers.ts';

export interface AnswerPlace {
  readonly round: number;
  /** NOBODY where the system asked. */
  readonly agent: number;
  /** The question within the turn. */
  readonly step: number;
  /** The call within the decision, from 0: a request that is made again counts as a call of its own. */
  readonly call: number;
}

/**
 * The place as stores and logs have it. Their field is called `attempt`, from when a decision was one request and every
 * call but the first an attempt at it. Such decisions are dialogues of one request, so what was recorded then keeps its
 * place, and neither a store nor the bytes of an event had to change.
 */
export function storedPlace({ round, agent, step, call }: AnswerPlace): Pick<StoredAnswer, PlaceField> {
  return { round, agent, step, attempt: call };
}

/** The inverse of `storedPlace`. */
export function placeOfAnswer({ round, agent, step, attempt }: Pick<StoredAnswer, PlaceField>): AnswerPlace {
  return { round, agent, step, call: attempt };
}

type PlaceField = 'round' | 'agent' | 'step' | 'attempt';
