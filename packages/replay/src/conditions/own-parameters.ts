/** A section's parameters without the keys that every mind or recommender has. */
import { type RunConfig, SCHEDULE_KEYS } from '@rashomon/kernel';
import type { Values } from './values.ts';

export function ownParameters(section: RunConfig['mind'] | RunConfig['recommender']): Values {
  return Object.fromEntries(Object.entries(section).filter(([key]) => key !== 'name' && !SCHEDULE_KEYS.includes(key)));
}
