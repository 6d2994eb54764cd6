/**
 * What every store must do, as cases that any test runner can run: `for (const { name, run } of
 * storeContract('mine', harness)) test(name, run)`. They rely on the port alone. Cases that need
 * another handle on the same data (another process, a later start) get it from `reopen`.
 */
import { eventCases } from './store-contract-events.ts';
import { followingCases } from './store-contract-following.ts';
import { runCases } from './store-contract-runs.ts';
import { sideCases } from './store-contract-sides.ts';
import type { ContractCase, ContractCases, StoreHarness } from './store-harness.ts';

/** The contract over the stores of a harness; each case opens its own and disposes of it. */
export function storeContract(name: string, harness: StoreHarness): readonly ContractCase[] {
  const cases: ContractCases = { ...runCases, ...eventCases, ...followingCases, ...sideCases };
  return Object.entries(cases).map(([promise, attempt]) => ({
    name: `${name}: ${promise}`,
    async run() {
      const under = await harness.open();
      try {
        await attempt(under);
      } finally {
        await under.dispose();
      }
    },
  }));
}
