/**
 * What an agent heard of films: each mention weighs by closeness to the speaker, by how much the speaker
 * liked the film, and by how long ago it was. Chatters trust their friends more.
 */
import type { AgentState, Mention } from '@rashomon/kernel';
import type { ChoiceParameters } from './parameters.ts';

/** 0 to 1: how close the agent is to whoever spoke. */
function closenessTo(agent: AgentState, speaker: number, stranger: number): number {
  const { contacts } = agent;
  for (let i = 0; i < contacts.length; i++) {
    const contact = contacts[i] as AgentState['contacts'][number];
    if (contact.agent === speaker) return contact.closeness;
  }
  return stranger;
}

/** What is left of a mention's weight after so many rounds; older ones count for nothing. */
const ROUNDS_KEPT = 128;

/** Speakers whose closeness is at hand; people hear the same few friends again and again. */
const SPEAKERS_KEPT = 32;
const NOBODY = -1;

/** How one agent takes what it hears in one round. */
export class Listener {
  readonly #parameters: ChoiceParameters;
  /** Who spoke last of those that share a slot, and how close they are to the agent. */
  readonly #speakers = new Float64Array(SPEAKERS_KEPT);
  readonly #closeness = new Float64Array(SPEAKERS_KEPT);
  readonly #decay = new Float64Array(ROUNDS_KEPT);
  #agent: AgentState | undefined;
  #round = 0;
  #awareness = 0;
  #trust = 1;

  constructor(parameters: ChoiceParameters) {
    this.#parameters = parameters;
    for (let rounds = 0, left = 1; rounds < ROUNDS_KEPT; rounds++, left *= parameters.heardDecay)
      this.#decay[rounds] = left;
  }

  /** @param awareness added to every liking: 0 where only the opinion counts */
  listen(agent: AgentState, round: number, awareness: number): this {
    this.#agent = agent;
    this.#speakers.fill(NOBODY);
    this.#round = round;
    this.#awareness = awareness;
    this.#trust = agent.persona.features.chatter ? this.#parameters.chatterTrust : 1;
    return this;
  }

  /** closeness x (liking + awareness) x decay^(rounds since it could first be read) x trust. */
  weightOf(mention: Mention): number {
    const opinion = mention.liking + this.#awareness;
    const age = Math.max(0, this.#round - mention.round - 1);
    if (opinion === 0 || age >= ROUNDS_KEPT) return 0;
    return this.#closenessTo(mention.from) * opinion * this.#trust * (this.#decay[age] as number);
  }

  #closenessTo(speaker: number): number {
    const slot = speaker % SPEAKERS_KEPT;
    if (this.#speakers[slot] !== speaker) {
      this.#speakers[slot] = speaker;
      this.#closeness[slot] = closenessTo(this.#agent as AgentState, speaker, this.#parameters.strangerCloseness);
    }
    return this.#closeness[slot] as number;
  }
}

/** Many mentions add up to no more than the cap: weight x sum / (1 + weight |sum| / cap). */
export function heardTerm(sum: number, weight: number, cap: number): number {
  const pull = weight * sum;
  return pull / (1 + Math.abs(pull) / cap);
}
