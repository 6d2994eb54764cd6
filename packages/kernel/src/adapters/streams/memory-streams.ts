/** Streams in memory, as narrow as those of a server: records of limited size, and few of them at once if so wished. */
import { BLOCK_BYTES_MAX } from '../../encoding/block.ts';
import { StreamConflict, type StreamRecord, type Streams } from './streams.ts';

/** The oldest event stores take 1 MiB at once, metadata included. */
const RECORD_BYTES_MAX = 2 * BLOCK_BYTES_MAX;

/** @param recordsPerAppend the most records that are written at once, and so are atomic together */
export function memoryStreams(recordsPerAppend = Infinity): Streams {
  const streams = new Map<string, StreamRecord[]>();
  return {
    recordsPerAppend,
    async append(stream, expectedCount, records) {
      const kept = streams.get(stream) ?? [];
      if (kept.length !== expectedCount) throw new StreamConflict(stream, expectedCount, kept.length);
      if (records.length > recordsPerAppend)
        throw new RangeError(`${records.length} records at once, expected at most ${recordsPerAppend}`);
      for (const { metadata, data } of records) {
        const size = metadata.length + data.length;
        if (size > RECORD_BYTES_MAX) throw new RangeError(`${size} bytes, expected at most ${RECORD_BYTES_MAX}`);
      }
      streams.set(stream, kept);
      kept.push(...records.map(({ metadata, data }) => ({ metadata, data: Uint8Array.from(data) })));
    },
    async read(stream, from, count = Infinity) {
      return (streams.get(stream) ?? []).slice(from, from + count);
    },
  };
}
