/** Whether a recommender or a mind is the same: of the same name, with the same values in force. */
import type { RunConfig } from '@rashomon/kernel';
import { sameData } from '../compare/same-data.ts';
import type { Conditions } from './setting.ts';

export function samePart(
  section: 'recommender' | 'mind',
  {
    before,
    after,
    conditions,
  }: { readonly before: RunConfig; readonly after: RunConfig; readonly conditions: Conditions },
): boolean {
  return sameData(conditions(before)[section], conditions(after)[section]);
}
