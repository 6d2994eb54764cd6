/** Opening the store that a `--store` names. */
import { memoryStore, openSqliteStore, type Store } from '@rashomon/kernel';

/** No adapter for such a store is in this build. */
export class UnknownStore extends Error {
  override readonly name = 'UnknownStore';
  readonly code = 'UNKNOWN_STORE';
}

/**
 * @param location `memory:`, or the path of a SQLite file
 * @param options create: whether a missing file is made (default) or refused; readonly: to look only, which needs no
 *   right to write and leaves the file as it is
 * @throws UnknownStore for another scheme; StoreError when the file is none of ours or cannot be reached
 */
export function openStore(
  location: string,
  options: { readonly create?: boolean; readonly readonly?: boolean } = {},
): Store {
  if (location === 'memory:') return memoryStore();
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//.exec(location)?.[1];
  if (scheme !== undefined)
    throw new UnknownStore(
      `store "${location}": expected memory: or the path of a file; there is no adapter for ${scheme}://`,
    );
  return openSqliteStore(location, options);
}
