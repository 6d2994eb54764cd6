/** The conditions of a stored run as they stand at its end, interventions included, and those of two runs compared. */
import { foldInPlace, type Json, type RunConfig, RunLog, type Store, systemProjection } from '@rashomon/kernel';
import { flatKeys, spelledKey } from '../config/keys.ts';
import type { Registry } from '../registry/definitions.ts';
import { conditionsOf } from './conditions-of.ts';
import { originOf } from './origin-of.ts';

/** Nothing of the run is on record yet: it was stopped before its first event. */
export class NoConditions extends Error {
  override readonly name = 'NoConditions';
  readonly code = 'NO_CONDITIONS';
}

/** @throws StoreError RUN_NOT_FOUND; NoConditions; PartMissing; UnsoundConditions */
export async function storedConditions(store: Store, run: string, registry?: Registry): Promise<RunConfig> {
  const log = await RunLog.open(store, run);
  if (log.length === 0) throw new NoConditions(`run ${run} was stopped before its first event: nothing is on record`);
  const changes = await log.collect({ types: ['InterventionApplied'] });
  const { config } = foldInPlace(systemProjection, systemProjection.initial(), [await log.event(0), ...changes]);
  return conditionsOf(config, await originOf(log), registry);
}

export interface ConditionDifference {
  readonly key: string;
  /** Null where that run has no such key. */
  readonly a: Json;
  readonly b: Json;
}

/** Keys with other values, as they are spelled in settings. */
export function differencesOf(a: RunConfig, b: RunConfig): readonly ConditionDifference[] {
  const [ofA, ofB] = [flat(a), flat(b)];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((key) => {
    const [left, right] = [ofA.get(key) ?? null, ofB.get(key) ?? null];
    return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ key, a: left, b: right }];
  });
}

function flat(conditions: RunConfig): ReadonlyMap<string, Json> {
  return new Map(flatKeys<Json>(conditions).map(({ key, value }) => [spelledKey(key), value]));
}
