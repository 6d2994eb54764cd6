/**
 * The outside world is recorded (DESIGN, section 6): what was answered once is kept before it is used, never asked
 * again, and never breaks a round.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Answer,
  asked as requested,
  isDecision,
  type LogEvent,
  memoryStore,
  type OutsideMind,
  type OutsideReply,
  openSqliteStore,
  type Question,
  RunLog,
  type Store,
  type StoredAnswer,
} from '@rashomon/kernel';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listRuns, type RunReport, verify } from '@rashomon/replay';
import { causeFaults, eventsOf, messageFaults, slateFaults } from '@rashomon/replay/testing';
import { engineWith, outsideMindCalled, outsideSettings, wordsOf } from './outside-minds.ts';
import { eventsIn, forge, storeAround } from './store-around.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-recorder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAME = 'words';
const SETTINGS = outsideSettings(NAME);
let mind: OutsideMind = wordsOf();
const { branch, replay, resume, runOf } = engineWith(outsideMindCalled(NAME, () => mind));

/** Plays the settings with a mind, in a store of its own unless told otherwise. */
async function played(
  outside: OutsideMind,
  options: Parameters<typeof runOf>[2] = {},
  store: Store = memoryStore(),
): Promise<{ readonly store: Store; readonly report: RunReport }> {
  mind = outside;
  return { store, report: await runOf(store, SETTINGS, options) };
}

/** The run that nothing happens to. */
let clean: RunReport;
beforeAll(async () => {
  clean = (await played(wordsOf())).report;
});

const placeOf = ({ round, agent, step, attempt }: Pick<StoredAnswer, 'round' | 'agent' | 'step' | 'attempt'>): string =>
  `${round}/${agent}/${step}/${attempt}`;

/** All answers in the journal of a root run. */
async function journalOf(store: Store, root: string): Promise<StoredAnswer[]> {
  const answers: StoredAnswer[] = [];
  for (let round = 0; round <= 10; round++) answers.push(...(await store.answers.of(root, round)));
  return answers;
}

/** Answers as the log has them. */
function answersIn(events: readonly LogEvent[]): StoredAnswer[] {
  return events.flatMap((event) =>
    event.type === 'MindAnswered' && event.agent !== null
      ? [{ round: event.round, agent: event.agent, ...event.data }]
      : [],
  );
}

const inOrder = (answers: readonly StoredAnswer[]): StoredAnswer[] =>
  [...answers].sort((a, b) => (placeOf(a) + a.request < placeOf(b) + b.request ? -1 : 1));

async function onlyRun(store: Store): Promise<{ readonly run: string; readonly status: string }> {
  const { runs } = await listRuns(store);
  expect(runs).toHaveLength(1);
  return runs[0] as (typeof runs)[number];
}

async function expectLawful(store: Store, run: string): Promise<readonly LogEvent[]> {
  const events = await eventsOf(store, run);
  expect(slateFaults(events)).toEqual([]);
  expect(messageFaults(events)).toEqual([]);
  expect(causeFaults(events)).toEqual([]);
  expect(await verify(store, run)).toMatchObject({ ok: true });
  expect(await replay(store, run)).toMatchObject({ divergence: null, outsideCalls: 0, matched: events.length });
  return events;
}

