/**
 * Decisions that take several requests: an outside mind recalls, judges what it recalled, and then decides. Each call
 * is kept when it is answered, so nothing is paid for twice, and a replay asks for none of them.
 */
import { describe, expect, test } from '@jest/globals';
import {
  asked,
  isDecision,
  type Json,
  type LogEvent,
  memoryStore,
  type OutsideMind,
  type OutsideReply,
  type Question,
  type Store,
} from '@rashomon/kernel';
import fc from 'fast-check';
import { listRuns, type RunReport, verify } from '@rashomon/replay';
import { causeFaults, eventsOf } from '@rashomon/replay/testing';
import { engineWith, outsideMindCalled, outsideSettings, wordsOf } from './outside-minds.ts';
import { cutAfter } from './store-around.ts';

const NAME = 'thoughtful';
const SETTINGS = outsideSettings(NAME);

const memories = ['a rainy evening', 'a long flight', 'nothing much'];

/** What the world outside says to each of the three requests. */
function reply(content: { readonly [key: string]: Json }): string | null {
  if (content['about'] !== undefined)
    return JSON.stringify(memories[(Number(content['agent']) + Number(content['step'])) % memories.length]);
  return content['recalled'] === undefined ? null : String(JSON.stringify(content['recalled']).length % 10);
}

interface Manner {
  /** How the second request is put. */
  readonly second?: (content: { readonly [key: string]: Json }) => Json;
  readonly ask?: Ask;
}

type Ask = (answer: () => Promise<OutsideReply>, content: Json) => Promise<OutsideReply>;

/** Three requests for a decision; the later ones depend on the answers before. */
function thoughtful({ second = (content) => content, ask = (answer) => answer() }: Manner = {}): OutsideMind {
  const words = wordsOf();
  return {
    name: NAME,
    *decide(question: Question) {
      const { agent, progress, kind } = question;
      const who = { agent: agent.id, step: progress.step };
      const recalled = yield* asked({ ...who, about: kind }, (text) => (text.startsWith('"') ? text : null));
      const importance = yield* asked(second({ ...who, recalled }), (text) =>
        /^\d$/.test(text) ? Number(text) : null,
      );
      const answer = yield* words.decide(question);
      return { ...answer, grounds: { ...answer.grounds, reason: `${recalled} (${importance})` } };
    },
    ask: (content) =>
      ask(async () => {
        const text = reply(content as { readonly [key: string]: Json });
        return text === null ? words.ask(content) : { text, tokensIn: 2, tokensOut: 1, price: 3 };
      }, content),
  };
}

let mind: OutsideMind = thoughtful();
const { branch, replay, resume, runOf } = engineWith(outsideMindCalled(NAME, () => mind));

const unreachable: Ask = () => Promise.reject(new TypeError('the outside was called'));

async function played(
  manner: Manner = {},
  options: Parameters<typeof runOf>[2] = {},
  store: Store = memoryStore(),
): Promise<{ readonly store: Store; readonly report: RunReport; readonly events: readonly LogEvent[] }> {
  mind = thoughtful(manner);
  const report = await runOf(store, SETTINGS, options);
  return { store, report, events: await eventsOf(store, report.run) };
}

async function runIn(store: Store): Promise<string> {
  const { runs } = await listRuns(store);
  expect(runs).toHaveLength(1);
  return (runs[0] as (typeof runs)[number]).run;
}

