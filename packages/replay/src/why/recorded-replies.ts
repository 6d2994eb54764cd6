/**
 * The answers of a turn, made again from its events: what the mind decided, what the model ranked, what the search
 * found. With them a turn can be played up to any of its questions without asking anybody.
 */
import {
  type AnswerTo,
  type EventOf,
  isDecision,
  type LogEvent,
  type Question,
  type Ranking,
  recall,
  type Search,
} from '@rashomon/kernel';

/** Nothing eligible was left to rank. */
const NOTHING: Ranking = { films: [], scores: [] };

export class RecordedReplies {
  readonly #decisions: readonly LogEvent[];
  readonly #slates: readonly EventOf<'SlateServed'>[];
  readonly #explained: readonly EventOf<'SlateExplained'>[];
  readonly #found: readonly EventOf<'SearchAnswered'>[];
  readonly #messages: readonly EventOf<'MessageSent'>[];
  #decision = 0;
  #slate = 0;
  #search = 0;
  #sweep: number;

  /**
   * @param turn all events of the agent's turn, in order
   * @param sweep the agent's sweep at the opening of the round
   */
  constructor(turn: readonly LogEvent[], sweep: number) {
    this.#decisions = turn.filter(isDecision);
    this.#slates = turn.filter((event) => event.type === 'SlateServed');
    this.#explained = turn.filter((event) => event.type === 'SlateExplained');
    this.#found = turn.filter((event) => event.type === 'SearchAnswered');
    this.#messages = turn.filter((event) => event.type === 'MessageSent');
    this.#sweep = sweep;
  }

  /** The event that answered the question now open; undefined when none did. */
  next(): LogEvent | undefined {
    return this.#decisions[this.#decision];
  }

  /** The recorded answer to the question now open. */
  answer<Q extends Question>(question: Q): AnswerTo<Q> {
    const event = this.#decisions[this.#decision++] as LogEvent;
    // Whatever is said in a turn is said along with its last decision.
    return recall(
      question,
      event,
      this.#messages.map(({ data }) => data),
    );
  }

  /** The recorded ranking. A sweep began with a ranking that was too short: that one is given as empty. */
  slate(): Ranking {
    const served = this.#slates[this.#slate];
    if (served === undefined) return NOTHING;
    if (served.data.sweep > this.#sweep) {
      this.#sweep = served.data.sweep;
      return NOTHING;
    }
    this.#slate += 1;
    // An explanation follows its slate at once.
    const explained = this.#explained.find(({ position }) => position === served.position + 1);
    return explained === undefined ? served.data : { ...served.data, explanations: explained.data.explanations };
  }

  /** Finds what was found. */
  readonly search: Search = { find: () => this.#found[this.#search++]?.data.films ?? [] };
}
