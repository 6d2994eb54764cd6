/** The kernel's test kit: the contract every store must pass, and arbitraries of events and batches. */
export { storeContract } from './store-contract.ts';
export { arbitraryBatches } from './store-events.ts';
export type { ContractCase, StoreHarness, StoreUnderTest } from './store-harness.ts';
export { arbitraryValue } from './store-values.ts';
