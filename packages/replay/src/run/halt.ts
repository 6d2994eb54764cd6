/**
 * The end of waiting: once it is called nobody waits any more for a mind that answers later, and none
 * is asked. Turns of many agents are under way at the same time; when the run is stopped, or one of
 * them fails, the others would go on asking outside for a round that is lost.
 */
import type { AnswerTo, Mind, Ports, Question } from '@rashomon/kernel';

export class Halt {
  readonly #waiting = new Set<(reason: unknown) => void>();
  #called: { readonly reason: unknown } | null = null;

  call(reason: unknown): void {
    this.#called ??= { reason };
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }

  /** The same ports, with minds that heed this. */
  over(ports: Ports): Ports {
    return { ...ports, mind: (config) => this.#heeding(ports.mind(config)) };
  }

  #heeding(mind: Mind): Mind {
    return {
      name: mind.name,
      decide: (question) => {
        if (this.#called !== null) throw this.#called.reason;
        const answer = mind.decide(question);
        return answer instanceof Promise ? this.#unlessCalled(answer) : answer;
      },
    };
  }

  #unlessCalled<Q extends Question>(answer: Promise<AnswerTo<Q>>): Promise<AnswerTo<Q>> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const arrived = (): void => void this.#waiting.delete(reject);
      answer.finally(arrived).then(resolve, reject);
    });
  }
}
