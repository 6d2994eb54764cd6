/** Answers from outside in memory. */
import type { Answers, StoredAnswer } from '../../ports/answers.ts';
import { compareAnswers, questionOf } from '../answer-order.ts';

export class MemoryAnswers implements Answers {
  /** By root and round, then by question. */
  readonly #answers = new Map<string, Map<string, StoredAnswer>>();

  async put(root: string, answer: StoredAnswer): Promise<void> {
    const place = `${root}/${answer.round}`;
    const answers = this.#answers.get(place) ?? new Map<string, StoredAnswer>();
    this.#answers.set(place, answers);
    const question = questionOf(answer);
    if (!answers.has(question)) answers.set(question, { ...answer });
  }

  async of(root: string, round: number): Promise<readonly StoredAnswer[]> {
    return [...(this.#answers.get(`${root}/${round}`)?.values() ?? [])].sort(compareAnswers);
  }
}
