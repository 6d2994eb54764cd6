/**
 * How much of a decision a cause brought, where its mind did not write it down (edition 1). The utility of what was
 * chosen is a sum of terms; a term's share is its size over the sizes of all terms, with its sign, so that shares lie
 * between -1 and 1 also where terms cancel.
 */
import { bestOption, type Cause, type Grounds, type LogEvent, termOf } from '@rashomon/kernel';
import { groundsOf } from './deed.ts';
import type { Evidence } from './evidence.ts';

/** Share of one term in the utility of an option, -1 to 1; 0 where all terms are 0. */
function shareOfTerm(grounds: Grounds, option: number, term: string): number {
  let sizes = 0;
  for (const { values } of grounds.terms) sizes += Math.abs(values[option] ?? 0);
  return sizes === 0 ? 0 : termOf(grounds, term, option) / sizes;
}

/**
 * The influence of each cause of a decision, in their order. Messages share the heard term, in proportion to how much
 * was said for or against the film chosen (an explanation that names something counts as one that half likes it);
 * recalled watches share the novelty term evenly, for satiation is what past watches bring. Null for every other cause,
 * and where no options were recorded or the term is 0.
 */
export async function derivedInfluences(event: LogEvent, evidence: Evidence): Promise<(number | null)[]> {
  const grounds = groundsOf(event);
  const option = grounds === null ? -1 : bestOption(grounds);
  if (grounds === null || option < 0) return event.causes.map(() => null);
  const film = event.type === 'FilmWatched' || event.type === 'FilmRated' ? event.data.film : null;
  // A cause that is named twice has said what it said once.
  const again = (cause: Cause, index: number): boolean =>
    event.causes.findIndex(({ role, position }) => role === cause.role && position === cause.position) < index;
  const weights = await Promise.all(
    event.causes.map(async (cause, index) => (again(cause, index) ? 0 : weightOf(cause, film, evidence))),
  );
  const shares = {
    'told-by': shareOfTerm(grounds, option, 'heard'),
    recalled: shareOfTerm(grounds, option, 'novelty'),
  };
  return event.causes.map(({ role }, index) => {
    if (role !== 'told-by' && role !== 'recalled') return null;
    const all = event.causes.reduce((sum, cause, at) => (cause.role === role ? sum + (weights[at] as number) : sum), 0);
    return shares[role] === 0 || all === 0 ? null : (shares[role] * (weights[index] as number)) / all;
  });
}

/** How loudly an explanation speaks, as a message would by its liking. */
const EXPLANATION = 0.5;

/** How loudly a cause speaks among those of its role. */
async function weightOf({ role, position }: Cause, film: number | null, evidence: Evidence): Promise<number> {
  if (role !== 'told-by' || film === null) return 1;
  const { type, data } = await evidence.event(position);
  if (type === 'SlateExplained') return EXPLANATION;
  // An injected message is read like one that was sent.
  const said =
    type === 'MessageSent'
      ? data
      : type === 'InterventionApplied'
        ? (data.value as { readonly films?: readonly number[]; readonly liking?: readonly number[] } | null)
        : null;
  return (said?.films ?? []).reduce(
    (sum, mentioned, index) => (mentioned === film ? sum + Math.abs(said?.liking?.[index] ?? 0) : sum),
    0,
  );
}
