/** Following a run while it is written, and the states that are folded from it as it goes. */
import { appendBatch } from '../src/log/log-writer.ts';
import { describe, expect, test } from '@jest/globals';
import { applyPatches } from 'immer';
import { firstValueFrom, type Observable, take, toArray } from 'rxjs';
import { memoryStore } from '../src/adapters/memory/memory-store.ts';
import { encodeBatch } from '../src/events/batch.ts';
import { type EventData, eventCatalogue, type EventType, type LogEvent } from '../src/events/catalogue.ts';
import { reasoned } from '../src/events/grounds.ts';
import { liveEvents, liveProjection } from '../src/live/live.ts';
import type { Store } from '../src/ports/store.ts';
import { agentsProjection } from '../src/state/agents.ts';
import { interactionsProjection } from '../src/state/interactions.ts';
import { metricsProjection } from '../src/state/metrics.ts';
import { foldInPlace, foldStep, foldStepWithPatches, type Projection } from '../src/state/projection.ts';
import { systemProjection } from '../src/state/system.ts';
import { sampleHeader, sampleProgress } from '../src/testing/store-records.ts';
import { type Film, FilmCatalogue } from '../src/world/film.ts';

const GENRES = ['comedy', 'drama'];
const films: readonly Film[] = Array.from({ length: 40 }, (_, id) => ({
  id,
  title: `Film ${id}`,
  year: 2000,
  genres: [GENRES[id % 2] as string],
  people: [],
  description: '',
  quality: 0,
}));
const projections = [
  agentsProjection,
  systemProjection,
  interactionsProjection,
  metricsProjection(new FilmCatalogue(films)),
] as unknown as readonly Projection<unknown>[];

/** A short legal log in which every handler of every projection has something to do. */
const story: readonly LogEvent[] = (() => {
  const events: LogEvent[] = [];
  const grounds = reasoned('story');
  const moved = { genres: [1], values: [0.5] };
  function add<T extends EventType>(round: number, agent: number | null, type: T, data: EventData<T>): void {
    // Sound: the data belongs to the type.
    events.push({
      position: events.length,
      round,
      agent,
      type,
      version: eventCatalogue[type].version,
      data,
      causes: [],
    } as unknown as LogEvent);
  }
  const config = {
    seed: 1,
    agents: 3,
    rounds: 3,
    slate: { size: 2, random: 0 },
    recommender: { name: 'popular', trainEvery: 1 },
    mind: { name: 'choice' },
  };
  add(0, null, 'RunStarted', {
    config,
    seed: 1,
    engine: '0',
    behaviour: [],
    catalogue: '',
    films: 40,
    genres: GENRES,
    population: '',
    agents: 3,
    edition: 2,
  });
  for (const id of [0, 1, 2]) {
    const features = { watcher: true, explorer: false, critic: false, chatter: true, poster: false };
    const persona = {
      name: `Agent ${id}`,
      gender: '',
      age: 30,
      traits: ['calm'],
      status: '',
      interests: ['drama'],
      features,
    };
    const contacts = [0, 1, 2]
      .filter((other) => other !== id)
      .map((agent) => ({ agent, relation: 'friend', closeness: 0.5 }));
    add(0, id, 'AgentJoined', {
      persona,
      activity: 1,
      taste: [0.1, 0.2],
      contacts,
      history: { films: [30 + id], ratings: [4] },
    });
  }
  add(0, null, 'RoundClosed', { digest: '', active: 0 });
  for (const round of [1, 2, 3]) {
    add(round, null, 'RoundOpened', { clock: 480 + round * 300 });
    if (round === 2) {
      add(round, null, 'InterventionApplied', { key: 'slate.size', value: 3 });
      add(round, 1, 'InterventionApplied', { key: 'agent.1.persona.interests', value: ['comedy', 'horror'] });
      add(round, 1, 'InterventionApplied', {
        key: 'agent.1.contacts',
        value: [{ agent: 0, relation: 'friend', closeness: 1 }],
      });
      add(round, null, 'InterventionApplied', {
        key: 'message.inject',
        value: { from: 0, to: [1, 2], channel: 'post', text: 'See it', films: [3], liking: [1] },
      });
      const said = events.find(({ type }) => type === 'MessageSent');
      add(round, null, 'InterventionApplied', {
        key: 'message.suppress',
        value: { position: said?.position ?? 0, to: [1] },
      });
      add(round, null, 'InterventionApplied', { key: 'item.remove', value: 39 });
      add(round, null, 'InterventionApplied', { key: 'recommender', value: 'random' });
    }
    add(round, null, 'RecommenderTrained', {
      model: round,
      recommender: 'popular',
      parameters: {},
      digest: `model ${round}`,
      interactions: round,
    });
    add(round, 0, 'PlaceChosen', { place: 'recommender', fatigue: 0, taste: moved, grounds });
    add(round, 0, 'SlateServed', {
      page: 0,
      model: round,
      films: [round, round + 10],
      scores: [2, 1],
      sweep: round === 3 ? 1 : 0,
    });
    add(round, 0, 'PageTurned', { page: 1, fatigue: 0.25, grounds });
    add(round, 0, 'SlateServed', {
      page: 1,
      model: round,
      films: [round + 5, round + 15],
      scores: [2, 1],
      sweep: round === 3 ? 1 : 0,
    });
    add(round, 0, 'FilmWatched', { film: round + 5, rank: 1, until: 600, grounds });
    add(round, 0, 'FilmRated', {
      film: round + 5,
      rating: 4,
      feeling: 'Fine.',
      satisfaction: 0.75,
      fatigue: 0.5,
      taste: moved,
      grounds,
    });
    add(round, 0, 'VisitLeft', { reason: 'tired', satisfaction: 0.75, fatigue: 0.5, grounds });
    add(round, 1, 'PlaceChosen', { place: 'social', fatigue: 0, taste: { genres: [], values: [] }, grounds });
    add(round, 1, 'ChatStarted', { partner: 0, until: 700, grounds });
    add(round, 1, 'MessageSent', {
      channel: 'chat',
      from: 1,
      to: [0],
      text: 'Hello',
      films: [round, 2],
      liking: [0.5, -0.5],
    });
    add(round, 1, 'MessageSent', { channel: 'chat', from: 0, to: [1], text: 'Hello to you', films: [], liking: [] });
    if (round === 3) add(round, 2, 'AgentLeft', { grounds });
    add(round, null, 'RoundClosed', { digest: '', active: 2 });
  }
  add(3, null, 'RunFinished', { rounds: 3 });
  return events;
})();

