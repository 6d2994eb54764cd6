/** What the store contract is run against, and what a case of it is. */
import type { Store } from '../ports/store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** A further handle onto the same data, as another process would open it; closed by who asked for it. */
  readonly reopen: () => Promise<Store>;
  /** Closes the store and removes everything. */
  readonly dispose: () => Promise<void>;
}

export interface StoreHarness {
  /** A store without any run. */
  readonly open: () => Promise<StoreUnderTest>;
}

export interface ContractCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** What is promised, and how it is tried on a fresh store. */
export type ContractCases = { readonly [promise: string]: (under: StoreUnderTest) => Promise<void> };
