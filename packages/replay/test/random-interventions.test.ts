/**
 * The laws under interventions: random ones on random worlds, held against their recomputation, and branches of
 * branches, which meet what their parents changed.
 */
import { describe, expect, test } from '@jest/globals';
import { memoryStore, type Store } from '@rashomon/kernel';
import fc from 'fast-check';
import { branch, InvalidConfig, planBranch, replay, type Setting, stateAt, verify } from '@rashomon/replay';
import {
  causeFaults,
  eventsOf,
  faultyIntervention,
  legalInterventions,
  runOf,
  sceneryAt,
  slateFaults,
  smallSettings,
  spelledOut,
} from '@rashomon/replay/testing';

const RUNS = { numRuns: 12 };
const ONE_MORE = { rounds: 2 };

/** Everything that looking at a store can tell. */
async function contentsOf(store: Store): Promise<string> {
  return JSON.stringify(await store.runs.list());
}

describe('random interventions on random worlds', () => {
  test('L1, L2, L3, L10 a branch replays, verifies, obeys the laws, and made twice is the same', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), legalInterventions(), fc.nat(), async (settings, plans, pick) => {
        const store = memoryStore();
        const parent = await runOf(store, settings);
        const fork = pick % (parent.rounds + 1);
        const changes = spelledOut(plans, await sceneryAt(store, parent.run, fork));
        const child = await branch(store, parent.run, fork, changes, ONE_MORE);
        const again = await branch(store, parent.run, fork, changes, ONE_MORE);
        expect(again.digest).toBe(child.digest);
        expect(await replay(store, child.run)).toMatchObject({ divergence: null, matched: child.events });
        expect(await verify(store, child.run)).toMatchObject({ ok: true });
        const events = await eventsOf(store, child.run);
        expect([...causeFaults(events), ...slateFaults(events)]).toEqual([]);
        // L3 from a round before the fork, at it and after it: the branch's own story goes on.
        for (const round of new Set([0, fork, (pick * 7) % (child.rounds + 1), child.rounds])) {
          const same = await branch(store, child.run, round, [], { rounds: child.rounds - round });
          expect({ round, digest: same.digest }).toEqual({ round, digest: child.digest });
        }
      }),
      RUNS,
    ));

  test('L3 a branch of a branch of a branch, each with interventions, continues as its parent', () =>
    fc.assert(
      fc.asyncProperty(
        smallSettings(),
        fc.array(fc.tuple(legalInterventions(), fc.nat()), { minLength: 2, maxLength: 3 }),
        fc.nat(),
        async (settings, steps, pick) => {
          const store = memoryStore();
          let report = await runOf(store, { ...settings, rounds: 5 });
          for (const [plans, at] of steps) {
            const fork = at % 5;
            const changes = spelledOut(plans, await sceneryAt(store, report.run, fork));
            // What is inherited may not go together with what is new: then it is refused.
            const next = await branch(store, report.run, fork, changes).catch((error: unknown) => {
              expect(error).toBeInstanceOf(InvalidConfig);
              return null;
            });
            if (next !== null) report = next;
          }
          const same = await branch(store, report.run, pick % 6, []);
          expect(same.digest).toBe(report.digest);
        },
      ),
      RUNS,
    ));

  test('faulty ones among legal ones are refused, and the store is as it was', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), legalInterventions(), faultyIntervention(), async (settings, plans, fault) => {
        const store = memoryStore();
        const parent = await runOf(store, settings);
        const scenery = await sceneryAt(store, parent.run, 0);
        const changes = [...spelledOut(plans, scenery), fault(scenery) as Setting];
        const before = await contentsOf(store);
        await expect(branch(store, parent.run, 0, changes)).rejects.toBeInstanceOf(InvalidConfig);
        expect(await contentsOf(store)).toBe(before);
      }),
      { numRuns: 30 },
    ));
});

describe('branches of branches', () => {
  const base = { agents: 10, rounds: 8, seed: 3 };
  const ials: Setting = { key: 'recommender', value: 'ials' };

  test('L3 from before the fork, at it and after it', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, base);
    const parent = await branch(store, run, 4, [ials]);
    for (const round of [0, 2, 4, 5, 6, 8]) {
      const same = await branch(store, parent.run, round, []);
      expect({ round, digest: same.digest, recommender: same.recommender }).toEqual({
        round,
        digest: parent.digest,
        recommender: 'ials',
      });
    }
  });

  test('what the parent changes later comes at its round, before what is new there', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, base);
    const parent = await branch(store, run, 4, [ials]);
    const early = await branch(store, parent.run, 2, [{ key: 'visit.pages', value: 2 }]);
    const late = await branch(store, early.run, 4, [{ key: 'recommender', value: 'random' }]);
    expect((await stateAt(store, late.run, 8)).system?.interventions).toMatchObject([
      { round: 3, key: 'visit.pages' },
      { round: 5, key: 'recommender', value: { name: 'ials' } },
      { round: 5, key: 'recommender', value: { name: 'random' } },
    ]);
    expect((await branch(store, late.run, 0, [])).digest).toBe(late.digest);
    expect((await planBranch(store, late.run, 4, [])).inherited).toHaveLength(2);
  });

  test('a branch that was stopped before its parent’s change keeps it for its own branches', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, base);
    const parent = await branch(store, run, 4, [ials]);
    const short = await branch(store, parent.run, 2, [], { rounds: 1 });
    expect(short.rounds).toBe(3);
    expect((await branch(store, short.run, 3, [], { rounds: 5 })).digest).toBe(parent.digest);
  });

  test('headers without rounds, as earlier engines wrote them, mean the round after the fork', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, base);
    const parent = await branch(store, run, 4, [ials]);
    const record = await store.runs.find(parent.run);
    for (const each of record?.header.interventions ?? []) delete (each as { round?: number }).round;
    expect((await branch(store, parent.run, 4, [])).digest).toBe(parent.digest);
    expect(await replay(store, parent.run)).toMatchObject({ divergence: null });
  });
});
