/** The laws of the log (L1 to L4, L8 to L12) on whole runs; L5 to L7 are tested where encoding and stores live. */
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  type AgentState,
  type AgentStates,
  agentsProjection,
  catalogueOf,
  causesProjection,
  figuresOfRound,
  foldInPlace,
  foldStep,
  interactionsProjection,
  type LogEvent,
  memoryStore,
  metricsProjection,
  openSqliteStore,
  type Projection,
  type RunHeader,
  RunLog,
  type RunProgress,
  type Store,
  systemProjection,
  worldAt,
} from '@rashomon/kernel';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { branch, compareRuns, listRuns, replay, stateAt, verify, why } from '@rashomon/replay';
import {
  causeFaults,
  eventsOf,
  messageFaults,
  runOf,
  type Settings,
  slateFaults,
  smallSettings,
} from '@rashomon/replay/testing';
import { scriptedSettings } from './scripted-settings.ts';
import { forge, storeAround } from './store-around.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-laws-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUNS = { numRuns: 25 };

/** Runs a property over small runs in a store of their own. */
function overRuns(
  law: (store: Store, run: string, settings: Settings) => Promise<void>,
  params: fc.Parameters<[Settings]> = RUNS,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(smallSettings(), async (settings) => {
      const store = memoryStore();
      const { run } = await runOf(store, settings);
      await law(store, run, settings);
      await store.close();
    }),
    params,
  );
}

describe('L1 same config and seed, same bytes', () => {
  test('L1 in memory and in a file, run after run', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), fc.nat(), async (settings, tag) => {
        const memory = memoryStore();
        const file = openSqliteStore(join(folder, `l1-${tag}.db`));
        const first = await runOf(memory, settings);
        const second = await runOf(file, settings);
        await file.close();
        expect(second.digest).toBe(first.digest);
        expect(second.events).toBe(first.events);
      }),
      { numRuns: 8 },
    ));

  test('L1 at any concurrency of a mind that answers late and out of order', async () => {
    const digests: string[] = [];
    for (const concurrency of [1, 4, 16]) {
      const store = memoryStore();
      const report = await runOf(store, scriptedSettings({ outside: true, delay: 3 }), { concurrency });
      expect(report.outsideCalls).toBeGreaterThan(0);
      digests.push(report.digest);
    }
    expect(new Set(digests).size).toBe(1);
  });

  test('another seed, another run', async () => {
    const store = memoryStore();
    const [one, two] = [
      await runOf(store, { agents: 10, rounds: 3, seed: 1 }),
      await runOf(store, { agents: 10, rounds: 3, seed: 2 }),
    ];
    expect(one.digest).not.toBe(two.digest);
  });
});

describe('L2 replay reproduces every event', () => {
  test('L2 of runs and of branches', () =>
    overRuns(async (store, run) => {
      const whole = await replay(store, run);
      expect(whole).toMatchObject({ divergence: null, matched: whole.events, outsideCalls: 0 });
      const child = await branch(store, run, 0, [{ key: 'recommender', value: 'random' }]);
      const again = await replay(store, child.run);
      expect(again).toMatchObject({ divergence: null, matched: again.events });
    }));

  test('L2 with recorded answers and no call outside', async () => {
    const store = memoryStore();
    const { run, outsideCalls } = await runOf(store, scriptedSettings({ outside: true }));
    expect(outsideCalls).toBeGreaterThan(0);
    expect(await replay(store, run)).toMatchObject({ divergence: null, outsideCalls: 0 });
  });

  test('L2 a difference is named with both sides', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 6, rounds: 3 });
    const forged = forge(store, (event) =>
      event.type === 'FilmRated'
        ? { ...event, data: { ...event.data, rating: event.data.rating === 5 ? 4 : event.data.rating + 1 } }
        : event,
    );
    const first = (await eventsOf(store, run)).find(({ type }) => type === 'FilmRated');
    const { divergence } = await replay(forged, run);
    expect(divergence?.position).toBe(first?.position);
    expect(divergence?.replayed).toEqual(first);
    expect(divergence?.recorded).not.toEqual(first);
  });
});

