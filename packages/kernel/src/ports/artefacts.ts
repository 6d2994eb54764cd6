/**
 * Artefacts: bytes kept under their SHA-256, shared by all runs of a store. Film catalogues and trained models.
 *
 * Guaranteed: what was put is durable when `put` resolves; what is got has the digest that was asked for. Needs no
 * order and no revision: the same bytes put twice, also by two processes at once, are one artefact.
 */
export interface Artefacts {
  /** @throws RangeError when the bytes have another digest; StoreError STORE_FULL */
  put(digest: string, bytes: Uint8Array): Promise<void>;

  /** Undefined for what was never put. @throws StoreError STORE_CORRUPT for what is no longer what was put */
  get(digest: string): Promise<Uint8Array | undefined>;
}
