/**
 * How fast a log is written and read: durable appends in batches the size of a round, and reading
 * back with every check and every event decoded. Figures in events a second, larger is better.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EventBatch, encodeBatch, eventAt, type LogEvent, memoryStore, openBlock, openSqliteStore, packBlocks, reasoned,
  type RunHeader, type RunProgress, type Store,
} from '@rashomon/kernel';

/** A round of a thousand agents, and how many of them. */
const BATCH = 6000;
const BATCHES = 50;

/** Events a second by name of what was done. */
export async function storeFigures(): Promise<Record<string, number>> {
  const batches = Array.from({ length: BATCHES }, (_, round) => batchOf(round));
  const directory = mkdtempSync(join(tmpdir(), 'rashomon-bench-'));
  try {
    const figures: Record<string, number> = {
      'pack and hash blocks': await rate(() => {
        for (const batch of batches) packBlocks(batch);
      }),
      'canonical bytes of an event': (batches.at(-1)?.bytes.length ?? 0) / BATCH,
    };
    await measure('memory', memoryStore(), batches, figures);
    await measure('sqlite', openSqliteStore(join(directory, 'bench.rashomon')), batches, figures);
    return figures;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function measure(name: string, store: Store, batches: readonly EventBatch[], figures: Record<string, number>): Promise<void> {
  await store.create(header, progressAt(0));
  figures[`${name}: append, durable where it can be`] = await rate(async () => {
    for (const batch of batches) await store.append(header.id, batch.first, batch, progressAt(batch.first + BATCH));
  });
  figures[`${name}: read and check blocks`] = await bestRate(() => readAll(store, false));
  figures[`${name}: read, check and decode`] = await bestRate(() => readAll(store, true));
  await store.close();
}

async function readAll(store: Store, decode: boolean): Promise<void> {
  for await (const block of store.blocks(header.id)) {
    const open = openBlock(block);
    if (decode) for (let i = 0; i < open.count; i++) eventAt(open, i);
  }
}

/** The best of three: the first also compiles. */
async function bestRate(action: () => Promise<void>): Promise<number> {
  return Math.max(await rate(action), await rate(action), await rate(action));
}

async function rate(action: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return Math.round((BATCH * BATCHES * 1000) / (performance.now() - start));
}

/** Visits as a choice model leaves them: a slate, a film watched of four that were weighed, its rating. */
function batchOf(round: number): EventBatch {
  const first = round * BATCH;
  return encodeBatch(first, Array.from({ length: BATCH }, (_, index) => eventOf(first + index, round, Math.floor(index / 6))));
}

function eventOf(position: number, round: number, agent: number): LogEvent {
  const films = Array.from({ length: 10 }, (_, i) => (position * 7 + i * 131) % 1700);
  const place = { position, round, agent, version: 1 };
  if (position % 3 === 0) {
    const scores = films.map((film) => Math.fround(film / 1700));
    return { ...place, type: 'SlateServed', data: { page: 1, model: 3, films, scores, sweep: 0 }, causes: [] };
  }
  const causes = [{ role: 'shown-in' as const, position: position - (position % 3) }];
  const film = films[0] as number;
  if (position % 3 === 1) {
    const luck = films.slice(0, 4).map((id) => (id - 500) / 1000);
    const grounds = { ...reasoned(''), options: films.slice(0, 4), taste: luck, popularity: luck, luck };
    return { ...place, type: 'FilmWatched', data: { film, rank: 1, until: 1000 + position, grounds }, causes };
  }
  const data = { film, rating: 4, feeling: 'I liked it: warm and funny', satisfaction: 0.5, fatigue: 0.1, taste: { genres: [1, 3], values: [0.25, -0.125] }, grounds: reasoned('') };
  return { ...place, type: 'FilmRated', data, causes };
}

const header: RunHeader = {
  id: 'bench', name: null, parent: null, root: 'bench', forkRound: null, sharedEvents: 0, interventions: [], plannedRounds: BATCHES,
  seed: 1, agents: 1000, recommender: 'none', mind: 'none', engine: { version: '0', node: '', v8: '', behaviour: [] }, createdAt: '',
};

function progressAt(events: number): RunProgress {
  return { events, rounds: -1, digest: '', status: 'running', metrics: {} };
}
