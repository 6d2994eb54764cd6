/** The store contract: what is kept beside the log. Artefacts, snapshots, answers from outside. */
import { sha256 } from '../encoding/sha256.ts';
import { expectSame } from './store-expect.ts';
import type { ContractCases } from './store-harness.ts';
import { sampleAnswer, sampleHeader, sampleProgress } from './store-records.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const sideCases: ContractCases = {
  'artefacts are found by their digest': async ({ store, reopen }) => {
    const artefacts = ['', 'catalogue', 'x'.repeat(300_000)].map(bytesOf);
    for (const bytes of artefacts) await store.artefacts.put(sha256(bytes), bytes);
    const other = await reopen();
    for (const bytes of artefacts)
      expectSame(sha256((await other.artefacts.get(sha256(bytes))) ?? 'none'), sha256(bytes), 'artefact');
    await other.close();
    expectSame(await store.artefacts.get(sha256('another')), undefined, 'an artefact that was never put');
  },

  'the same artefact twice is one': async ({ store }) => {
    const bytes = bytesOf('catalogue');
    await store.artefacts.put(sha256(bytes), bytes);
    await store.artefacts.put(sha256(bytes), bytes);
    expectSame(await store.artefacts.get(sha256(bytes)), bytes, 'artefact');
  },

  'an artefact keeps its bytes when the writer goes on using the buffer': async ({ store }) => {
    const bytes = bytesOf('catalogue');
    const digest = sha256(bytes);
    await store.artefacts.put(digest, bytes);
    bytes.fill(0);
    expectSame(await store.artefacts.get(digest), bytesOf('catalogue'), 'artefact');
  },

  'the latest snapshot at or before a round is given': async ({ store }) => {
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    await store.runs.create(sampleHeader('b'), sampleProgress(0));
    for (const round of [0, 20, 10]) await store.snapshots.put('a', 'agents', round, bytesOf(`agents at ${round}`));
    await store.snapshots.put('a', 'system', 5, bytesOf('system'));
    await store.snapshots.put('b', 'agents', 15, bytesOf('other run'));
    const asked = async (round: number): Promise<unknown> => store.snapshots.latest('a', 'agents', round);
    expectSame(await asked(-1), undefined, 'before the first');
    expectSame(await asked(9), { round: 0, bytes: bytesOf('agents at 0') }, 'at 9');
    expectSame(await asked(10), { round: 10, bytes: bytesOf('agents at 10') }, 'at 10');
    expectSame(await asked(1000), { round: 20, bytes: bytesOf('agents at 20') }, 'at 1000');
    expectSame(await store.snapshots.latest('a', 'unknown', 1000), undefined, 'of an unknown projection');
  },

  'a snapshot taken again replaces the first; dropped snapshots are gone, those of other runs stay': async ({
    store,
    reopen,
  }) => {
    await store.runs.create(sampleHeader('a'), sampleProgress(0));
    await store.runs.create(sampleHeader('b'), sampleProgress(0));
    await store.snapshots.put('a', 'agents', 4, bytesOf('old'));
    await store.snapshots.put('a', 'agents', 4, bytesOf('new'));
    await store.snapshots.put('b', 'agents', 4, bytesOf('other'));
    expectSame(await store.snapshots.latest('a', 'agents', 4), { round: 4, bytes: bytesOf('new') }, 'taken again');
    await store.snapshots.drop('a');
    const other = await reopen();
    expectSame(await other.snapshots.latest('a', 'agents', 4), undefined, 'dropped');
    expectSame(
      await other.snapshots.latest('b', 'agents', 4),
      { round: 4, bytes: bytesOf('other') },
      'of the other run',
    );
    await other.close();
  },

  'answers are kept per root and round, in the order of who asked': async ({ store, reopen }) => {
    const answers = [
      sampleAnswer({ agent: 9 }),
      sampleAnswer({ agent: 2, step: 3 }),
      sampleAnswer({ agent: 2, step: 1, attempt: 1, answer: '' }),
      sampleAnswer({ agent: 2, step: 1, attempt: 0, answer: '\ufeffline\nbreak, "quotes", 漢字 \u0000 \u{1f3ac}' }),
      sampleAnswer({ agent: 2, step: 1, attempt: 0, request: 'aa'.repeat(32), price: 9_007_199_254_740_991 }),
    ];
    for (const answer of answers) await store.answers.put('r', answer);
    await store.answers.put('r', sampleAnswer({ round: 4 }));
    await store.answers.put('s', sampleAnswer({ agent: 1 }));
    const other = await reopen();
    expectSame(
      await other.answers.of('r', 3),
      [answers[4], answers[3], answers[2], answers[1], answers[0]],
      'answers of round 3',
    );
    await other.close();
    expectSame(await store.answers.of('r', 5), [], 'answers of a round without any');
    expectSame(await store.answers.of('t', 3), [], 'answers of a root without any');
  },

  'the first answer to a question stays': async ({ store }) => {
    await store.answers.put('r', sampleAnswer({ answer: 'first', price: 10 }));
    await store.answers.put('r', sampleAnswer({ answer: 'second', price: 20 }));
    expectSame(await store.answers.of('r', 3), [sampleAnswer({ answer: 'first', price: 10 })], 'answers');
  },
};
