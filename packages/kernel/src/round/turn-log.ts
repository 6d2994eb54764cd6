/**
 * The events of one turn before their positions are known: turns are taken in any order, or at the
 * same time, and are numbered when they are committed in order of agent.
 */
import { eventCatalogue, type EventData, type EventType, type LogEvent } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import { type Grounds, NO_GROUNDS } from '../events/grounds.ts';

/** An event as it is being made: what is read-only in the log is not yet so here. */
interface Unnumbered {
  position: number;
  readonly round: number;
  readonly agent: number;
  readonly type: EventType;
  readonly version: number;
  readonly data: unknown;
  causes: Cause[];
}

/** Causes that have been let go of; nobody adds to them. */
const FORGOTTEN: Cause[] = [];

export class TurnLog {
  readonly agent: number;
  readonly #round: number;
  readonly #events: Unnumbered[] = [];

  constructor(agent: number, round: number) {
    this.agent = agent;
    this.#round = round;
  }

  /**
   * Adds an event.
   * @param causes positions in the log, or references to earlier events of this turn; the list is the log's from now on
   * @returns a reference to the event for later causes: negative, so that it is no position
   */
  add<T extends EventType>(type: T, data: EventData<T>, causes: Cause[]): number {
    this.#events.push({
      position: -1,
      round: this.#round,
      agent: this.agent,
      type,
      version: eventCatalogue[type].version,
      data,
      causes,
    });
    return -this.#events.length;
  }

  /** Numbers the events from position `first` on and hands them over; the turn is over then. */
  numberFrom(first: number): readonly LogEvent[] {
    for (let i = 0; i < this.#events.length; i++) {
      const event = this.#events[i] as Unnumbered;
      event.position = first + i;
      const { causes } = event;
      for (let c = 0; c < causes.length; c++) {
        const cause = causes[c] as Cause;
        if (cause.position < 0) causes[c] = { ...cause, position: first - cause.position - 1 };
      }
    }
    // Sound: `add` takes the data that belongs to the type.
    return this.#events as unknown as readonly LogEvent[];
  }

  /**
   * Lets go of the grounds and causes of an event that has been encoded. Folds do not look at them, and they are
   * most of what a round holds in memory until it closes.
   */
  forgetReasons(event: LogEvent): void {
    const { data } = event;
    if ('grounds' in data) (data as { grounds: Grounds }).grounds = NO_GROUNDS;
    // Sound: the event is one of ours.
    (event as Unnumbered).causes = FORGOTTEN;
  }
}
