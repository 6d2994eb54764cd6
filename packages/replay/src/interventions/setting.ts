/** An intervention as people give it, and what it is checked with. */
import type { AgentStates, FilmCatalogue, Intervention, Json, RunConfig, RunLog } from '@rashomon/kernel';
import type { ConfigFault } from '../config/faults.ts';

/** A key with its value as given. */
export interface Setting {
  readonly key: string;
  readonly value: Json;
}

/** The world a setting is to change, and where its faults go. */
export interface Check {
  readonly agents: AgentStates;
  /** Number of events before the fork. */
  readonly revision: number;
  readonly log: RunLog;
  readonly films: FilmShelf;
  fault(setting: Setting, expected: string): void;
}

/** The films as the settings so far leave them. */
interface FilmShelf {
  catalogue: FilmCatalogue;
  /** Every id that a film of this run ever had, or is to have. */
  readonly used: Set<number>;
}

/** From what was given to what is logged; null when it is faulty, which the check was told. */
export type Checker = (setting: Setting, check: Check) => Intervention | null | Promise<Intervention | null>;

export const SOURCE = 'intervention';

export function faultOf(key: string, value: unknown, expected: string): ConfigFault {
  return { key, value, expected, source: SOURCE };
}

/** A configuration as a log has it, with every value in force. */
export type Conditions = (config: RunConfig) => RunConfig;
