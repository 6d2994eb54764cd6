/**
 * How fast a log is written and read: durable appends in batches the size of a round, and reading
 * back with every check and every event decoded. In events a second of wall time.
 */
import { join } from 'node:path';
import {
  appendBatch,
  type EventBatch,
  encodeBatch,
  eventAt,
  type LogEvent,
  openBlock,
  openSqliteStore,
  packBlocks,
  reasoned,
  type Term,
  type RunHeader,
  type RunProgress,
  type Store,
} from '@rashomon/kernel';
import { withScratch } from '../places.ts';
import { type Sample, spentBy } from '../sample.ts';

/** A round of a thousand agents, and how many of them. */
const BATCH = 6000;
const BATCHES = 100;
const EVENTS = BATCH * BATCHES;

/** Pages shown, and options weighed: with these numbers an event has about 150 canonical bytes. */
const FILMS = 24;
const OPTIONS = 11;

export function measureAppend(): Promise<Sample> {
  const batches = Array.from({ length: BATCHES }, (_, round) => batchOf(round));
  const bytesPerEvent = batches.reduce((sum, { bytes }) => sum + bytes.length, 0) / EVENTS;
  return withScratch(async (folder) => {
    const store = openSqliteStore(join(folder, 'append.db'));
    await store.runs.create(header, progressAt(0));
    const append = await rate(async () => {
      for (const batch of batches) await appendBatch(store.log, header.id, batch, progressAt(batch.first + BATCH));
    });
    const read = await rate(() => readAll(store, false));
    const decode = await rate(() => readAll(store, true));
    await store.close();
    const pack = await rate(() => batches.map((batch) => packBlocks(batch)));
    return { bytesPerEvent, append, read, decode, pack };
  });
}

async function readAll(store: Store, decode: boolean): Promise<void> {
  let count = 0;
  for await (const encoded of store.log.blocks(header.id)) {
    const block = openBlock(encoded);
    count += block.count;
    if (decode) for (let i = 0; i < block.count; i++) eventAt(block, i);
  }
  if (count !== EVENTS) throw new RangeError(`read ${count} events back, expected ${EVENTS}`);
}

async function rate(action: () => unknown): Promise<number> {
  return EVENTS / (await spentBy(action)).wall;
}

/** Visits as a choice model leaves them: a page, a film watched of those that were weighed, its rating. */
function batchOf(round: number): EventBatch {
  const first = round * BATCH;
  return encodeBatch(
    first,
    Array.from({ length: BATCH }, (_, index) => eventOf(first + index, round, Math.floor(index / 6))),
  );
}

function eventOf(position: number, round: number, agent: number): LogEvent {
  const films = Array.from({ length: FILMS }, (_, i) => (position * 7 + i * 131) % 1700);
  const place = { position, round, agent };
  if (position % 3 === 0) {
    const scores = films.map((film) => Math.fround(film / 1700));
    return {
      ...place,
      version: 1,
      type: 'SlateServed',
      data: { page: 1, model: 3, films, scores, sweep: 0 },
      causes: [],
    };
  }
  const causes = [{ role: 'shown-in' as const, position: position - (position % 3) }];
  const film = films[0] as number;
  const options = films.slice(0, OPTIONS);
  const term = (name: string, n: number): Term => ({
    name,
    values: options.map((id) => (((id * n) % 3000) - 1000) / 1000),
  });
  if (position % 3 === 1) {
    const grounds = {
      ...reasoned(''),
      options,
      terms: [
        term('taste', 1),
        term('popularity', 3),
        term('novelty', 5),
        term('rank', 7),
        term('fatigue', 11),
        term('luck', 13),
      ],
    };
    return {
      ...place,
      version: 2,
      type: 'FilmWatched',
      data: { film, rank: 1, until: 1000 + position, grounds },
      causes,
    };
  }
  const feeling = 'I liked it: warm and funny, with a good ending that I did not see coming at all';
  const taste = { genres: [1, 3], values: [0.25, -0.125] };
  const data = { film, rating: 4, feeling, satisfaction: 0.5, fatigue: 0.1, taste, grounds: reasoned('') };
  return { ...place, version: 2, type: 'FilmRated', data, causes };
}

const header: RunHeader = {
  id: 'bench',
  name: null,
  parent: null,
  root: 'bench',
  forkRound: null,
  sharedEvents: 0,
  interventions: [],
  plannedRounds: BATCHES,
  seed: 1,
  agents: 1000,
  recommender: 'none',
  mind: 'none',
  engine: { version: '0', node: '', v8: '', behaviour: [] },
  createdAt: '',
};

function progressAt(events: number): RunProgress {
  return { events, rounds: -1, digest: '', status: 'running', metrics: {} };
}
