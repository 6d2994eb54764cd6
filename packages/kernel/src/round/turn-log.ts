/** The events of one turn as they are made: a packet, numbered when it is committed. */
import { eventCatalogue, type EventData, type EventType } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import type { Packet, PacketEvent } from '../ports/acting.ts';
import type { Recorded } from './decisions/decision.ts';

export class TurnLog {
  readonly #round: number;
  readonly #events: PacketEvent[] = [];
  readonly packet: Packet;

  constructor(agent: number, round: number) {
    this.#round = round;
    this.packet = { agent, events: this.#events };
  }

  /**
   * Adds an event.
   * @param causes positions in the log, or references to earlier events of this turn; the list is the log's from now on
   * @returns a reference to the event for later causes: negative, so that it is no position
   */
  add<T extends EventType>(type: T, data: EventData<T>, causes: Cause[]): number {
    return this.#push(type, data, causes);
  }

  /** Adds a decision, but for what is said along with it. */
  addDecision({ type, data }: Recorded, causes: Cause[]): number {
    return this.#push(type, data, causes);
  }

  #push(type: EventType, data: unknown, causes: Cause[]): number {
    this.#events.push({
      position: -1,
      round: this.#round,
      agent: this.packet.agent,
      type,
      version: eventCatalogue[type].version,
      data,
      causes,
    });
    return -this.#events.length;
  }
}
