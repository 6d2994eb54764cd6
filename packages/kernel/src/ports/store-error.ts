/** What a store says when it cannot do what was asked. */

export type StoreErrorCode =
  'RUN_EXISTS' | 'RUN_NOT_FOUND' | 'RUN_BUSY' | 'WRONG_REVISION' | 'STORE_FULL' | 'STORE_CORRUPT' | 'STORE_UNREACHABLE';

/** A store could not do what was asked. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
