/** A mind outside the process, behind the record of its answers: its requests are asked, kept, made again, replayed. */
import type { EventData } from '../events/catalogue.ts';
import { reasoned } from '../events/grounds.ts';
import type { Answer, AnswerTo, Mind, Question } from '../ports/mind.ts';
import { answerTo, type OutsideContext } from './answers.ts';
import type { OutsideMind, OutsideRequest } from './outside-mind.ts';

/** How often a request is made until its answer can be read. */
const ATTEMPTS = 3;

/** A mind that asks outside through the record. */
export function recordedMind(outside: OutsideMind, context: OutsideContext): Mind {
  return {
    name: outside.name,
    async decide<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
      const deciding = new Deciding(outside, context, question);
      const answer = (await deciding.made()) ?? withoutWords(question);
      // Sound: a dialogue returns the answer to its question, as does `withoutWords`.
      return { ...answer, outside: deciding.said } as unknown as AnswerTo<Q>;
    },
  };
}

/** One decision on its way: a dialogue, and what was said in it so far. */
class Deciding {
  readonly said: EventData<'MindAnswered'>[] = [];
  readonly #outside: OutsideMind;
  readonly #context: OutsideContext;
  readonly #question: Question;

  constructor(outside: OutsideMind, context: OutsideContext, question: Question) {
    this.#outside = outside;
    this.#context = context;
    this.#question = question;
  }

  /** The answer that the dialogue comes to; null when one of its requests is never answered readably. */
  async made(): Promise<Answer | null> {
    const dialogue = this.#outside.decide(this.#question);
    let state = dialogue.next();
    while (state.done !== true) {
      const read = await this.#readably(state.value);
      if (read === null) return null;
      state = dialogue.next(read);
    }
    return state.value;
  }

  async #readably(request: OutsideRequest): Promise<unknown> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const read = request.read(await this.#answer(request));
      if (read !== null) return read;
    }
    return null;
  }

  /** Calls are counted through the decision, whichever request they are for. */
  async #answer({ content }: OutsideRequest): Promise<string> {
    const { agent, progress, world } = this.#question;
    const place = { round: world.round, agent: agent.id, step: progress.step, call: this.said.length };
    const known = await answerTo(place, content, () => this.#outside.ask(content), this.#context);
    const { step, attempt, request, answer, tokensIn, tokensOut, price } = known;
    this.said.push({ step, attempt, request, answer, tokensIn, tokensOut, price });
    return answer;
  }
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
