/**
 * Which defaults complete a run from before the log held all its conditions: chosen by the engine that began the run,
 * as RunStarted names it. Later engines log every value, and nothing is completed.
 */
import { DEFAULTS_0_1 } from './defaults-0-1.data.ts';
import { DEFAULTS_0_2 } from './defaults-0-2.data.ts';
import type { DefaultsOfOld } from './values.ts';

/** Null for engines whose logs hold every condition. */
export function defaultsOfOld(engine: string): DefaultsOfOld | null {
  if (engine.startsWith('0.1.')) return DEFAULTS_0_1;
  return engine.startsWith('0.2.') ? DEFAULTS_0_2 : null;
}
