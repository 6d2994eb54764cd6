/**
 * The record of outside answers: what lies between the loop and anything beyond the process.
 *
 * Every answer is kept durably when it arrives and before it is used, under the digest of the request it answers. A
 * replay, a resumed run and a branch ask the record first; only a situation that is not in it goes outside, and a
 * replay never does (DESIGN: "the outside world is recorded").
 */
import { canonicalJson, type Json } from '../encoding/canonical-json.ts';
import { sha256 } from '../encoding/sha256.ts';
import { NOBODY } from '../luck/luck.ts';
import type { StoredAnswer } from '../ports/answers.ts';
import { type AnswerPlace, storedPlace } from './answer-place.ts';

/** Where answers are kept. */
export interface AnswerRecord {
  /**
   * The answer recorded there to this request; failing that, one to another request, so that the difference can be
   * told.
   */
  find(place: AnswerPlace, request: string): Promise<StoredAnswer | undefined>;
  /** Absent in a replay, which may not go outside. */
  keep?(answer: StoredAnswer): Promise<void>;
}

/** The record has no answer to this request, or one to another request. */
export class UnrecordedRequest extends Error {
  readonly code = 'UNRECORDED_REQUEST';

  constructor({ round, agent, step, call }: AnswerPlace, difference: string) {
    const who = agent === NOBODY ? 'the system' : `agent ${agent}`;
    super(`round ${round}, ${who}, step ${step}, call ${call}: ${difference}`);
    this.name = 'UnrecordedRequest';
  }
}

export interface OutsideUse {
  /** Requests that really went outside. */
  calls: number;
  /** Those of them that got no usable answer, for which something else stood in. */
  faults: number;
  tokensIn: number;
  tokensOut: number;
  price: number;
}

export interface OutsideReply {
  readonly text: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a dollar. */
  readonly price: number;
}

/** Where what lies outside is recorded, and its use counted. */
export interface OutsideContext {
  readonly record: AnswerRecord;
  readonly use: OutsideUse;
  /** Given when nobody waits any more: what is under way outside may be broken off. */
  readonly signal?: AbortSignal | undefined;
}

/** A context for work that is no part of a run: everything is asked, nothing is kept. */
export function unrecorded(): OutsideContext {
  const record: AnswerRecord = { find: () => Promise.resolve(undefined), keep: () => Promise.resolve() };
  return { record, use: noUse() };
}

export function noUse(): OutsideUse {
  return { calls: 0, faults: 0, tokensIn: 0, tokensOut: 0, price: 0 };
}

/**
 * The answer to a request: from the record, or asked outside and kept there.
 * @throws UnrecordedRequest where the record may not be added to; whatever `ask` throws
 */
export async function answerTo(
  place: AnswerPlace,
  request: Json,
  ask: () => Promise<OutsideReply>,
  { record, use }: OutsideContext,
): Promise<StoredAnswer> {
  const digest = sha256(canonicalJson(request));
  const known = await record.find(place, digest);
  if (known?.request === digest) return known;
  if (record.keep === undefined) {
    throw new UnrecordedRequest(
      place,
      known === undefined
        ? 'no answer is recorded'
        : `the recorded answer is to request ${known.request}, the request now is ${digest}`,
    );
  }
  const { text, tokensIn, tokensOut, price } = await ask();
  use.calls += 1;
  use.tokensIn += tokensIn;
  use.tokensOut += tokensOut;
  use.price += price;
  // Half a surrogate pair is nothing that a log or a journal can hold.
  const answer: StoredAnswer = {
    ...storedPlace(place),
    request: digest,
    answer: text.toWellFormed(),
    tokensIn,
    tokensOut,
    price,
  };
  await record.keep(answer);
  return answer;
}
