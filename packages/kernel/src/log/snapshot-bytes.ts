/**
 * Worlds as bytes for snapshots, in the log's own encoding. Agents are nearly all of a world and are
 * written field by field; the small rest is JSON.
 */
import { ByteReader, ByteWriter } from '../encoding/bytes.ts';
import type { Json } from '../encoding/canonical-json.ts';
import { flag, int, json, list, milliNumber, oneOf, record, text, uint } from '../encoding/field.ts';
import { contactField, personaField } from '../events/agent-events.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { Metrics } from '../state/metrics.ts';
import type { SystemState } from '../state/system.ts';
import { type World, worldVersion } from '../state/world.ts';

const agentField = record({
  id: uint,
  joinedAt: uint,
  persona: personaField,
  contacts: list(contactField),
  activity: milliNumber,
  taste: list(milliNumber),
  satisfaction: milliNumber,
  fatigue: milliNumber,
  shown: list(int),
  sweep: uint,
  watched: list(record({ film: uint, round: uint, rating: milliNumber, position: uint })),
  heard: list(record({ film: uint, from: uint, round: uint, liking: milliNumber, position: uint })),
  inbox: list(record({ from: uint, channel: oneOf('chat', 'post'), text, films: list(uint), position: uint })),
  inboxRound: uint,
  lastActive: uint,
  busyUntil: uint,
  left: flag,
});

const worldField = record({
  version: text,
  agents: list(agentField),
  interactions: record({
    agents: list(uint),
    films: list(uint),
    ratings: list(milliNumber),
    rounds: list(uint),
    positions: list(uint),
  }),
  system: json,
  metrics: json,
});

export function snapshotBytes({ agents, interactions, system, metrics }: World): Uint8Array {
  const writer = new ByteWriter(agents.size * 512 + 4096);
  // Sound: configurations, counts and films are JSON values all through.
  const [plainSystem, plainMetrics] = [system, metrics] as unknown as readonly [Json, Json];
  worldField.write(writer, {
    version: worldVersion(),
    agents: [...agents.values()],
    interactions,
    system: plainSystem,
    metrics: plainMetrics,
  });
  return writer.view();
}

/** Undefined for a snapshot by other handlers, or one that cannot be read: it is a cache. */
export function readSnapshot(bytes: Uint8Array): World | undefined {
  try {
    const reader = new ByteReader(bytes);
    if (text.read(reader) !== worldVersion()) return undefined;
    reader.seek(0, bytes.length);
    const { agents, interactions, system, metrics } = worldField.read(reader);
    const byId = new Map(agents.map((agent): [number, AgentState] => [agent.id, agent]));
    // Sound: written from a world of the same version.
    return {
      agents: byId,
      interactions,
      system: system as unknown as SystemState,
      metrics: metrics as unknown as Metrics,
    };
  } catch {
    return undefined;
  }
}
