/**
 * Slates in a run: explanations and their effect, re-ranking, exploration, filters, training from scratch; and that
 * such runs obey the laws.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type EventOf, type LogEvent, memoryStore, type Store } from '@rashomon/kernel';
import { branch, compareRuns, InvalidConfig, replay, why } from '@rashomon/replay';
import {
  causeFaults,
  eventsOf,
  messageFaults,
  ofType,
  resolveSettings,
  runOf,
  type Settings,
  slateFaults,
} from '@rashomon/replay/testing';
import { assert, asyncProperty, constantFrom, integer, record } from 'fast-check';

const BASE: Settings = { agents: 40, rounds: 6, seed: 3, 'slate.size': 6, 'social.degree': 5, recommender: 'item-knn' };

/** The events of a run of these settings, which obeys the laws. */
async function play(
  settings: Settings,
  store: Store = memoryStore(),
): Promise<{ readonly run: string; readonly events: readonly LogEvent[] }> {
  const { run } = await runOf(store, { ...BASE, ...settings });
  expect(await replay(store, run)).toMatchObject({ divergence: null, outsideCalls: 0 });
  const events = await eventsOf(store, run);
  expect([...causeFaults(events), ...slateFaults(events), ...messageFaults(events)]).toEqual([]);
  return { run, events };
}

describe('explanations', () => {
  const store = memoryStore();
  let run: string;
  let events: readonly LogEvent[];

  beforeAll(async () => {
    ({ run, events } = await play({ agents: 80, rounds: 8, explanations: 'on', 'slate.random': 1 }, store));
  });

  test('every slate is explained at once, a sentence for each film; without the key none is', async () => {
    const slates = ofType(events, 'SlateServed');
    expect(slates.length).toBeGreaterThan(50);
    for (const slate of slates) {
      const told = events[slate.position + 1];
      expect(told).toMatchObject({
        type: 'SlateExplained',
        agent: slate.agent,
        causes: [{ role: 'follows', position: slate.position }],
      });
      expect((told as EventOf<'SlateExplained'>).data.explanations).toHaveLength(slate.data.films.length);
    }
    expect(ofType((await play({})).events, 'SlateExplained')).toEqual([]);
  });

  test('they are true: who is said to have watched a film did, and the last film of each page was drawn', () => {
    const watched = new Map<number | null, Set<number>>();
    let named = 0;
    for (const event of events) {
      if (event.type === 'FilmWatched')
        watched.set(event.agent, (watched.get(event.agent) ?? new Set()).add(event.data.film));
      if (event.type !== 'SlateExplained') continue;
      for (const { films } of event.data.explanations) {
        for (const film of films) expect(watched.get(event.agent)?.has(film)).toBe(true);
        named += films.length;
      }
      expect(event.data.explanations.at(-1)?.text).toBe('Picked at random.');
    }
    expect(named).toBeGreaterThan(20);
  });

  test.each(['popular', 'social', 'linucb', 'content', 'ials'])(
    'what %s has said can be counted in the log',
    async (recommender) => {
      const light = recommender === 'ials' ? { 'recommender.factors': 8 } : {};
      const { events: all } = await play({ recommender, ...light, rounds: 5, explanations: 'on' });
      const counts = new WatchCounts();
      const kinds = new Set<string>();
      let page: readonly number[] = [];
      for (const event of all) {
        counts.see(event);
        if (event.type === 'SlateServed') page = event.data.films;
        if (event.type !== 'SlateExplained') continue;
        for (const [rank, { text, films, friends }] of event.data.explanations.entries()) {
          const film = page[rank] as number;
          const [, number = '1', outOf] = /^Watched (\d+)? ?(?:of the (\d+) )?times/.exec(text) ?? [];
          if (text.startsWith('Watched') && outOf === undefined)
            expect([text, Number(number)]).toEqual([text, counts.watches(film)]);
          if (outOf !== undefined) expect([Number(number), Number(outOf)]).toEqual(counts.trials(film));
          for (const named of films) expect(counts.hasWatched(event.agent, named)).toBe(true);
          for (const friend of friends)
            expect(counts.hasWatched(friend, film) && counts.knows(event.agent, friend)).toBe(true);
          kinds.add(text.replace(/“[^”]*”|\d+/g, '…'));
        }
      }
      expect(kinds.size).toBeGreaterThan(0);
      expect(kinds.size).toBeLessThan(30);
    },
  );

  test('what spoke for a film is a cause of watching it, which why shows and but-for tests', async () => {
    const moved = ofType(events, 'FilmWatched').filter(({ causes }) =>
      causes.some(({ role, position }) => role === 'told-by' && events[position]?.type === 'SlateExplained'),
    );
    expect(moved.length).toBeGreaterThan(5);
    let flips = 0;
    for (const { position } of moved.slice(0, 12)) {
      const { causes, butFor, summary } = await why(store, run, { position }, { butFor: true });
      const told = causes.find(({ role, event }) => role === 'told-by' && event.type === 'SlateExplained');
      expect(told?.influence).toBeGreaterThan(0);
      expect(summary).toMatch(
        /the recommender had said: (Because you watched “|\d+ of your friends|One of your friends)/,
      );
      const tested = butFor?.find((cause) => cause.position === told?.event.position);
      expect(tested).toBeDefined();
      if (tested?.flips === true) flips += 1;
    }
    // Some watches hang on what was said, and not all.
    expect(flips).toBeLessThan(12);
  });

  test('a branch that begins to explain differs from its parent by nothing else; the effect is compared', async () => {
    const parent = await runOf(store, { ...BASE, rounds: 8 });
    const child = await branch(store, parent.run, 3, [{ key: 'explanations', value: 'on' }]);
    expect(await replay(store, child.run)).toMatchObject({ divergence: null });
    const own = (await eventsOf(store, child.run)).slice(child.sharedEvents);
    expect(ofType(own, 'SlateExplained').length).toBeGreaterThan(0);
    const trained = ofType(own, 'RecommenderTrained')[0];
    expect(trained?.causes.map(({ role }) => role)).toContain('intervened-by');
    // Told nothing that moves it, a mind does what it did: the first rounds' slates are the parent's.
    const { firstDivergence } = await compareRuns(store, parent.run, child.run);
    expect(firstDivergence).toMatchObject({ round: 4 });
  });

  test('trust is what makes them work: without it the same films are watched as without explanations', async () => {
    const deeds = (all: readonly LogEvent[]): unknown =>
      ofType(all, 'FilmWatched').map(({ agent, round, data }) => [agent, round, data.film]);
    const [silent, untrusted, trusted] = [
      await play({}),
      await play({ explanations: 'on', 'mind.explanationTrust': 0 }),
      await play({ explanations: 'on', 'mind.explanationTrust': 3 }),
    ];
    expect(deeds(untrusted.events)).toEqual(deeds(silent.events));
    expect(deeds(trusted.events)).not.toEqual(deeds(silent.events));
  });
});

