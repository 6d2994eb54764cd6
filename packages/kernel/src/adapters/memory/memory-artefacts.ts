/** Artefacts in memory, each a copy that nobody else holds. */
import type { Artefacts } from '../../ports/artefacts.ts';
import { checkArtefact } from '../store-refusals.ts';

export class MemoryArtefacts implements Artefacts {
  readonly #bytes = new Map<string, Uint8Array>();

  async put(digest: string, bytes: Uint8Array): Promise<void> {
    checkArtefact(digest, bytes);
    if (!this.#bytes.has(digest)) this.#bytes.set(digest, Uint8Array.from(bytes));
  }

  async get(digest: string): Promise<Uint8Array | undefined> {
    return this.#bytes.get(digest);
  }
}
