/** What is known of one agent: who it is, what it holds, what it went through. Made by folding its events. */
import type { ValueOf } from '../encoding/field.ts';
import type { contactField, personaField } from '../events/agent-events.ts';
import type { Bits } from './bits.ts';

export type Persona = ValueOf<typeof personaField>;
export type Contact = ValueOf<typeof contactField>;

/** A film watched, in the run or (round 0) before it. */
export interface Watched {
  readonly film: number;
  readonly round: number;
  /** 1 to 5; 0 between watching and rating. */
  readonly rating: number;
  /** Position of FilmWatched, or of AgentJoined for what lies before the run. */
  readonly position: number;
}

/** A film that somebody spoke of. */
export interface Mention {
  readonly film: number;
  readonly from: number;
  readonly round: number;
  /** -1 to 1. */
  readonly liking: number;
  /** Position of the MessageSent. */
  readonly position: number;
}

export interface Received {
  readonly from: number;
  readonly channel: 'chat' | 'post';
  readonly text: string;
  readonly films: readonly number[];
  readonly position: number;
}

/** The latest mentions an agent keeps. */
export const MENTIONS_KEPT = 32;

/** Rounds since the agent last acted, as of the opening of a round. */
export function idleRounds(agent: AgentState, round: number): number {
  return round - 1 - agent.lastActive;
}

/** The messages the agent reads in a round: those sent in the round before. */
export function unread(agent: AgentState, round: number): readonly Received[] {
  return agent.inboxRound === round - 1 ? agent.inbox : [];
}

export interface AgentState {
  readonly id: number;
  readonly joinedAt: number;
  readonly persona: Persona;
  readonly contacts: readonly Contact[];
  /** Its own probability of being active, for the Pareto method. */
  readonly activity: number;
  /** Liking per genre of the catalogue, in utility units. */
  readonly taste: readonly number[];
  /** 0 to 1. */
  readonly satisfaction: number;
  /** 0 (rested) upwards. */
  readonly fatigue: number;
  /** Films shown since the last sweep, everything watched included. */
  readonly shown: Bits;
  readonly sweep: number;
  readonly watched: readonly Watched[];
  readonly heard: readonly Mention[];
  /** Messages sent to it in round `inboxRound`; to be read in the next one. */
  readonly inbox: readonly Received[];
  readonly inboxRound: number;
  /** The last round in which it was active; 0 before the first. */
  readonly lastActive: number;
  /** Simulated minute until which it is busy. */
  readonly busyUntil: number;
  readonly left: boolean;
}
