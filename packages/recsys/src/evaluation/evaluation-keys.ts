/** How purposes enter the luck of evaluations. */
import type { PurposeKeys } from '@rashomon/kernel';

/** As they always did: a table made again by a later version holds the same figures. */
export const EVALUATION_KEYS: PurposeKeys = 'numbered';