describe('L3 a branch without intervention continues as its parent', () => {
  test('L3 from any round, also of a branch, with and without snapshots', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), fc.nat(), fc.boolean(), async (settings, pick, forget) => {
        const store = memoryStore();
        const parent = await runOf(store, settings);
        if (forget) await store.snapshots.drop(parent.run);
        const child = await branch(store, parent.run, pick % (parent.rounds + 1), [], { snapshotEvery: 1 });
        expect(child.digest).toBe(parent.digest);
        const grandchild = await branch(store, child.run, (pick * 7) % (parent.rounds + 1), []);
        expect(grandchild.digest).toBe(parent.digest);
        expect(grandchild.events).toBe(parent.events);
      }),
      RUNS,
    ));

  test('L3 the parent is not changed by what a branch does', () =>
    overRuns(async (store, run) => {
      const before = await eventsOf(store, run);
      await branch(store, run, 0, [
        { key: 'slate.size', value: 1 },
        { key: 'slate.random', value: 0 },
      ]);
      expect(await eventsOf(store, run)).toEqual(before);
    }));
});

describe('L4 folding', () => {
  const projections = (events: readonly LogEvent[], metrics: Projection<unknown>): readonly Projection<unknown>[] =>
    events.length === 0
      ? []
      : ([
          agentsProjection,
          systemProjection,
          interactionsProjection,
          causesProjection,
          metrics,
        ] as unknown as readonly Projection<unknown>[]);

  test('L4 in one go, split anywhere, and through immer give equal states', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), fc.nat(), async (settings, cut) => {
        const store = memoryStore();
        const { run } = await runOf(store, settings);
        const events = await eventsOf(store, run);
        const catalogue = await catalogueOf(store, await RunLog.open(store, run));
        const at = cut % (events.length + 1);
        for (const projection of projections(events, metricsProjection(catalogue) as unknown as Projection<unknown>)) {
          const whole = foldInPlace(projection, projection.initial(), events);
          const split = foldInPlace(
            projection,
            structuredClone(foldInPlace(projection, projection.initial(), events.slice(0, at))),
            events.slice(at),
          );
          const immutable = events.reduce((state, event) => foldStep(projection, state, event), projection.initial());
          expect(split).toEqual(whole);
          expect(immutable).toEqual(whole);
        }
      }),
      { numRuns: 8 },
    ));

  test('L4 immer leaves every earlier state as it was', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 5, rounds: 3, 'social.degree': 2 });
    const states: { state: unknown; copy: unknown }[] = [];
    let state: unknown = agentsProjection.initial();
    for (const event of await eventsOf(store, run)) {
      state = foldStep(agentsProjection as unknown as Projection<unknown>, state, event);
      states.push({ state, copy: structuredClone(state) });
    }
    for (const { state: kept, copy } of states) expect(kept).toEqual(copy);
  });

  test('L4 from a snapshot and from the beginning', () =>
    overRuns(async (store, run) => {
      const log = await RunLog.open(store, run);
      const { rounds } = log.record.progress;
      const withSnapshots = await worldAt(store, log, rounds);
      await store.snapshots.drop(run);
      const without = await worldAt(store, log, rounds);
      expect(withSnapshots.fold.world).toEqual(without.fold.world);
    }));
});

describe('L8 looking changes nothing', () => {
  test('L8 show, events, why, compare, replay and verify', () =>
    overRuns(
      async (store, run) => {
        const child = await branch(store, run, 1, [{ key: 'recommender', value: 'random' }], { rounds: 2 });
        const before = [await listRuns(store), await eventsOf(store, run), await eventsOf(store, child.run)];
        await stateAt(store, run, 1);
        await stateAt(store, run, 1, (await eventsOf(store, run))[1]?.agent ?? 0);
        await compareRuns(store, run, child.run);
        await replay(store, run);
        await verify(store, run);
        const watch = (before[1] as readonly LogEvent[]).find(({ type }) => type === 'FilmWatched');
        if (watch !== undefined) await why(store, run, { position: watch.position }, { butFor: true });
        expect([await listRuns(store), await eventsOf(store, run), await eventsOf(store, child.run)]).toEqual(before);
      },
      { numRuns: 10 },
    ));
});

describe('L9 conservation', () => {
  test('L9 slates, watches and receivers', () =>
    overRuns(async (store, run) => {
      const events = await eventsOf(store, run);
      expect(slateFaults(events)).toEqual([]);
      expect(messageFaults(events)).toEqual([]);
    }));

  test('L9 counts in projections equal counts in the log', () =>
    overRuns(async (store, run) => {
      const events = await eventsOf(store, run);
      const log = await RunLog.open(store, run);
      const { fold } = await worldAt(store, log, log.record.progress.rounds);
      const { system, agents, metrics, interactions } = fold.world;
      const countOf = (type: LogEvent['type']): number => events.filter((event) => event.type === type).length;
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      expect(system.agents).toBe(countOf('AgentJoined'));
      expect(system.messages).toBe(countOf('MessageSent'));
      expect(system.watchesTotal).toBe(countOf('FilmWatched'));
      expect(sum(system.watches)).toBe(countOf('FilmWatched'));
      expect(sum([...agents.values()].map(({ watched }) => watched.length))).toBe(countOf('FilmWatched'));
      expect(interactions.films).toHaveLength(countOf('FilmWatched'));
      const shown = sum(events.map((event) => (event.type === 'SlateServed' ? event.data.films.length : 0)));
      expect(sum(system.impressions)).toBe(shown);
      const figures = metrics.rounds.map(({ round }) => figuresOfRound(metrics, round));
      expect(sum(figures.map((of) => of['impressions'] ?? NaN))).toBe(shown);
      expect(sum(figures.map((of) => of['watches'] ?? NaN))).toBe(countOf('FilmWatched'));
      expect(sum(figures.map((of) => of['messages'] ?? NaN))).toBe(countOf('MessageSent'));
    }));
});

