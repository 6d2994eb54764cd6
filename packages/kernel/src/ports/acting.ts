/**
 * The acting of a round as the loop needs it: every active agent takes its turn on the world as it stood at the
 * opening.
 *
 * Nobody sees what others do in the same round, so turns may be taken in any order, at the same time, or in other
 * processes: the loop numbers their events and commits them in order of agent. What comes back is plain data, which
 * survives structuredClone. What goes in is the live world: an acting elsewhere sends over what its workers need of it.
 */
import type { EventType } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { LiveModel } from '../state/system.ts';
import type { Mind, WorldView } from './mind.ts';
import type { MaybePromise, Model } from './recommender.ts';
import type { Search } from './search.ts';

/** What the system offers to the agents of a round. */
export interface Offer extends WorldView {
  readonly openedAt: number;
  readonly model: LiveModel;
  readonly search: Search;
  /** Events that changed something for this agent at the opening of the round. */
  interventionsOn(agent: number): readonly Cause[];
}

/** Who answers what a turn demands. */
export interface Respondents {
  readonly mind: Mind;
  readonly model: Model;
}

/**
 * An event before its position is known. Causes at negative positions are events of the same turn: -1 is its first.
 * Whoever takes a packet owns it: it turns the events into those of the log.
 */
export interface PacketEvent {
  position: number;
  readonly round: number;
  readonly agent: number;
  readonly type: EventType;
  readonly version: number;
  readonly data: unknown;
  causes: Cause[];
}

/** All events of one agent's turn, in their order. */
export interface Packet {
  readonly agent: number;
  readonly events: readonly PacketEvent[];
}

/** A round to be acted. */
export interface ActingRound {
  /** Those who act, in order of id. */
  readonly agents: readonly AgentState[];
  readonly offer: Offer;
  readonly respondents: Respondents;
  /** Most turns under way at the same time, for minds that answer later. */
  readonly concurrency: number;
}

/**
 * Takes the turn of every agent and delivers one packet for each, in any order. Where `deliver` gives a promise the log
 * is being written: wait for it before delivering more.
 */
export type Act = (round: ActingRound, deliver: (packet: Packet) => MaybePromise<void>) => MaybePromise<void>;
