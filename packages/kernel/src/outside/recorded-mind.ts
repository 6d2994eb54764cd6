/** A mind outside the process, behind the record of its answers. */
import type { Json } from '../encoding/canonical-json.ts';
import { reasoned } from '../events/grounds.ts';
import type { EventData } from '../events/catalogue.ts';
import type { Answer, AnswerTo, Mind, Question } from '../ports/mind.ts';
import { answerTo, type OutsideContext, type OutsideReply } from './answers.ts';

/** A mind that thinks in words somewhere else. */
export interface OutsideMind {
  readonly name: string;
  /** Everything the answer may depend on, and nothing else: its digest names the request. */
  request(question: Question): Json;
  ask(request: Json): Promise<OutsideReply>;
  /** The answer a text stands for; null when it cannot be understood or is not allowed. */
  read(question: Question, text: string): Answer | null;
}

const ATTEMPTS = 3;

/** A mind that asks outside through the record. */
export function recordedMind(outside: OutsideMind, context: OutsideContext): Mind {
  return {
    name: outside.name,
    async decide<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
      const request = outside.request(question);
      const said: EventData<'MindAnswered'>[] = [];
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const place = { round: question.world.round, agent: question.agent.id, step: question.progress.step, attempt };
        const {
          step,
          request: digest,
          answer: text,
          tokensIn,
          tokensOut,
          price,
        } = await answerTo(place, request, () => outside.ask(request), context);
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