describe('L10 causes', () => {
  test('L10 point backwards, and every event leads to RunStarted', () =>
    overRuns(async (store, run) => {
      expect(causeFaults(await eventsOf(store, run))).toEqual([]);
      const child = await branch(store, run, 0, [
        { key: 'recommender', value: 'random' },
        { key: 'visit.pages', value: 1 },
      ]);
      expect(causeFaults(await eventsOf(store, child.run))).toEqual([]);
    }));
});

describe('L11 same luck', () => {
  test('L11 who meets the same state, inbox and slates does the same', () =>
    overRuns(
      async (store, run) => {
        const child = await branch(store, run, 0, [{ key: 'recommender', value: 'random' }]);
        const [ours, theirs] = [await eventsOf(store, run), await eventsOf(store, child.run)];
        const before = await worldAt(store, await RunLog.open(store, run), 0);
        // In the first round everybody stands alike in both worlds: what differs must follow from a slate.
        for (const agent of before.fold.world.agents.keys()) {
          const [mine, other] = [turn(ours, agent, 1), turn(theirs, agent, 1)];
          const parted = mine.findIndex(
            (event, index) => JSON.stringify(essence(event)) !== JSON.stringify(essence(other[index])),
          );
          if (parted >= 0) expect([mine[parted]?.type, other[parted]?.type]).toContain('SlateServed');
        }
      },
      { numRuns: 15 },
    ));
});