describe('every answer is kept', () => {
  test('in the journal before it is read, and read before the decision is logged', async () => {
    const happened: string[] = [];
    const inside = memoryStore();
    const watched = storeAround(inside, {
      answers: {
        async put(root, answer) {
          // Keeping takes its time: whoever used the answer meanwhile would be seen.
          await new Promise((resolve) => setImmediate(resolve));
          await inside.answers.put(root, answer);
          happened.push(`kept ${placeOf(answer)}`);
        },
      },
      log: {
        async append(id, revision, blocks, progress) {
          for (const event of eventsIn(blocks))
            if (event.type === 'MindAnswered')
              happened.push(`logged ${placeOf({ ...event.data, round: event.round, agent: event.agent ?? -1 })}`);
          await inside.log.append(id, revision, blocks, progress);
        },
      },
    });
    const words = wordsOf();
    const reader: OutsideMind = {
      ...words,
      *decide(question) {
        const dialogue = words.decide(question);
        let state = dialogue.next();
        while (state.done !== true) {
          const demand = state.value;
          const { content } = demand;
          const reading = yield* requested(content, (text) => {
            happened.push(`read ${question.world.round}/${question.agent.id}/${question.progress.step}/0`);
            return demand.read(text);
          });
          state = dialogue.next(reading);
        }
        return state.value;
      },
    };
    const { report } = await played(reader, {}, watched);
    const logged = happened.filter((line) => line.startsWith('logged ')).map((line) => line.slice('logged '.length));
    expect(logged).toHaveLength(report.outsideCalls);
    expect(logged.length).toBeGreaterThan(50);
    for (const place of logged) {
      const [kept, read, inLog] = ['kept', 'read', 'logged'].map((what) => happened.indexOf(`${what} ${place}`)) as [
        number,
        number,
        number,
      ];
      expect({ place, inOrder: kept >= 0 && kept < read && read < inLog }).toEqual({ place, inOrder: true });
    }
  });

  test('journal and log hold the same answers, with their requests, tokens and price; the use is counted', async () => {
    const { store, report } = await played(wordsOf());
    const events = await expectLawful(store, report.run);
    const answers = answersIn(events);
    expect(inOrder(await journalOf(store, report.run))).toEqual(inOrder(answers));
    const sum = (of: 'tokensIn' | 'tokensOut'): number => answers.reduce((total, answer) => total + answer[of], 0);
    expect(report).toMatchObject({
      outsideCalls: answers.length,
      tokens: { in: sum('tokensIn'), out: sum('tokensOut') },
    });
    // Every decision but those of the house (a limit was reached) names the answer it was made from.
    for (const event of events) {
      if (!isDecision(event)) continue;
      const [answer] = event.causes
        .filter(({ role }) => role === 'answered-by')
        .map(({ position }) => events[position]);
      expect({ type: event.type, answer: answer?.type, agent: answer?.agent }).toEqual({
        type: event.type,
        answer: 'MindAnswered',
        agent: event.agent,
      });
    }
  });
});

describe('a crash in mid-round', () => {
  test('loses no answer: resuming asks for the rest only, and ends in the same digest (L7)', async () => {
    const { digest, outsideCalls } = clean;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: outsideCalls - 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (paid, concurrency) => {
          const stop = new AbortController();
          let asked = 0;
          const dying = wordsOf(async (answer) => {
            asked += 1;
            if (asked === paid) stop.abort();
            return answer();
          });
          const store = memoryStore();
          await expect(played(dying, { signal: stop.signal, concurrency }, store)).rejects.toMatchObject({
            code: 'INTERRUPTED',
          });
          // What was under way may still arrive.
          await new Promise((resolve) => setImmediate(resolve));
          const { run, status } = await onlyRun(store);
          expect(status).toBe('interrupted');
          const kept = await journalOf(store, run);
          expect(kept).toHaveLength(asked);
          mind = wordsOf();
          const report = await resume(store, run, { concurrency });
          expect({ digest: report.digest, calls: report.outsideCalls }).toEqual({
            digest,
            calls: outsideCalls - asked,
          });
        },
      ),
      { numRuns: 12 },
    );
  });

  test('a store that goes down as an answer arrives: the answer is not used', async () => {
    const { digest, outsideCalls } = clean;
    const inside = memoryStore();
    let kept = 0;
    const full = storeAround(inside, {
      answers: {
        put: (root, answer) =>
          ++kept > 40 ? Promise.reject(new TypeError('no room')) : inside.answers.put(root, answer),
      },
    });
    await expect(played(wordsOf(), {}, full)).rejects.toThrow('no room');
    const { run, status } = await onlyRun(inside);
    expect(status).toBe('failed');
    expect(await resume(inside, run)).toMatchObject({ digest, outsideCalls: outsideCalls - 40 });
  });
});

