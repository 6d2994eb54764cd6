/**
 * What each agent watched in the order in which it did: the form in which a sequential recommender reads interactions.
 */
import type { Interactions } from '@rashomon/kernel';
import type { Histories } from './histories.ts';
import { IdIndex } from './id-index.ts';

/**
 * The sequences in the first `count` interactions: of each agent its films from the earliest to the latest, each once,
 * a film watched again where it was watched last. Films outside the index are left out.
 */
export function sequencesOf(
  { agents: watchers, films: watched }: Interactions,
  count: number,
  films: IdIndex,
): Histories {
  const agents = IdIndex.among(watchers, count);
  const isKept = latestOfEachPair({ watchers, watched, count }, agents, films);
  const offsets = new Int32Array(agents.size + 1);
  for (let entry = 0; entry < count; entry++) {
    const row = agents.indexOf(watchers[entry] as number);
    if (isKept[entry] === 1) offsets[row + 1] = (offsets[row + 1] as number) + 1;
  }
  for (let row = 0; row < agents.size; row++)
    offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number);
  const next = offsets.slice();
  const columns = new Int32Array(offsets.at(-1) as number);
  for (let entry = 0; entry < count; entry++) {
    if (isKept[entry] === 0) continue;
    const row = agents.indexOf(watchers[entry] as number);
    const at = next[row] as number;
    next[row] = at + 1;
    columns[at] = films.indexOf(watched[entry] as number);
  }
  return { agents, offsets, columns };
}

interface Entries {
  readonly watchers: readonly number[];
  readonly watched: readonly number[];
  readonly count: number;
}

/** 1 for an entry whose agent does not watch its film again later. */
function latestOfEachPair({ watchers, watched, count }: Entries, agents: IdIndex, films: IdIndex): Uint8Array {
  const seen = new Set<number>();
  const isLatest = new Uint8Array(count);
  for (let entry = count - 1; entry >= 0; entry--) {
    const film = films.indexOf(watched[entry] as number);
    if (film < 0) continue;
    const pair = agents.indexOf(watchers[entry] as number) * films.size + film;
    if (seen.has(pair)) continue;
    seen.add(pair);
    isLatest[entry] = 1;
  }
  return isLatest;
}
