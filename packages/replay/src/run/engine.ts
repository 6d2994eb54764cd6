/** Which engine wrote a run. */
import { CURRENT_BEHAVIOUR, type RunHeader } from '@rashomon/kernel';

/** The version of the packages. */
export const ENGINE_VERSION = '0.3.0';

export function engineHere(): RunHeader['engine'] {
  const { node, v8 } = process.versions;
  return { version: ENGINE_VERSION, node, v8, behaviour: CURRENT_BEHAVIOUR };
}
