/** How the purposes of a run's luck enter its draws. */
import { type Behaviour, behaves } from '../behaviour/behaviour.ts';
import type { PurposeKeys } from './luck.ts';

export function purposeKeysOf(behaviour: Behaviour): PurposeKeys {
  return behaves(behaviour, 'namedLuck') ? 'named' : 'numbered';
}