/** Appends the story's events up to `end` in batches of `size`. */
async function tell(store: Store, from: number, end: number, size = 7): Promise<void> {
  for (let first = from; first < end; first += size) {
    const batch = encodeBatch(first, story.slice(first, Math.min(end, first + size)));
    await appendBatch(store.log, 'a', batch, sampleProgress(first + batch.events.length));
    // Lets whoever follows read on in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function storeWith(end: number): Promise<Store> {
  const store = memoryStore();
  await store.runs.create(sampleHeader('a'), sampleProgress(0));
  await tell(store, 0, end);
  return store;
}

const listOf = <T>(source: Observable<T>): Promise<T[]> => firstValueFrom(source.pipe(toArray()));

/** Every state of a projection over the story, each folded on its own from the beginning. */
const statesOf = (projection: Projection<unknown>): unknown[] =>
  story.map((_, index) => foldInPlace(projection, projection.initial(), story.slice(0, index + 1)));

describe('live events', () => {
  test.each([0, 1, 20, story.length])(
    'history and what comes after it, in order and once each, with %i events there already',
    async (there) => {
      const store = await storeWith(there);
      const stop = new AbortController();
      const all = listOf((await liveEvents(store, 'a', 0, stop.signal)).pipe(take(story.length)));
      await tell(store, there, story.length, 5);
      expect(await all).toEqual(story);
      stop.abort();
    },
  );

  test('from any position on, one before or past the end of what is there', async () => {
    for (const from of [0, 3, 19, 20, 21, 30]) {
      const store = await storeWith(20);
      const stop = new AbortController();
      const rest = listOf((await liveEvents(store, 'a', from, stop.signal)).pipe(take(story.length - from)));
      await tell(store, 20, story.length, 4);
      expect(await rest).toEqual(story.slice(from));
      stop.abort();
    }
  });

  test('each subscriber reads the log for itself, whenever it comes', async () => {
    const store = await storeWith(20);
    const stop = new AbortController();
    const events = (await liveEvents(store, 'a', 0, stop.signal)).pipe(take(story.length));
    const [first, second] = [listOf(events), listOf(events)];
    await tell(store, 20, story.length);
    const late = listOf(events);
    for (const seen of [await first, await second, await late]) expect(seen).toEqual(story);
    stop.abort();
  });

  test('complete when the signal is given: while waiting, in the middle of history or before subscribing', async () => {
    const store = await storeWith(story.length);
    const waiting = new AbortController();
    const all = listOf(await liveEvents(store, 'a', 0, waiting.signal));
    await new Promise((resolve) => setTimeout(resolve, 20));
    waiting.abort();
    expect(await all).toEqual(story);

    const reading = new AbortController();
    const seen: LogEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      void liveEvents(store, 'a', 0, reading.signal).then((events) =>
        events.subscribe({
          next(event) {
            seen.push(event);
            if (seen.length === 3) reading.abort();
          },
          complete: resolve,
          error: reject,
        }),
      );
    });
    expect(seen).toEqual(story.slice(0, 3));

    const before = new AbortController();
    before.abort();
    expect(await listOf(await liveEvents(store, 'a', 0, before.signal))).toEqual([]);
  });

  test('a run that is not there is an error with its name', async () => {
    await expect(liveEvents(memoryStore(), 'nobody', 0, new AbortController().signal)).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });
});