describe('replay', () => {
  const unreachable = wordsOf(() => Promise.reject(new TypeError('the outside was called')));

  test('L2 asks nobody, and looks at the log alone', async () => {
    const { store, report } = await played(wordsOf());
    mind = unreachable;
    const deaf = storeAround(store, {
      answers: {
        of: () => Promise.reject(new TypeError('the journal was read')),
        put: () => Promise.reject(new TypeError('written in a replay')),
      },
    });
    expect(await replay(deaf, report.run)).toMatchObject({ divergence: null, matched: report.events, outsideCalls: 0 });
  });

  test('stops with UNRECORDED_REQUEST when a request is not what it was, naming place and digests', async () => {
    const { store, report } = await played(wordsOf());
    // The same question put in other words: a changed prompt.
    mind = {
      ...unreachable,
      decide: ({ agent, progress }) =>
        requested<Answer>({ version: 2, agent: agent.id, step: progress.step }, () => null),
    };
    await expect(replay(store, report.run)).rejects.toMatchObject({
      code: 'UNRECORDED_REQUEST',
      message: expect.stringMatching(/round 1, agent 0, step 0, call 0: .*[0-9a-f]{64}.*[0-9a-f]{64}/),
    });
    mind = unreachable;
    const answers = answersIn(await eventsOf(store, report.run));
    const [chosen] = answers.slice(37) as [StoredAnswer];
    const forged = forge(store, (event) =>
      event.type === 'MindAnswered' &&
      event.agent === chosen.agent &&
      event.round === chosen.round &&
      event.data.step === chosen.step
        ? { ...event, data: { ...event.data, request: event.data.request.replaceAll('a', 'b') } }
        : event,
    );
    await expect(replay(forged, report.run)).rejects.toMatchObject({
      code: 'UNRECORDED_REQUEST',
      message: expect.stringContaining(`round ${chosen.round}, agent ${chosen.agent}, step ${chosen.step}`),
    });
  });

  test('L2 an answer that was changed in the log shows as what it leads to', async () => {
    const { store, report } = await played(wordsOf());
    mind = unreachable;
    const events = await eventsOf(store, report.run);
    const rated = events.find(({ type }) => type === 'FilmRated');
    const from = rated?.causes.find(({ role }) => role === 'answered-by')?.position;
    const forged = forge(store, (event) =>
      event.position === from && event.type === 'MindAnswered'
        ? { ...event, data: { ...event.data, answer: '{"rating":1,"feeling":"Forged."}' } }
        : event,
    );
    expect((await replay(forged, report.run)).divergence).toMatchObject({
      position: rated?.position,
      replayed: { data: { rating: 1, feeling: 'Forged.' } },
    });
  });
});