/** What had happened when the round opened: what a model of that round can know. */
class WatchCounts {
  readonly #contacts = new Map<number | null, readonly number[]>();
  readonly #watched = new Map<number | null, Set<number>>();
  readonly #shown = new Map<number | null, Set<number>>();
  readonly #watches = new Map<number, number>();
  #later: LogEvent[] = [];

  see(event: LogEvent): void {
    if (event.type === 'RoundOpened') {
      for (const past of this.#later) this.#count(past);
      this.#later = [];
    }
    if (event.type === 'AgentJoined')
      this.#contacts.set(
        event.agent,
        event.data.contacts.map(({ agent }) => agent),
      );
    this.#later.push(event);
  }

  #count({ type, agent, data }: LogEvent): void {
    const add = (sets: Map<number | null, Set<number>>, film: number): void =>
      void sets.set(agent, (sets.get(agent) ?? new Set()).add(film));
    if (type === 'SlateServed') for (const film of data.films) add(this.#shown, film);
    if (type !== 'FilmWatched') return;
    add(this.#watched, data.film);
    add(this.#shown, data.film);
    this.#watches.set(data.film, this.watches(data.film) + 1);
  }

  watches(film: number): number {
    return this.#watches.get(film) ?? 0;
  }

  trials(film: number): readonly [watched: number, shown: number] {
    const of = (sets: ReadonlyMap<number | null, ReadonlySet<number>>): number =>
      [...sets.values()].filter((films) => films.has(film)).length;
    return [of(this.#watched), of(this.#shown)];
  }

  hasWatched(agent: number | null, film: number): boolean {
    return this.#watched.get(agent)?.has(film) === true;
  }

  knows(agent: number | null, friend: number): boolean {
    return this.#contacts.get(agent)?.includes(friend) === true;
  }
}

describe('what is done to slates', () => {
  test('L1, L2, L9 hold under every combination', () =>
    assert(
      asyncProperty(
        record({
          seed: integer({ min: 0, max: 1000 }),
          'slate.coldStart': constantFrom('off', 'content'),
          'slate.rerank': constantFrom('none', 'mmr', 'calibrated'),
          'slate.rerankWeight': constantFrom(0, 0.4, 1),
          'slate.explore': constantFrom(0, 0.3),
          'slate.random': constantFrom(0, 1),
          'slate.withoutGenres': constantFrom([], ['Drama'], ['Horror', 'War']),
          'slate.yearMin': constantFrom(0, 1950),
          'recommender.retrainEvery': constantFrom(0, 2),
          explanations: constantFrom('off', 'on'),
          'search.method': constantFrom('text', 'hybrid'),
          recommender: constantFrom('popular', 'item-knn'),
        }),
        async (settings) => {
          const { events } = await play({ ...settings, agents: 12, rounds: 4 });
          expect(ofType(events, 'SlateServed').length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 12 },
    ));

  test('barred films are on no slate', async () => {
    const store = memoryStore();
    const { events } = await play(
      { 'slate.withoutGenres': ['Drama'], 'slate.yearMin': 1960, 'slate.random': 2 },
      store,
    );
    const started = ofType(events, 'RunStarted')[0] as EventOf<'RunStarted'>;
    const bytes = await store.artefacts.get(started.data.catalogue);
    const { FilmCatalogue } = await import('@rashomon/kernel');
    const catalogue = FilmCatalogue.fromBytes(bytes as Uint8Array);
    const shown = ofType(events, 'SlateServed').flatMap(({ data }) => data.films.map((id) => catalogue.film(id)));
    expect(shown.length).toBeGreaterThan(100);
    expect(
      shown.filter(
        (film) => film === undefined || film.genres.includes('Drama') || (film.year !== 0 && film.year < 1960),
      ),
    ).toEqual([]);
  });

  test('RecAgent’s cold start: an added film comes onto slates, where without it nobody is shown it', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { ...BASE, agents: 200, rounds: 6, 'slate.size': 10, recommender: 'ease' });
    const newFilm = {
      key: 'item.add',
      value: {
        title: 'Station at the Edge',
        year: 1999,
        genres: ['Sci-Fi'],
        description: 'A crew in space meets an alien mind.',
      },
    };
    const timesShown = async (...settings: Parameters<typeof branch>[3]): Promise<number> => {
      const child = await branch(store, run, 6, [newFilm, ...settings], { rounds: 4 });
      expect(await replay(store, child.run)).toMatchObject({ divergence: null });
      const own = (await eventsOf(store, child.run)).slice(child.sharedEvents);
      const added = ofType(own, 'InterventionApplied').find(({ data }) => data.key === 'item.add')?.data.value as {
        readonly id: number;
      };
      return ofType(own, 'SlateServed').filter(({ data }) => data.films.includes(added.id)).length;
    };
    expect(await timesShown()).toBe(0);
    expect(await timesShown({ key: 'slate.coldStart', value: 'content' })).toBeGreaterThan(2);
  });

  test('training from scratch on schedule forgets the model before', async () => {
    const factors = { recommender: 'ials', 'recommender.factors': 8, 'recommender.epochs': 2 };
    const [kept, afresh] = [await play(factors), await play({ ...factors, 'recommender.retrainEvery': 3 })];
    const digests = ({ events }: { readonly events: readonly LogEvent[] }): readonly string[] =>
      ofType(events, 'RecommenderTrained').map(({ data }) => data.digest);
    const [a, b] = [digests(kept), digests(afresh)];
    expect(b.slice(0, 3)).toEqual(a.slice(0, 3));
    expect(b[3]).not.toBe(a[3]);
  });

  test('settings that fit neither the films nor each other are refused, all at once', async () => {
    const settings = {
      ...BASE,
      'slate.genres': ['Sci-fi', 'Drama'],
      'slate.yearMin': 2000,
      'slate.yearMax': 1990,
      'recommender.trainEvery': 2,
      'recommender.retrainEvery': 3,
      'slate.random': 7,
    };
    const failure = await runOf(memoryStore(), settings).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(InvalidConfig);
    const faults = (failure as InvalidConfig).faults.map(({ key }) => key);
    expect([...faults].sort()).toEqual(['recommender.retrainEvery', 'slate.genres', 'slate.random', 'slate.yearMin']);
    expect((failure as InvalidConfig).message).toContain('did you mean "Sci-Fi"');
    await expect(runOf(memoryStore(), { ...BASE, 'slate.yearMin': 2100 })).rejects.toThrow(
      /slate: "\d+ films left by its genres and years".*at least slate\.size/,
    );
    expect(() => resolveSettings({ 'slate.rerank': 'most', explanations: 'yes' })).toThrow(InvalidConfig);
  });
});