describe('live projections', () => {
  test('L4 give the state after each event as folding in place does, and leave earlier ones as they were', async () => {
    for (const projection of projections) {
      const store = await storeWith(20);
      const stop = new AbortController();
      const states = liveProjection(
        projection,
        (await liveEvents(store, 'a', 0, stop.signal)).pipe(take(story.length)),
      );
      const emitted: { readonly state: unknown; readonly copy: unknown }[] = [];
      const done = new Promise<void>((resolve, reject) => {
        states.subscribe({
          next: (state) => emitted.push({ state, copy: structuredClone(state) }),
          complete: resolve,
          error: reject,
        });
      });
      await tell(store, 20, story.length);
      await done;
      expect(emitted.map(({ state }) => state)).toEqual(statesOf(projection));
      for (const { state, copy } of emitted) expect(state).toEqual(copy);
      stop.abort();
    }
  });

  test('go on from a given state', async () => {
    const store = await storeWith(story.length);
    const stop = new AbortController();
    for (const projection of projections) {
      const middle = foldInPlace(projection, projection.initial(), story.slice(0, 25));
      const copy = structuredClone(middle);
      const rest = (await liveEvents(store, 'a', 25, stop.signal)).pipe(take(story.length - 25));
      expect((await listOf(liveProjection(projection, rest, middle))).at(-1)).toEqual(statesOf(projection).at(-1));
      expect(middle).toEqual(copy);
    }
    stop.abort();
  });

  test('share what an event does not concern', () => {
    const placed = story.findIndex(({ type }) => type === 'PlaceChosen');
    const before = story
      .slice(0, placed)
      .reduce((state, event) => foldStep(agentsProjection, state, event), agentsProjection.initial());
    const watched = story.findIndex(({ type }) => type === 'FilmWatched');
    const after = story
      .slice(placed, watched + 1)
      .reduce((state, event) => foldStep(agentsProjection, state, event), before);
    expect(after).not.toBe(before);
    expect(after.get(1)).toBe(before.get(1));
    expect(after.get(0)?.persona).toBe(before.get(0)?.persona);
    // An event that no handler takes gives the same state.
    expect(foldStep(agentsProjection, after, story.find(({ type }) => type === 'RoundClosed') as LogEvent)).toBe(after);
  });
});

describe('patches', () => {
  test('L4 lead from each state to the next and back, one by one and all the way', () => {
    for (const projection of projections) {
      const expected = [projection.initial(), ...statesOf(projection)];
      const steps: {
        readonly there: Parameters<typeof applyPatches>[1];
        readonly back: Parameters<typeof applyPatches>[1];
      }[] = [];
      let state = projection.initial();
      story.forEach((event, index) => {
        const [next, there, back] = foldStepWithPatches(projection, state, event);
        expect(next).toEqual(expected[index + 1]);
        expect(applyPatches(state as object, there)).toEqual(expected[index + 1]);
        expect(applyPatches(next as object, back)).toEqual(expected[index]);
        steps.push({ there, back });
        state = next;
      });
      let travelled = state;
      for (let index = steps.length - 1; index >= 0; index--) {
        travelled = applyPatches(travelled as object, steps[index]?.back ?? []);
        expect(travelled).toEqual(expected[index]);
      }
      for (const [index, { there }] of steps.entries()) {
        travelled = applyPatches(travelled as object, there);
        expect(travelled).toEqual(expected[index + 1]);
      }
    }
  });

  test('an event that no handler takes has none', () => {
    const finished = story.at(-1) as LogEvent;
    const initial = systemProjection.initial();
    expect(foldStepWithPatches(systemProjection, initial, finished)).toEqual([initial, [], []]);
  });
});
