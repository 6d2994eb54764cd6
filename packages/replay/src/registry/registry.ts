/**
 * What a run can be made of: recommenders, minds and searches by name. A registry is a value that is handed in; a
 * program with parts of its own makes one with `registryWith` and passes it along.
 */
import { hybridSearch, recommenders, textSearch } from '@rashomon/recsys';
import { choice } from './choice.ts';
import type { Registry } from './definitions.ts';
import { scripted } from './scripted.ts';

/** What comes with this repository. */
export const builtIns: Registry = {
  recommenders,
  minds: [choice, scripted],
  searches: [
    { name: 'text', search: textSearch },
    { name: 'hybrid', search: hybridSearch },
  ],
};

/** Two recommenders, minds or searches would bear one name. */
export class NameTaken extends Error {
  readonly code = 'NAME_TAKEN';

  constructor(section: string, name: string) {
    super(`${section} "${name}": expected a name that no other ${section} has`);
    this.name = 'NameTaken';
  }
}

/** A registry with more parts. @throws NameTaken */
export function registryWith(more: Partial<Registry>, registry: Registry = builtIns): Registry {
  return {
    recommenders: joined('recommender', registry.recommenders, more.recommenders),
    minds: joined('mind', registry.minds, more.minds),
    searches: joined('search', registry.searches, more.searches),
  };
}

function joined<T extends { readonly name: string }>(
  section: string,
  known: readonly T[],
  more: readonly T[] = [],
): readonly T[] {
  const all = [...known, ...more];
  const names = new Set<string>();
  for (const { name } of all) {
    if (names.has(name)) throw new NameTaken(section, name);
    names.add(name);
  }
  return all;
}
