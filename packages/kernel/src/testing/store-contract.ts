/**
 * What every store must do, as cases that any test runner can run: `for (const { name, run } of
 * storeContract(harness)) test(name, run)`. They rely on the port alone. Cases that need another
 * handle on the same data (another process, a later start) get it from `reopen`.
 */
import type { Store } from '../ports/store.ts';
import { eventCases } from './store-contract-events.ts';
import { followingCases } from './store-contract-following.ts';
import { runCases } from './store-contract-runs.ts';
import { sideCases } from './store-contract-sides.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** A further handle onto the same data, as another process would open it; the caller closes it. */
  reopen(): Promise<Store>;
  /** Closes and removes everything. */
  dispose(): Promise<void>;
}

export interface StoreHarness {
  /** A store without any run. */
  open(): Promise<StoreUnderTest>;
}

export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** A case's name and what it does with a fresh store. */
export type ContractCases = { readonly [name: string]: (under: StoreUnderTest) => Promise<void> };

/** The contract over the stores of a harness; each case opens its own and disposes of it. */
export function storeContract(name: string, harness: StoreHarness): readonly ContractCase[] {
  const cases: ContractCases = { ...runCases, ...eventCases, ...followingCases, ...sideCases };
  return Object.entries(cases).map(([what, check]) => ({
    name: `${name}: ${what}`,
    async run() {
      const under = await harness.open();
      try {
        await check(under);
      } finally {
        await under.dispose();
      }
    },
  }));
}
