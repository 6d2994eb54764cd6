/** Follows two runs section by section and notes where, and how widely, their stories part. */
import type { CompareReport } from '../reports.ts';
import { type Beginnings, firstDifferentStep, turnsDiffer } from './alignment.ts';
import type { Section } from './sections.ts';

export type Parting = NonNullable<CompareReport['firstDivergence']>;

export class Partings {
  readonly #beginnings: Beginnings;
  readonly #from: number;
  readonly #perRound: { readonly round: number; agents: number; ever: number }[] = [];
  readonly #ever = new Set<number>();
  /** Position in b's log of the next event to be met. */
  #next: number;
  first: Parting | null = null;
  firstAgent: Parting | null = null;

  constructor(beginnings: Beginnings, [from, to]: readonly [number, number]) {
    this.#beginnings = beginnings;
    this.#next = beginnings.b;
    this.#from = from;
    for (let round = from; round <= to; round++) this.#perRound.push({ round, agents: 0, ever: 0 });
  }

  /** Takes the sections of one place; undefined where a run has none. */
  add(a: Section | undefined, b: Section | undefined): void {
    const at = (a ?? b) as Section;
    if (b !== undefined) this.#next = b.events[0]?.position ?? this.#next;
    if (this.first === null) this.#lookExactly(a, b, at);
    const row = this.#perRound[at.round - this.#from] as { agents: number; ever: number };
    if (at.agent !== null && (a === undefined || b === undefined || turnsDiffer(a.events, b.events))) {
      this.#ever.add(at.agent);
      this.firstAgent ??= { round: at.round, agent: at.agent, position: this.#next };
      row.agents += 1;
    }
    row.ever = this.#ever.size;
    if (b !== undefined) this.#next += b.events.length;
  }

  /** One entry for each compared round: agents whose turn differs in it, and those whose turn ever did. */
  perRound(): CompareReport['divergedAgents'] {
    return this.#perRound;
  }

  #lookExactly(a: Section | undefined, b: Section | undefined, at: Section): void {
    const step = a === undefined || b === undefined ? 0 : firstDifferentStep(a, b, this.#beginnings);
    if (step < 0) return;
    // An intervention on an agent stands in the opening and names its agent.
    const event = b?.events[step] ?? a?.events[step];
    this.first = { round: at.round, agent: at.agent ?? event?.agent ?? null, position: this.#next + step };
  }
}
