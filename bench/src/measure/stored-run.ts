/** A run that another process has made and left in a store file. */
import { type Store } from '@rashomon/kernel';
import { findRun, openStore } from '@rashomon/replay';

export interface StoredRun {
  /** Path of the store file. */
  readonly store: string;
  readonly name: string;
}

export interface OpenRun {
  readonly store: Store;
  readonly id: string;
}

export async function openRun({ store: path, name }: StoredRun): Promise<OpenRun> {
  const store = openStore(path, { create: false });
  return { store, id: (await findRun(store, name)).header.id };
}
