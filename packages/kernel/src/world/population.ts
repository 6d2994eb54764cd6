/** The agents a run starts with, as their AgentJoined events will carry them. */
import { ByteWriter } from '../encoding/bytes.ts';
import { RunningHash } from '../encoding/sha256.ts';
import { eventCatalogue, type EventData } from '../events/catalogue.ts';

export interface NewAgent {
  /** Unique in the population: identity is the id, whatever the names. */
  readonly id: number;
  readonly joined: EventData<'AgentJoined'>;
}

/** In order of id. */
export type Population = readonly NewAgent[];

/** SHA-256 over the agents' ids and canonical bytes. */
export function populationDigest(population: Population): string {
  const hash = new RunningHash();
  const writer = new ByteWriter();
  for (const { id, joined } of population) {
    writer.clear();
    writer.uint(id);
    eventCatalogue.AgentJoined.data.write(writer, joined);
    hash.update(writer.view());
  }
  return hash.value();
}
