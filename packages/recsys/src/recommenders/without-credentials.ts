/** What was given and refused, as it may be shown: an address may hold a password or a key. */

/** A text that looks like an address loses what stands before its @ and after its ? or #; anything else stays. */
export function withoutCredentials(value: unknown): unknown {
  if (typeof value !== 'string' || !/:\/\/|^[^\s/]*:[^\s/]*@/.test(value)) return value;
  return value.replace(/(:\/\/|^).*@/, '$1…@').replace(/[?#].*/, '?…');
}
