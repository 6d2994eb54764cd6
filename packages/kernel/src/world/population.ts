/** The agents a run starts with, as their AgentJoined events will carry them. */
import type { EventData } from '../events/catalogue.ts';

export interface NewAgent {
  /** Unique in the population: identity is the id, whatever the names. */
  readonly id: number;
  readonly joined: EventData<'AgentJoined'>;
}

/** In order of id. */
export type Population = readonly NewAgent[];
