/** The kernel's test kit: the contract every store must pass, and arbitraries of events and batches. */
export { memoryStreams } from '../adapters/streams/memory-streams.ts';
export { streamStore } from '../adapters/streams/stream-store.ts';
export { StreamConflict, type StreamRecord, type Streams } from '../adapters/streams/streams.ts';
export { storeContract } from './store-contract.ts';
export { arbitraryBatches } from './store-events.ts';
export type { ContractCase, StoreHarness, StoreUnderTest } from './store-harness.ts';
export { arbitraryValue } from './store-values.ts';