describe('a branch', () => {
  test('L3 that changes nothing asks nothing, from any round', async () => {
    const { store, report } = await played(wordsOf());
    mind = wordsOf(() => Promise.reject(new TypeError('the outside was called')));
    for (let round = 0; round <= report.rounds; round++)
      expect(await branch(store, report.run, round, [])).toMatchObject({ digest: report.digest, outsideCalls: 0 });
  });

  test('asks where its situation differs and nowhere else, and its sister not even there', async () => {
    const { store, report } = await played(wordsOf());
    const asked: string[] = [];
    mind = wordsOf((answer, request) => {
      asked.push(`${String(request['round'])}/${String(request['agent'])}/${String(request['kind'])}`);
      return answer();
    });
    // Only agent 2 is ever asked whom to talk to, and only that question shows it its contacts.
    const alone = [{ key: 'agent.2.contacts', value: [] }];
    const child = await branch(store, report.run, 1, alone);
    expect(asked).toEqual(['2/2/social', '3/2/social']);
    expect(child.outsideCalls).toBe(2);
    expect(child.digest).not.toBe(report.digest);
    expect(await branch(store, report.run, 1, alone)).toMatchObject({ digest: child.digest, outsideCalls: 0 });
    expect(await branch(store, child.run, 2, [])).toMatchObject({ digest: child.digest, outsideCalls: 0 });
    expect(await replay(store, child.run)).toMatchObject({ divergence: null });
    // The parent's answers are still its own.
    expect(await replay(store, report.run)).toMatchObject({ divergence: null });
  });

  test('asks as often as there are requests that the parent never made', async () => {
    const { store, report } = await played(wordsOf());
    const before = new Set((await journalOf(store, report.run)).map((answer) => placeOf(answer) + answer.request));
    const child = await branch(store, report.run, 1, [{ key: 'slate.size', value: 4 }]);
    const answers = answersIn(await eventsOf(store, child.run)).map((answer) => placeOf(answer) + answer.request);
    expect(child.outsideCalls).toBe(answers.filter((answer) => !before.has(answer)).length);
    expect(child.outsideCalls).toBeGreaterThan(0);
    // Where to go is asked without a look at slates: those answers are shared.
    expect(child.outsideCalls).toBeLessThan(answers.length);
    await expectLawful(store, child.run);
  });
});

/** Replies that are not what was asked for, or not what is allowed. SELF stands for the id of the one who is asked. */
const HOSTILE: readonly string[] = [
  '',
  ' ',
  'I would rather watch a film.',
  'null',
  'true',
  '42',
  '-0',
  '1e999',
  'NaN',
  '[]',
  '{}',
  '[{"place":"recommender"}]',
  '"recommender"',
  '{"place":"recommender"',
  '{"place":"recommender"} and more',
  '```json\n{"place":"recommender"}\n```',
  '\ufeff{"place":"recommender"}',
  '{"place":"toString"}',
  '{"place":["recommender"]}',
  '{"place":"recommender","mood":"fine"}',
  '{"__proto__":{"polluted":true},"place":"recommender"}',
  '{"__proto__":{"place":"quit","do":"silence","rating":5,"feeling":""}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"do":"watch"}',
  '{"do":"watch","film":null}',
  '{"do":"watch","film":"1"}',
  '{"do":"watch","film":1.5}',
  '{"do":"watch","film":-1}',
  '{"do":"watch","film":1e21}',
  '{"do":"watch","film":987654321}',
  '{"do":"search","query":""}',
  '{"do":"search","query":"\\ud800"}',
  '{"do":"search","query":{"toString":"x"}}',
  '{"rating":0,"feeling":""}',
  '{"rating":6,"feeling":""}',
  '{"rating":4.5,"feeling":""}',
  '{"rating":"5","feeling":""}',
  '{"rating":5}',
  '{"rating":5,"feeling":"\\udfff\\ud800"}',
  '{"do":"chat","partner":987654321,"turns":[{"text":"Hello","films":[],"liking":[]}]}',
  '{"do":"chat","partner":SELF,"turns":[{"text":"to myself","films":[],"liking":[]}]}',
  '{"do":"chat","partner":0,"turns":[]}',
  '{"do":"post","post":{"text":"Look","films":[987654321],"liking":[1]}}',
  '{"do":"post","post":{"text":"Look","films":[1],"liking":[]}}',
  '{"do":"post","post":{"text":"Look","films":[1],"liking":[2]}}',
  '{"do":"post","post":{"from":0,"text":"in the name of another","films":[],"liking":[]}}',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `{"a":`.repeat(2000),
  'x'.repeat(300_000),
  `{"place":"${'recommender'.repeat(10_000)}"}`,
  'half a pair: \ud83c, and the other half: \udfac',
  'nothing\u0000after this; DROP TABLE answers; --',
  '\u202e}"reversed":"ecalp"{',
];

