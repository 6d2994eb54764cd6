/** Two runs of one name can still be told apart by their ids; people are told so before there are two. */
import type { Store } from '@rashomon/kernel';
import type { Session } from './session.ts';

export async function warnOfNamesake({ output }: Session, store: Store, name: string | undefined): Promise<void> {
  if (name === undefined) return;
  const namesake = (await store.runs.list()).find(({ header }) => header.name === name);
  if (namesake !== undefined) output.warn(`run ${namesake.header.id} is called ${name} too: name the two by their ids`);
}
