/** The closed catalogue of event types: the only list of what can be in a log. */
import type { ValueOf } from '../encoding/field.ts';
import { agentEvents } from './agent-events.ts';
import type { Cause } from './causes.ts';
import { decisionEvents } from './decision-events.ts';
import { mindEvents } from './mind-events.ts';
import { recommenderEvents } from './recommender-events.ts';
import { roundEvents } from './round-events.ts';
import { runEvents } from './run-events.ts';
import { socialEvents } from './social-events.ts';

export const eventCatalogue = {
  ...runEvents,
  ...roundEvents,
  ...agentEvents,
  ...recommenderEvents,
  ...decisionEvents,
  ...socialEvents,
  ...mindEvents,
};

export type EventType = keyof typeof eventCatalogue;
export type EventData<T extends EventType> = ValueOf<(typeof eventCatalogue)[T]['data']>;

/** One fact in the log of a run. */
export type EventOf<T extends EventType> = {
  readonly position: number;
  readonly round: number;
  /** The agent whose turn it is, or null for the system. */
  readonly agent: number | null;
  readonly type: T;
  readonly version: number;
  readonly data: EventData<T>;
  readonly causes: readonly Cause[];
};

export type LogEvent = { [T in EventType]: EventOf<T> }[EventType];