describe('L11 in all rounds', () => {
  // How popular films are is seen by everybody and differs between branches: here nobody minds it.
  const unmoved = { 'mind.popularityWeight': 0 };

  test('L11 equal states and slates, equal visits, however different the rest of the world has become', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(smallSettings(), fc.constantFrom('agent', 'recommender'), async (settings, change) => {
        const store = memoryStore();
        const { run, rounds } = await runOf(store, { ...settings, ...unmoved });
        const features = { watcher: true, explorer: true, critic: true, chatter: true, poster: true };
        const child = await branch(store, run, 0, [
          change === 'agent'
            ? { key: 'agent.0.persona.features', value: features }
            : { key: 'recommender', value: 'random' },
        ]);
        const [ours, theirs] = [await eventsOf(store, run), await eventsOf(store, child.run)];
        for (let round = 1; round <= rounds; round++) {
          const [here, there] = [await agentsAt(store, run, round - 1), await agentsAt(store, child.run, round - 1)];
          for (const [id, state] of here) {
            if (change === 'agent' && id === 0) continue;
            if (JSON.stringify(situated(state)) !== JSON.stringify(situated(there.get(id)))) continue;
            const [mine, other] = [visitOf(turn(ours, id, round)), visitOf(turn(theirs, id, round))];
            if (JSON.stringify(slatesOf(mine)) !== JSON.stringify(slatesOf(other))) continue;
            expect(mine.map(essence)).toEqual(other.map(essence));
            if (mine.some(({ type }) => type === 'SlateServed')) compared += 1;
          }
        }
        await store.close();
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

describe('L12 a changed byte is detected', () => {
  const store = memoryStore();
  const written = runOf(store, { agents: 6, rounds: 3, seed: 3 });

  test('L12 anywhere in a stored block, and the event is named', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (where, flip) => {
        const { run, events } = await written;
        const damaged = damage(store, where, flip);
        const report = await verify(damaged, run);
        expect(report.ok).toBe(false);
        expect(report.fault?.position).toBeGreaterThanOrEqual(0);
        expect(report.fault?.position).toBeLessThan(events);
        expect((await verify(store, run)).ok).toBe(true);
      }),
      { numRuns: 60 },
    ));

  test('L12 also in the header and the totals of the run, and of a branch', async () => {
    const { run } = await written;
    const { run: child } = await branch(store, run, 1, [{ key: 'slate.size', value: 4 }]);
    const says = async (
      id: string,
      header: Partial<RunHeader>,
      progress: Partial<RunProgress> = {},
    ): Promise<boolean> => {
      const changed = storeAround(store, {
        runs: {
          async find(found) {
            const record = await store.runs.find(found);
            if (record === undefined || found !== id) return record;
            return { header: { ...record.header, ...header }, progress: { ...record.progress, ...progress } };
          },
        },
      });
      return (await verify(changed, id)).ok;
    };
    for (const id of [run, child]) {
      const engine = { version: '0.0.0', node: '', v8: '', behaviour: [] };
      expect(await says(id, {}, {})).toBe(true);
      expect(await says(id, { name: 'renamed', createdAt: '' })).toBe(true);
      for (const rounds of [-1, 2, 4]) expect(await says(id, {}, { rounds })).toBe(false);
      expect(await says(id, { seed: 4 })).toBe(false);
      expect(await says(id, { agents: 7 })).toBe(false);
      expect(await says(id, { plannedRounds: 2 })).toBe(false);
      expect(await says(id, { root: id === run ? 'another' : id })).toBe(false);
      expect(await says(id, { engine })).toBe(id === child);
      expect(await says(id, { mind: 'another' })).toBe(id === child);
    }
    expect(await says(child, { forkRound: 2 })).toBe(false);
    expect(await says(child, { interventions: [{ key: 'slate.size', value: 5 }] })).toBe(false);
    expect(await says(child, { interventions: [] })).toBe(false);
  });

  test('L12 also in the index of a block, which would hide events', async () => {
    const { run } = await written;
    const misled = storeAround(store, {
      log: {
        async *blocks(id, selection) {
          for await (const block of store.log.blocks(id, selection))
            yield { ...block, index: { ...block.index, agentTo: block.index.agentTo - 1 } };
        },
      },
    });
    expect((await verify(misled, run)).fault?.reason).toContain('index');
  });

  test('L12 also where the block and its hash were made to fit again', async () => {
    const { run } = await written;
    const forged = forge(store, (event) =>
      event.type === 'FilmRated' && event.round === 2
        ? { ...event, data: { ...event.data, feeling: 'Forged.' } }
        : event,
    );
    const report = await verify(forged, run);
    expect(report.ok).toBe(false);
    expect(report.fault?.reason).toContain('digest');
  });
});

async function agentsAt(store: Store, run: string, round: number): Promise<AgentStates> {
  return (await worldAt(store, await RunLog.open(store, run), round)).fold.world.agents;
}

/** A state without the positions in it, which count other agents' events too. */
function situated(state: AgentState | undefined): unknown {
  if (state === undefined) return null;
  const without = (entries: readonly { readonly position: number }[]): unknown =>
    entries.map(({ position: _position, ...entry }) => entry);
  return { ...state, watched: without(state.watched), heard: without(state.heard), inbox: without(state.inbox) };
}

/** A turn up to where it goes to others, whose own states it then depends on. */
function visitOf(events: readonly LogEvent[]): readonly LogEvent[] {
  const social = events.findIndex(
    ({ type }) => type === 'ChatStarted' || type === 'PostMade' || type === 'StayedSilent',
  );
  return social < 0 ? events : events.slice(0, social);
}

/** What was shown, and what was said of it. */
function slatesOf(events: readonly LogEvent[]): unknown {
  return events.flatMap((event): readonly unknown[] => {
    if (event.type === 'SlateExplained') return [event.data.explanations];
    return event.type === 'SlateServed' || event.type === 'SearchAnswered' ? [event.data.films] : [];
  });
}

/** One agent's events of a round. */
function turn(events: readonly LogEvent[], agent: number, round: number): readonly LogEvent[] {
  return events.filter((event) => event.agent === agent && event.round === round);
}

/** What an event says, apart from where it stands and which model it came from. */
function essence(event: LogEvent | undefined): unknown {
  if (event === undefined) return null;
  return { type: event.type, data: event.type === 'SlateServed' ? { films: event.data.films } : event.data };
}

/** A store that gives back blocks with one byte changed. */
function damage(store: Store, where: number, flip: number): Store {
  let skip = where % 7000;
  return storeAround(store, {
    log: {
      async *blocks(id, selection) {
        for await (const block of store.log.blocks(id, selection)) {
          const bytes = Uint8Array.from(block.bytes);
          const at = skip % bytes.length;
          bytes[at] = (bytes[at] as number) ^ flip;
          skip = 0;
          yield { ...block, bytes };
        }
      },
    },
  });
}
