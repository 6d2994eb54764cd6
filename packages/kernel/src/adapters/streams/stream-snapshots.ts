/** Snapshots over streams: a stream for each run notes what was taken and dropped; the bytes are artefacts. */
import { sha256 } from '../../encoding/sha256.ts';
import type { Artefacts } from '../../ports/artefacts.ts';
import type { Snapshot, Snapshots } from '../../ports/snapshots.ts';
import type { StreamRuns } from './stream-runs.ts';
import { noteOf, type Streams, untilUncontested } from './streams.ts';

type SnapshotNote =
  | { readonly kind: 'taken'; readonly projection: string; readonly round: number; readonly digest: string }
  | { readonly kind: 'dropped' };

export class StreamSnapshots implements Snapshots {
  readonly #streams: Streams;
  readonly #runs: StreamRuns;
  readonly #artefacts: Artefacts;

  constructor(streams: Streams, runs: StreamRuns, artefacts: Artefacts) {
    this.#streams = streams;
    this.#runs = runs;
    this.#artefacts = artefacts;
  }

  async put(id: string, projection: string, round: number, bytes: Uint8Array): Promise<void> {
    const digest = sha256(bytes);
    await this.#artefacts.put(digest, bytes);
    await this.#note(id, { kind: 'taken', projection, round, digest });
  }

  async latest(id: string, projection: string, atMostRound: number): Promise<Snapshot | undefined> {
    await this.#runs.get(id);
    let latest: { readonly round: number; readonly digest: string } | undefined;
    for (const note of await this.#notes(id)) {
      if (note.kind === 'dropped') latest = undefined;
      else if (note.projection === projection && note.round <= atMostRound && note.round >= (latest?.round ?? 0))
        latest = note;
    }
    const bytes = latest && (await this.#artefacts.get(latest.digest));
    return latest && bytes && { round: latest.round, bytes };
  }

  async drop(id: string): Promise<void> {
    await this.#note(id, { kind: 'dropped' });
  }

  async #note(id: string, note: SnapshotNote): Promise<void> {
    await this.#runs.get(id);
    await untilUncontested(async () => {
      const { length } = await this.#notes(id);
      await this.#streams.append(streamOf(id), length, [noteOf(note)]);
    });
  }

  async #notes(id: string): Promise<SnapshotNote[]> {
    const records = await this.#streams.read(streamOf(id), 0);
    return records.map(({ metadata }) => JSON.parse(metadata) as SnapshotNote);
  }
}

function streamOf(run: string): string {
  return `snapshots-${run}`;
}
