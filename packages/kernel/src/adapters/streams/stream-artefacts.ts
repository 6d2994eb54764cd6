/**
 * Artefacts over streams: one stream under each digest, its bytes in chunks. Whoever finds a stream begun by another
 * goes on with it: the chunks can only be the same.
 */
import { BLOCK_BYTES_MAX } from '../../encoding/block.ts';
import { sha256 } from '../../encoding/sha256.ts';
import type { Artefacts } from '../../ports/artefacts.ts';
import { StoreError } from '../../ports/store-error.ts';
import { checkArtefact } from '../store-refusals.ts';
import { type Streams, untilUncontested } from './streams.ts';

export class StreamArtefacts implements Artefacts {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  async put(digest: string, bytes: Uint8Array): Promise<void> {
    checkArtefact(digest, bytes);
    const copy = Uint8Array.from(bytes);
    const chunks = Math.max(1, Math.ceil(copy.length / BLOCK_BYTES_MAX));
    await untilUncontested(async () => {
      for (let at = (await this.#streams.read(streamOf(digest), 0)).length; at < chunks; at++) {
        const data = copy.subarray(at * BLOCK_BYTES_MAX, (at + 1) * BLOCK_BYTES_MAX);
        await this.#streams.append(streamOf(digest), at, [{ metadata: JSON.stringify({ chunks }), data }]);
      }
    });
  }

  async get(digest: string): Promise<Uint8Array | undefined> {
    const records = await this.#streams.read(streamOf(digest), 0);
    const [first] = records;
    if (first === undefined) return undefined;
    // Its writer died before all of it was there: it was never promised to anybody.
    if (records.length < (JSON.parse(first.metadata) as { readonly chunks: number }).chunks) return undefined;
    const bytes = Uint8Array.from(Buffer.concat(records.map(({ data }) => data)));
    if (sha256(bytes) === digest) return bytes;
    throw new StoreError('STORE_CORRUPT', `artefact ${digest} is damaged; expected bytes with this SHA-256`);
  }
}

function streamOf(digest: string): string {
  return `artefact-${digest}`;
}
