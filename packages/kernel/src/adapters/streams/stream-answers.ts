/** Answers from outside over streams: one stream for each round of a root, a record an answer, the first one counts. */
import type { Answers, StoredAnswer } from '../../ports/answers.ts';
import { compareAnswers, questionOf } from '../answer-order.ts';
import { jsonIn, jsonRecord, type Streams, untilUncontested } from './streams.ts';

export class StreamAnswers implements Answers {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  async put(root: string, answer: StoredAnswer): Promise<void> {
    const kept = { ...answer };
    const stream = streamOf(root, kept.round);
    await untilUncontested(async () => {
      const answers = await this.#read(stream);
      if (answers.some((known) => questionOf(known) === questionOf(kept))) return;
      await this.#streams.append(stream, answers.length, [jsonRecord({ agent: kept.agent, step: kept.step }, kept)]);
    });
  }

  async of(root: string, round: number): Promise<readonly StoredAnswer[]> {
    return (await this.#read(streamOf(root, round))).sort(compareAnswers);
  }

  async #read(stream: string): Promise<StoredAnswer[]> {
    return (await this.#streams.read(stream, 0)).map((record) => jsonIn(record) as StoredAnswer);
  }
}

function streamOf(root: string, round: number): string {
  return `answers-${root}-${round}`;
}
