/** Which engine wrote a run. */
import type { RunHeader } from '@rashomon/kernel';

/** The version of the packages. */
export const ENGINE_VERSION = '0.3.0';

/**
 * Numbered behaviour flags in force: a fix that would change what old runs replay to gets a number
 * here and is only in force for runs that name it.
 */
export const BEHAVIOUR: readonly number[] = [];

export function engineHere(): RunHeader['engine'] {
  return { version: ENGINE_VERSION, node: process.versions.node, v8: process.versions.v8, behaviour: BEHAVIOUR };
}
