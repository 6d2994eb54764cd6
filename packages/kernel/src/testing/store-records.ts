/** Headers, progress and answers for tests of stores, and short ways to write and read through one. */
import { appendBatch } from '../log/log-writer.ts';
import { eventAt, type EncodedBlock, openBlock } from '../encoding/block.ts';
import { type EventBatch, encodeBatch } from '../events/batch.ts';
import { eventCatalogue, type LogEvent } from '../events/catalogue.ts';
import { reasoned } from '../events/grounds.ts';
import type { StoredAnswer } from '../ports/answers.ts';
import type { BlockSelection } from '../ports/event-log.ts';
import type { RunHeader, RunProgress } from '../ports/run-registry.ts';
import type { Store } from '../ports/store.ts';

export function sampleHeader(id: string, changes: Partial<RunHeader> = {}): RunHeader {
  return {
    id,
    name: `run ${id}`,
    parent: null,
    root: id,
    forkRound: null,
    sharedEvents: 0,
    interventions: [],
    plannedRounds: 20,
    seed: 4_294_967_295,
    agents: 40,
    recommender: 'popularity',
    mind: 'choice',
    engine: { version: '1', node: '20.19.0', v8: '11.3', behaviour: [1, 2] },
    createdAt: '2030-01-01T00:00:00.000Z',
    ...changes,
  };
}

export function sampleProgress(events: number, changes: Partial<RunProgress> = {}): RunProgress {
  return {
    events,
    rounds: -1,
    digest: `digest after ${events}`,
    status: 'running',
    metrics: { watches: events / 3 },
    ...changes,
  };
}

export function sampleAnswer(changes: Partial<StoredAnswer> = {}): StoredAnswer {
  return {
    round: 3,
    agent: 7,
    step: 1,
    attempt: 0,
    request: 'ab'.repeat(32),
    answer: 'I would watch <film>.',
    tokensIn: 120,
    tokensOut: 9,
    price: 31,
    ...changes,
  };
}

/** One batch of `count` small events, all of one round, agents in turn: for tests that need bulk. */
export function plainBatch(first: number, count: number, round = 0): EventBatch {
  const events: LogEvent[] = [];
  for (let i = 0; i < count; i++) {
    const data = { film: (first + i) % 5000, rank: 1 + (i % 10), until: first + i, grounds: reasoned('') };
    events.push({
      position: first + i,
      round,
      agent: Math.floor((i * 40) / count),
      type: 'FilmWatched',
      version: eventCatalogue.FilmWatched.version,
      data,
      causes: [],
    });
  }
  return encodeBatch(first, events);
}

/** The size of the batch that tests append at a revision: a writer and its checker agree on it without talking. */
export function batchSizeAt(revision: number): number {
  return 1 + ((revision * 7919 + 104_729) % 2300);
}

/** Creates a run and appends the batches one after the other. */
export async function storeRun(store: Store, header: RunHeader, batches: readonly EventBatch[]): Promise<void> {
  await store.runs.create(header, sampleProgress(header.sharedEvents));
  for (const batch of batches) await appendNext(store, header.id, batch);
}

export async function appendNext(store: Store, id: string, batch: EventBatch): Promise<void> {
  await appendBatch(store.log, id, batch, sampleProgress(batch.first + batch.events.length));
}

export async function blocksOf(store: Store, id: string, selection?: BlockSelection): Promise<EncodedBlock[]> {
  const blocks: EncodedBlock[] = [];
  for await (const block of store.log.blocks(id, selection)) blocks.push(block);
  return blocks;
}

export function eventsIn(blocks: readonly EncodedBlock[]): LogEvent[] {
  return blocks.flatMap((block) => {
    const open = openBlock(block);
    return Array.from({ length: open.count }, (_, index) => eventAt(open, index));
  });
}

export async function eventsOf(store: Store, id: string, selection?: BlockSelection): Promise<LogEvent[]> {
  return eventsIn(await blocksOf(store, id, selection));
}
