/**
 * The events of one turn before their positions are known: turns are taken in any order, or at the
 * same time, and are numbered when they are committed in order of agent.
 */
import { type Cause, eventCatalogue, type EventData, type EventType, type LogEvent } from '../events/catalogue.ts';

interface Unnumbered {
  readonly type: EventType;
  readonly data: unknown;
  readonly causes: readonly Cause[];
}

export class TurnLog {
  readonly agent: number;
  readonly #round: number;
  readonly #events: Unnumbered[] = [];

  constructor(agent: number, round: number) {
    this.agent = agent;
    this.#round = round;
  }

  get length(): number {
    return this.#events.length;
  }

  /**
   * Adds an event.
   * @param causes positions in the log, or references to earlier events of this turn
   * @returns a reference to the event for later causes: negative, so that it is no position
   */
  add<T extends EventType>(type: T, data: EventData<T>, causes: readonly Cause[]): number {
    this.#events.push({ type, data, causes });
    return -this.#events.length;
  }

  /** The events as they stand in the log from position `first` on. */
  *numberedFrom(first: number): Generator<LogEvent> {
    for (let i = 0; i < this.#events.length; i++) {
      const { type, data, causes } = this.#events[i] as Unnumbered;
      yield {
        position: first + i,
        round: this.#round,
        agent: this.agent,
        type,
        version: eventCatalogue[type].version,
        data,
        causes: causes.map((cause) => (cause.position < 0 ? { role: cause.role, position: first - cause.position - 1 } : cause)),
        // Sound: `add` takes the data that belongs to the type.
      } as LogEvent;
    }
  }
}
