/** A mind driven by a script: deterministic and at once. */
import type { AnswerTo, Question } from '@rashomon/kernel';
import type { PromptMind } from '../prompt-mind.ts';
import { readReply } from './answer.ts';
import { replyTo } from './reply.ts';
import { requestOf } from './request.ts';
import { parseScript } from './script.ts';

/** A script asks for something that the world does not have. */
export class UnplayableScript extends Error {
  override readonly name = 'UnplayableScript';
  readonly code = 'UNPLAYABLE_SCRIPT';
}

/**
 * @param script parsed JSON of the form of {@link parseScript}
 * @throws InvalidScript with all faults; from `decide`, UnplayableScript when a rule mentions a film that the catalogue
 * does not hold
 */
export function scriptedMind(script: unknown): PromptMind {
  const rules = parseScript(script);
  return {
    name: 'scripted',
    decide<Q extends Question>(question: Q): AnswerTo<Q> {
      const request = requestOf(question);
      const reply = replyTo(rules, request);
      const answer = readReply(question, reply);
      if (answer === null)
        throw new UnplayableScript(
          `agent ${request.agent} in round ${request.round}: ` +
            `${JSON.stringify(reply)} mentions a film that is not in the catalogue`,
        );
      // Sound: a reply is read by the kind of its question.
      return answer as AnswerTo<Q>;
    },
  };
}
