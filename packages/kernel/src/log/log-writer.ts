/** The way of events into a store: packed into blocks here, once for all stores. */
import { packBlocks } from '../encoding/block.ts';
import type { EventBatch } from '../events/batch.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { RunProgress } from '../ports/run-registry.ts';

/**
 * Appends a batch with the progress that goes with it, both or neither, at the revision where the batch begins.
 * A batch without events appends nothing.
 * @throws StoreError WRONG_REVISION, STORE_FULL, RUN_NOT_FOUND
 */
export async function appendBatch(
  log: Pick<EventLog, 'append'>,
  run: string,
  batch: EventBatch,
  progress: RunProgress,
): Promise<void> {
  if (batch.events.length > 0) await log.append(run, batch.first, packBlocks(batch), progress);
}
