/**
 * The recorder: what lies between the loop and a mind outside the process.
 *
 * Every answer is kept durably when it arrives and before it is used, under the digest of the
 * request it answers. A replay, a resumed run and a branch ask the record first; only a situation
 * that is not in it goes outside, and a replay never does (DESIGN: "the outside world is recorded").
 */
import { canonicalJson, type Json } from '../encoding/canonical-json.ts';
import { sha256 } from '../encoding/sha256.ts';
import { reasoned } from '../events/grounds.ts';
import type { EventData } from '../events/catalogue.ts';
import type { Answer, AnswerTo, Mind, Question } from '../ports/mind.ts';
import type { StoredAnswer } from '../ports/store.ts';

export interface OutsideReply {
  readonly text: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a dollar. */
  readonly price: number;
}

/** A mind that thinks in words somewhere else. */
export interface OutsideMind {
  readonly name: string;
  /** Everything the answer may depend on, and nothing else: its digest names the request. */
  request(question: Question): Json;
  ask(request: Json): Promise<OutsideReply>;
  /** The answer a text stands for; null when it cannot be understood or is not allowed. */
  read(question: Question, text: string): Answer | null;
}

/** Where in a run a question was asked. */
export type AnswerPlace = Pick<StoredAnswer, 'round' | 'agent' | 'step' | 'attempt'>;

/** Where answers are kept. */
export interface AnswerRecord {
  /** The answer recorded there to this request; failing that, one to another request, so that the difference can be told. */
  find(place: AnswerPlace, request: string): Promise<StoredAnswer | undefined>;
  /** Absent in a replay, which may not go outside. */
  keep?(answer: StoredAnswer): Promise<void>;
}

/** The record has no answer to this request, or one to another request. */
export class UnrecordedRequest extends Error {
  readonly code = 'UNRECORDED_REQUEST';
}

export interface OutsideUse {
  /** Requests that really went outside. */
  calls: number;
  tokensIn: number;
  tokensOut: number;
  price: number;
}

const ATTEMPTS = 3;

/** A mind that asks outside through the record, and counts what that took in `use`. */
export function recordedMind(outside: OutsideMind, record: AnswerRecord, use: OutsideUse): Mind {
  async function obtain(question: Question, attempt: number, request: Json): Promise<StoredAnswer> {
    const { step } = question.progress;
    const digest = sha256(canonicalJson(request));
    const where = `round ${question.world.round}, agent ${question.agent.id}, step ${step}, attempt ${attempt}`;
    const known = await record.find({ round: question.world.round, agent: question.agent.id, step, attempt }, digest);
    if (known?.request === digest) return known;
    if (record.keep === undefined) {
      throw new UnrecordedRequest(
        known === undefined ? `${where}: no answer is recorded` : `${where}: the recorded answer is to request ${known.request}, the request now is ${digest}`,
      );
    }
    const reply = await outside.ask(request);
    use.calls += 1;
    use.tokensIn += reply.tokensIn;
    use.tokensOut += reply.tokensOut;
    use.price += reply.price;
    const answer: StoredAnswer = {
      round: question.world.round,
      agent: question.agent.id,
      step,
      attempt,
      request: digest,
      // Half a surrogate pair is nothing that a log or a journal can hold.
      answer: reply.text.toWellFormed(),
      tokensIn: reply.tokensIn,
      tokensOut: reply.tokensOut,
      price: reply.price,
    };
    await record.keep(answer);
    return answer;
  }

  return {
    name: outside.name,
    async decide<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
      const request = outside.request(question);
      const said: EventData<'MindAnswered'>[] = [];
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const { step, request: digest, answer: text, tokensIn, tokensOut, price } = await obtain(question, attempt, request);
        said.push({ step, attempt, request: digest, answer: text, tokensIn, tokensOut, price });
        const answer = outside.read(question, text);
        // Sound: `read` gives the answer that belongs to the question's kind, as does `withoutWords`.
        if (answer !== null) return { ...answer, outside: said } as unknown as AnswerTo<Q>;
      }
      return { ...withoutWords(question), outside: said } as unknown as AnswerTo<Q>;
    },
  };
}

/** What an agent does whose mind could not be understood: as little as possible. */
function withoutWords(question: Question): Answer {
  const answered = { grounds: reasoned(`no readable answer in ${ATTEMPTS} attempts`), because: [] };
  const { satisfaction, fatigue } = question.progress;
  const taste = { genres: [], values: [] };
  switch (question.kind) {
    case 'place':
      return { ...answered, place: 'idle', fatigue, taste };
    case 'page':
      return { ...answered, do: 'leave', reason: 'content', satisfaction };
    case 'reaction':
      return { ...answered, rating: 3, feeling: '', satisfaction, fatigue, taste };
    case 'social':
      return { ...answered, do: 'silence' };
  }
}
