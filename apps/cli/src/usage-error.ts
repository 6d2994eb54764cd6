/** A command line that cannot be meant: a missing part, a value of the wrong kind, a word nobody knows. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

/** @throws UsageError unless the text is a whole number of at least `least` */
export function wholeNumber(text: string, what: string, least = 0): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${what} ${JSON.stringify(text)}: expected a whole number of at least ${least}`);
}