describe('answers that cannot be understood', () => {
  const saying = (text: string): OutsideReply => ({ text, tokensIn: 3, tokensOut: 2, price: 1 });
  const hostile = (turn: number, { agent }: { readonly [key: string]: unknown }): OutsideReply =>
    saying((HOSTILE[turn % HOSTILE.length] as string).replaceAll('SELF', String(agent)));
  const KINDS: readonly Question['kind'][] = ['place', 'page', 'reaction', 'social'];
  const least: { readonly [K in Question['kind']]: RegExp } = {
    place: /"idle"/,
    page: /"VisitLeft".*"content"/,
    reaction: /"FilmRated".*"rating":3.*"feeling":""/,
    social: /"StayedSilent"/,
  };

  test.each(KINDS)(
    'at the question of %s, always: the agent does as little as possible and the round goes on (RecAgent, fault 6)',
    async (kind) => {
      let turn = 0;
      const babbling = wordsOf(async (answer, request) => {
        if (request['kind'] === kind) return hostile(turn++, request);
        return kind === 'social' && request['kind'] === 'place' ? saying('{"place":"social"}') : answer();
      });
      const { store, report } = await played(babbling, { concurrency: 1 });
      expect(report.status).toBe('finished');
      const events = await expectLawful(store, report.run);
      const decided = events.filter(
        (event) =>
          isDecision(event) && 'grounds' in event.data && event.data.grounds.reason.startsWith('no readable answer'),
      );
      expect(decided.length).toBeGreaterThan(0);
      for (const event of decided) {
        expect(JSON.stringify({ type: event.type, ...event.data })).toMatch(least[kind]);
        expect(event.causes.filter(({ role }) => role === 'answered-by')).toHaveLength(3);
      }
      // All of them were said; one that was accepted by chance would show as fewer than three attempts.
      expect(turn).toBe(decided.length * 3);
      expect(turn).toBeGreaterThanOrEqual(HOSTILE.length);
    },
  );

  test('each of them, on the first attempt: asked again, understood, and decided as if nothing had been', async () => {
    const { store: undisturbed, report: plain } = await played(wordsOf());
    const decisions = (events: readonly LogEvent[]): unknown[] =>
      events
        .filter(({ type }) => type !== 'MindAnswered' && type !== 'RoundClosed')
        .map(({ type, agent, round, data }) => ({ type, agent, round, data }));
    const essence = (list: unknown[]): string =>
      JSON.stringify(list.filter((item) => !/"(RecommenderTrained)"/.test(JSON.stringify(item))));
    const expected = essence(decisions(await eventsOf(undisturbed, plain.run)));
    let spoilt = new Set<string>();
    let next = 0;
    const stammering = wordsOf(async (answer, request) => {
      const key = JSON.stringify(request);
      if (spoilt.has(key)) return answer();
      spoilt.add(key);
      return hostile(next++, request);
    });
    const { store, report } = await played(
      stammering,
      { concurrency: 1 },
      openSqliteStore(join(folder, 'hostile.rashomon')),
    );
    expect(next).toBeGreaterThan(HOSTILE.length);
    expect(report.outsideCalls).toBe(plain.outsideCalls * 2);
    const events = await expectLawful(store, report.run);
    expect(essence(decisions(events))).toBe(expected);
    expect(inOrder(await journalOf(store, report.run))).toEqual(inOrder(answersIn(events)));
    // The branch asks for none of it again, neither for the bad attempts nor for the good ones.
    spoilt = new Set();
    expect(await branch(store, report.run, 0, [])).toMatchObject({ digest: report.digest, outsideCalls: 0 });
    await store.close();
  });

  test('nothing of them reaches the prototypes', () => {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('place');
  });

  test('text that UTF-8 cannot hold is kept as the log can hold it, the same in the journal and the log', async () => {
    const { store, report } = await played(
      wordsOf(async (answer, request) => (request['kind'] === 'reaction' ? saying('\ud800') : answer())),
    );
    const texts = answersIn(await eventsOf(store, report.run))
      .filter(({ tokensIn, tokensOut }) => tokensIn === 3 && tokensOut === 2)
      .map(({ answer }) => answer);
    expect(new Set(texts)).toEqual(new Set(['\ufffd']));
    expect(inOrder(await journalOf(store, report.run))).toEqual(inOrder(answersIn(await eventsOf(store, report.run))));
  });
});

