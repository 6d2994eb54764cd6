/**
 * Ports that answer from what a run has on record and never go outside: for looking at a run, not for going on with it.
 */
import { noUse, type Ports, RunLog, type Store } from '@rashomon/kernel';
import { logRecord } from '../run/answer-record.ts';
import { portsOf } from '../run/ports.ts';

/** @throws StoreError RUN_NOT_FOUND */
export async function recordPorts(store: Store, run: string): Promise<Ports> {
  return portsOf({ record: logRecord(await RunLog.open(store, run)), use: noUse() });
}
