/** How bad input is told: every fault at once, each with its place, its value and what was expected. */
import { withoutCredentials } from '@rashomon/recsys';
import { distance } from 'fastest-levenshtein';

export interface ConfigFault {
  /** The key as it is spelled everywhere, e.g. `slate.size`. */
  readonly key: string;
  readonly value: unknown;
  readonly expected: string;
  /** Where the value came from: a flag, an environment variable, a file. */
  readonly source: string;
}

/** A configuration, or a set of interventions, that cannot be used. */
export class InvalidConfig extends Error {
  readonly code = 'INVALID_CONFIG';
  readonly faults: readonly ConfigFault[];

  constructor(given: readonly ConfigFault[]) {
    const faults = given.map((fault) => ({ ...fault, value: withoutCredentials(fault.value) }));
    super(
      faults
        .map(({ key, value, expected, source }) => `${key}: ${show(value)} (${source}): expected ${expected}`)
        .join('\n'),
    );
    this.name = 'InvalidConfig';
    this.faults = faults;
  }
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The known word that was probably meant, if one is near enough. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (slips < least) [nearest, least] = [candidate, slips];
  }
  return nearest !== undefined && least <= Math.max(2, Math.floor(nearest.length / 3)) ? nearest : undefined;
}

/** Letters wrong, missing or too many; two neighbours in each other's place, once, are one slip. */
function slipsBetween(typed: string, meant: string): number {
  let least = distance(typed, meant);
  for (let at = 0; at + 1 < typed.length; at++) {
    const swapped = `${typed.slice(0, at)}${typed[at + 1]}${typed[at]}${typed.slice(at + 2)}`;
    least = Math.min(least, 1 + distance(swapped, meant));
  }
  return least;
}

/** What to say of a word that is not known. */
export function oneOfKnown(word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known);
  return `one of ${known.join(', ')}${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}