describe('late answers', () => {
  test('L1 in any order and at any concurrency: the same log', async () => {
    const { digest } = clean;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 5, maxLength: 20 }),
        async (concurrency, delays) => {
          let asked = 0;
          let underWay = 0;
          let most = 0;
          const slow = wordsOf(async (answer) => {
            underWay += 1;
            most = Math.max(most, underWay);
            for (let turns = delays[asked++ % delays.length] as number; turns > 0; turns--)
              await new Promise((resolve) => setImmediate(resolve));
            underWay -= 1;
            return answer();
          });
          const { report } = await played(slow, { concurrency });
          expect(report.digest).toBe(digest);
          expect(most).toBeLessThanOrEqual(concurrency);
          if (concurrency > 1) expect(most).toBeGreaterThan(1);
        },
      ),
      { numRuns: 8 },
    );
  });

  test('an answer that never comes does not hold up an abort', async () => {
    const stop = new AbortController();
    let asked = 0;
    const silent = wordsOf((answer) => {
      asked += 1;
      if (asked < 30) return answer();
      setImmediate(() => stop.abort());
      return new Promise<OutsideReply>(() => undefined);
    });
    const store = memoryStore();
    await expect(played(silent, { signal: stop.signal }, store)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const { run } = await onlyRun(store);
    mind = wordsOf();
    expect((await resume(store, run)).digest).toBe(clean.digest);
  });
});

describe('an outside that fails', () => {
  test('ends the run with its own error, as failed; what is paid for is kept, resuming asks for the rest', async () => {
    const { digest, outsideCalls } = clean;
    class OverQuota extends Error {
      readonly code = 'OVER_QUOTA';
    }
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: outsideCalls - 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (answered, concurrency) => {
          let asked = 0;
          const failing = wordsOf(async (answer) => {
            asked += 1;
            // From then on for everybody, as it is with a quota.
            if (asked > answered) throw new OverQuota('no calls left');
            return answer();
          });
          const store = memoryStore();
          await expect(played(failing, { concurrency }, store)).rejects.toThrow(OverQuota);
          const { run, status } = await onlyRun(store);
          expect(status).toBe('failed');
          expect(await journalOf(store, run)).toHaveLength(answered);
          expect((await eventsOf(store, run)).at(-1)?.type).toBe('RoundClosed');
          mind = wordsOf();
          expect(await resume(store, run, { concurrency })).toMatchObject({
            digest,
            outsideCalls: outsideCalls - answered,
            status: 'finished',
          });
        },
      ),
      { numRuns: 10 },
    );
  });

  test('nobody is asked any more once one request has failed, though other turns were under way', async () => {
    let asked = 0;
    const store = memoryStore();
    const failing = wordsOf(async (answer) => {
      asked += 1;
      const mine = asked;
      // The others answer after the failure is known.
      await new Promise((resolve) => setTimeout(resolve, mine === 20 ? 1 : 15));
      if (mine === 20) throw new TypeError('hung up');
      return answer();
    });
    await expect(played(failing, { concurrency: 8 }, store)).rejects.toThrow('hung up');
    const then = asked;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(asked).toBe(then);
    // What was under way was paid for and is kept when it arrives.
    const { run } = await onlyRun(store);
    expect(await journalOf(store, run)).toHaveLength(then - 1);
    expect((await RunLog.open(store, run)).record.progress.status).toBe('failed');
  });
});
