/**
 * Worlds as bytes for snapshots: the engine's own serialisation, the quickest there is. Its form may
 * change with the engine, which a cache can bear: what cannot be read counts as not there.
 */
import { deserialize, serialize } from 'node:v8';
import { type World, worldVersion } from '../state/world.ts';

interface Snapshot {
  readonly version: string;
  readonly world: World;
}

export function snapshotBytes(world: World): Uint8Array {
  const snapshot: Snapshot = { version: worldVersion(), world };
  return serialize(snapshot);
}

/** Undefined for a snapshot by other handlers or another engine. */
export function readSnapshot(bytes: Uint8Array): World | undefined {
  try {
    const { version, world } = deserialize(bytes) as Snapshot;
    return version === worldVersion() ? world : undefined;
  } catch {
    return undefined;
  }
}
