/**
 * What keys of the configuration that came after 0.3 are in runs from before them: off, or as it was then. A section
 * holds the keys that it gained. Parameters of recommenders and minds say so themselves, in `before`.
 */
import type { Values } from './values.ts';

export const LATER_KEYS: Values = {};
