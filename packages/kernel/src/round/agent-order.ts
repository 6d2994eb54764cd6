/** Packets in whatever order they come, handed on in order of agent: each as soon as all before it were. */
import type { Packet } from '../ports/acting.ts';

export class AgentOrder {
  readonly #agents: readonly number[];
  readonly #pass: (packet: Packet) => void;
  /** Packets that came before their turn. */
  readonly #early = new Map<number, Packet>();
  #awaited: Set<number> | undefined;
  #next = 0;

  /**
   * @param agents whose packets are expected, in order
   * @param pass is handed one packet after the other
   */
  constructor(agents: readonly number[], pass: (packet: Packet) => void) {
    this.#agents = agents;
    this.#pass = pass;
  }

  /** @throws RangeError for a second packet of an agent, or one of an agent that does not act */
  take(packet: Packet): void {
    if (packet.agent !== this.#agents[this.#next]) return this.#keep(packet);
    this.#hand(packet);
    for (;;) {
      const agent = this.#agents[this.#next];
      const early = agent === undefined ? undefined : this.#early.get(agent);
      if (early === undefined) return;
      this.#early.delete(early.agent);
      this.#hand(early);
    }
  }

  /** @throws RangeError when packets are missing */
  end(): void {
    const missing = this.#agents.slice(this.#next).filter((agent) => !this.#early.has(agent));
    if (missing.length > 0)
      throw new RangeError(`no packet of ${missing.length} of ${this.#agents.length} agents, first of ${missing[0]}`);
  }

  #keep(packet: Packet): void {
    // Only where packets are out of order it matters to know whose are still to come.
    this.#awaited ??= new Set(this.#agents.slice(this.#next));
    if (!this.#awaited.has(packet.agent) || this.#early.has(packet.agent))
      throw new RangeError(`a packet of agent ${packet.agent}, which does not act or has acted already`);
    this.#early.set(packet.agent, packet);
  }

  #hand(packet: Packet): void {
    this.#awaited?.delete(packet.agent);
    this.#next += 1;
    this.#pass(packet);
  }
}
