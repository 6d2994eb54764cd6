/** The part of the checks that is the same for every kind: the value against the kind's own schema. */
import { type Change, faultsOfChange, type Intervention, type Json, readChange } from '@rashomon/kernel';
import type { Check, Setting } from './setting.ts';

/** The change, when the value is one of its kind; null after telling the faults. */
export function soundChange<K extends Change['kind']>(
  kind: K,
  { key, value }: Intervention,
  check: Check,
): Extract<Change, { readonly kind: K }> | null {
  const change = readChange(key, value);
  const faults = change?.kind === kind ? faultsOfChange(change, value) : null;
  if (faults === null) return refused(check, { key, value }, 'a key that leads to something');
  for (const { path, value: wrong, expected } of faults)
    check.fault({ key: path === '' ? key : `${key}.${path}`, value: (wrong ?? null) as Json }, expected);
  // Sound: there are no faults but of a change of this kind.
  return faults.length > 0 ? null : (change as Extract<Change, { readonly kind: K }>);
}

/** The entries that are in a list more than once, each named once. */
export function repeatedIn(ids: readonly number[]): readonly number[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

/** Tells the fault and gives null, for a checker to return. */
export function refused(check: Check, setting: Setting, expected: string): null {
  check.fault(setting, expected);
  return null;
}
