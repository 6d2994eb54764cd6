/** What might have been meant, in words. */

/** @param meant the likeliest of them, if any is near */
export function oneOf(known: readonly string[], meant: string | undefined): string {
  const names = known.length === 0 ? 'no parameter: these recommenders have none' : `one of ${known.join(', ')}`;
  return `${names}${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}
