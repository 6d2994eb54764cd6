/**
 * What an agent heard of films: each mention weighs by closeness to the speaker, by how much the speaker
 * liked the film, and by how long ago it was. Chatters trust their friends more.
 */
import type { AgentState, Mention } from '@rashomon/kernel';
import type { ChoiceParameters } from './parameters.ts';

/** 0 to 1: how close the agent is to whoever spoke. */
export function closenessTo(agent: AgentState, speaker: number, stranger: number): number {
  const { contacts } = agent;
  for (let i = 0; i < contacts.length; i++) {
    const contact = contacts[i] as AgentState['contacts'][number];
    if (contact.agent === speaker) return contact.closeness;
  }
  return stranger;
}

/**
 * closeness x (liking + awareness) x decay^(rounds since it could first be read) x trust.
 * @param awareness added to the liking: 0 where only the opinion counts
 */
export function mentionWeight(mention: Mention, agent: AgentState, options: { readonly round: number; readonly awareness: number }, parameters: ChoiceParameters): number {
  const opinion = mention.liking + options.awareness;
  if (opinion === 0) return 0;
  let weight = closenessTo(agent, mention.from, parameters.strangerCloseness) * opinion;
  if (agent.persona.features.chatter) weight *= parameters.chatterTrust;
  // Mentions are few and kept for some dozens of rounds, so that the power is a short product.
  for (let rounds = options.round - mention.round - 1; rounds > 0 && weight !== 0; rounds--) {
    weight *= parameters.heardDecay;
    if (rounds > 200) return 0;
  }
  return weight;
}

/** Many mentions add up to no more than the cap: weight x sum / (1 + weight |sum| / cap). */
export function heardTerm(sum: number, weight: number, cap: number): number {
  const pull = weight * sum;
  return pull / (1 + Math.abs(pull) / cap);
}
