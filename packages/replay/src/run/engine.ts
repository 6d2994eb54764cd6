/** Which engine wrote a run. */
import { CURRENT_BEHAVIOUR, type RunHeader } from '@rashomon/kernel';

/** The version of the packages. */
export const ENGINE_VERSION = '0.3.0';

/** Numbered behaviour flags that new runs are started with. */
export const BEHAVIOUR = CURRENT_BEHAVIOUR;

export function engineHere(): RunHeader['engine'] {
  return { version: ENGINE_VERSION, node: process.versions.node, v8: process.versions.v8, behaviour: BEHAVIOUR };
}
