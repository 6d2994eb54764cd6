/** Whether two events say the same. */

/**
 * Equality of event data: numbers, texts, and lists and records of them. Asked once for every event of two logs, so no
 * text is made of them.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !sameData(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const ofA = a as { readonly [member: string]: unknown };
  const ofB = b as { readonly [member: string]: unknown };
  const names = Object.keys(ofA);
  if (names.length !== Object.keys(ofB).length) return false;
  for (const name of names) if (!(name in ofB && sameData(ofA[name], ofB[name]))) return false;
  return true;
}
