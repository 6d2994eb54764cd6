/**
 * Ports that answer from what a run has on record and never go outside: for looking at a run, not for going on with it.
 */
import { noUse, type Ports, RunLog, type Store } from '@rashomon/kernel';
import { originOf } from '../conditions/origin-of.ts';
import type { Registry } from '../registry/definitions.ts';
import { logRecord } from '../run/answer-record.ts';
import { portsOf } from '../run/ports.ts';

/** @throws StoreError RUN_NOT_FOUND */
export async function recordPorts(store: Store, run: string, registry?: Registry): Promise<Ports> {
  return portsOfRecord(await RunLog.open(store, run), registry);
}

export async function portsOfRecord(log: RunLog, registry?: Registry): Promise<Ports> {
  return portsOf({ record: logRecord(log), use: noUse() }, { origin: await originOf(log), registry });
}
