/** SHA-256, the one hash of the system: block hashes, the running digest, names of artefacts. */
import { createHash, type Hash } from 'node:crypto';

/** A hash that takes bytes bit by bit and can tell its value in between. */
export class RunningHash {
  readonly #hash: Hash;

  constructor(start?: string, hash: Hash = createHash('sha256')) {
    this.#hash = hash;
    if (start !== undefined) this.#hash.update(start);
  }

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  copy(): RunningHash {
    return new RunningHash(undefined, this.#hash.copy());
  }

  /** The SHA-256 of everything so far, in 64 lower-case hexadecimal digits. */
  value(): string {
    return this.#hash.copy().digest('hex');
  }
}

/** The SHA-256 of the parts in order, in 64 lower-case hexadecimal digits. */
export function sha256(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