describe('a decision in three requests', () => {
  test('is made from all three, which are logged before it and counted through it', async () => {
    const { store, report, events } = await played();
    const decisions = events.filter(isDecision);
    expect(report.outsideCalls).toBe(decisions.length * 3);
    for (const { causes, data } of decisions) {
      const said = causes
        .filter(({ role }) => role === 'answered-by')
        .map(({ position }) => events[position]?.data as { readonly attempt: number; readonly answer: string });
      expect(said.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
      expect((data as { readonly grounds: { readonly reason: string } }).grounds.reason).toBe(
        `${said[0]?.answer} (${said[1]?.answer})`,
      );
    }
    expect(causeFaults(events)).toEqual([]);
    expect(await verify(store, report.run)).toMatchObject({ ok: true });
    const kept = (await Promise.all([1, 2, 3].map((round) => store.answers.of(report.run, round)))).flat();
    expect(kept).toHaveLength(report.outsideCalls);
  });

  test('L1 gives the same log at any concurrency', async () => {
    const { report } = await played({}, { concurrency: 1 });
    expect((await played({}, { concurrency: 7 })).report.digest).toBe(report.digest);
  });

  test('L2 L3 is replayed and branched without a call', async () => {
    const { store, report } = await played();
    mind = thoughtful({ ask: unreachable });
    expect(await replay(store, report.run)).toMatchObject({
      divergence: null,
      matched: report.events,
      outsideCalls: 0,
    });
    for (const round of [0, 1, 2])
      expect(await branch(store, report.run, round, [])).toMatchObject({ digest: report.digest, outsideCalls: 0 });
  });

  test('L7 whenever it is interrupted, nothing is paid for twice', async () => {
    const { report: clean } = await played();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: clean.outsideCalls - 1 }),
        fc.integer({ min: 1, max: 6 }),
        async (paid, concurrency) => {
          const stop = new AbortController();
          const paidFor: string[] = [];
          const ask: Ask = (answer, content) => {
            if (paidFor.push(JSON.stringify(content)) === paid) stop.abort();
            return answer();
          };
          const store = memoryStore();
          await expect(played({ ask }, { signal: stop.signal, concurrency }, store)).rejects.toMatchObject({
            code: 'INTERRUPTED',
          });
          // What was under way may still arrive.
          await new Promise((resolve) => setImmediate(resolve));
          const before = paidFor.length;
          const report = await resume(store, await runIn(store), { concurrency });
          expect({ digest: report.digest, calls: report.outsideCalls }).toEqual({
            digest: clean.digest,
            calls: clean.outsideCalls - before,
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  test('L7 nor when the store goes down between any two events', async () => {
    const { report: clean } = await played();
    for (const events of [20, 60, 61, 62, 63, 100]) {
      const store = memoryStore();
      await expect(played({}, {}, cutAfter(store, events))).rejects.toMatchObject({ code: 'POWER_CUT' });
      mind = thoughtful();
      expect(await resume(store, await runIn(store))).toMatchObject({ digest: clean.digest });
    }
  });

  test('whose second request is put otherwise ends a replay, which names the call and both requests', async () => {
    const { store, report } = await played();
    mind = thoughtful({ ask: unreachable, second: (content) => ({ ...content, version: 2 }) });
    await expect(replay(store, report.run)).rejects.toMatchObject({
      name: 'UnrecordedRequest',
      code: 'UNRECORDED_REQUEST',
      message: expect.stringMatching(/^round 1, agent \d, step 0, call 1: .*[0-9a-f]{64}.*[0-9a-f]{64}/),
    });
  });

  test('asks a branch for what follows from another second request, and for no first one', async () => {
    const { store, report } = await played();
    const calls: string[] = [];
    mind = thoughtful({
      second: (content) => ({ ...content, version: 2 }),
      ask: (answer, content) => {
        calls.push(Object.keys(content as object).join(' '));
        return answer();
      },
    });
    const child = await branch(store, report.run, 2, []);
    expect(new Set(calls)).toEqual(new Set(['agent step recalled version']));
    expect(child.outsideCalls).toBe(calls.length);
  });
});

describe('a request that is not understood', () => {
  /** Spoils the first answers to the requests that are put so. */
  const spoiling =
    (times: number, which: string): Ask =>
    async (answer, content) => {
      if (!(which in (content as object))) return answer();
      const key = JSON.stringify(content);
      spoilt.set(key, (spoilt.get(key) ?? 0) + 1);
      return (spoilt.get(key) as number) <= times ? { text: 'hm', tokensIn: 1, tokensOut: 1, price: 1 } : answer();
    };
  const spoilt = new Map<string, number>();

  test('is made again, up to twice, as a call of its own; the dialogue goes on from there', async () => {
    spoilt.clear();
    // The same request may come up in several rounds: it is spoilt in the first.
    const { store, report, events } = await played({ ask: spoiling(2, 'recalled') }, { concurrency: 1 });
    const first = events.find((event) => isDecision(event) && event.agent === 0) as LogEvent;
    const said = first.causes
      .filter(({ role }) => role === 'answered-by')
      .map(({ position }) => events[position]?.data as { readonly attempt: number; readonly answer: string });
    expect(said.map(({ attempt }) => attempt)).toEqual([0, 1, 2, 3, 4]);
    expect(said.map(({ answer }) => answer).slice(1, 3)).toEqual(['hm', 'hm']);
    expect(await replay(store, report.run)).toMatchObject({ divergence: null, outsideCalls: 0 });
  });

  test('three times over ends the dialogue: as little as possible is done', async () => {
    spoilt.clear();
    const { store, report, events } = await played({ ask: spoiling(Infinity, 'recalled') });
    const decisions = events.filter(isDecision);
    expect(decisions.length).toBeGreaterThan(10);
    for (const { causes, data } of decisions) {
      // The one that was understood, and three attempts at the second.
      expect(causes.filter(({ role }) => role === 'answered-by')).toHaveLength(4);
      expect(data).toMatchObject({ place: 'idle', grounds: { reason: 'no readable answer in 3 attempts' } });
    }
    expect(await replay(store, report.run)).toMatchObject({ divergence: null, outsideCalls: 0 });
  });
});
