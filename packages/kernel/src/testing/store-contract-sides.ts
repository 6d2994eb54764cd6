/** The store contract: what is kept beside the log. Artefacts, snapshots, answers from outside. */
import { sha256 } from '../encoding/sha256.ts';
import { expectSame } from './store-expect.ts';
import type { ContractCases } from './store-harness.ts';
import { sampleAnswer, sampleHeader, sampleProgress } from './store-records.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const sideCases: ContractCases = {
  'artefacts are found by their digest': async ({ store, reopen }) => {
    const artefacts = ['', 'catalogue', 'x'.repeat(300_000)].map(bytesOf);
    for (const bytes of artefacts) await store.putArtefact(sha256(bytes), bytes);
    const other = await reopen();
    for (const bytes of artefacts)
      expectSame(sha256((await other.artefact(sha256(bytes))) ?? 'none'), sha256(bytes), 'artefact');
    await other.close();
    expectSame(await store.artefact(sha256('another')), undefined, 'an artefact that was never put');
  },

  'the same artefact twice is one': async ({ store }) => {
    const bytes = bytesOf('catalogue');
    await store.putArtefact(sha256(bytes), bytes);
    await store.putArtefact(sha256(bytes), bytes);
    expectSame(await store.artefact(sha256(bytes)), bytes, 'artefact');
  },

  'an artefact keeps its bytes when the writer goes on using the buffer': async ({ store }) => {
    const bytes = bytesOf('catalogue');
    const digest = sha256(bytes);
    await store.putArtefact(digest, bytes);
    bytes.fill(0);
    expectSame(await store.artefact(digest), bytesOf('catalogue'), 'artefact');
  },

  'the latest snapshot at or before a round is given': async ({ store }) => {
    await store.create(sampleHeader('a'), sampleProgress(0));
    await store.create(sampleHeader('b'), sampleProgress(0));
    for (const round of [0, 20, 10]) await store.putSnapshot('a', 'agents', round, bytesOf(`agents at ${round}`));
    await store.putSnapshot('a', 'system', 5, bytesOf('system'));
    await store.putSnapshot('b', 'agents', 15, bytesOf('other run'));
    const asked = async (round: number): Promise<unknown> => store.snapshot('a', 'agents', round);
    expectSame(await asked(-1), undefined, 'before the first');
    expectSame(await asked(9), { round: 0, bytes: bytesOf('agents at 0') }, 'at 9');
    expectSame(await asked(10), { round: 10, bytes: bytesOf('agents at 10') }, 'at 10');
    expectSame(await asked(1000), { round: 20, bytes: bytesOf('agents at 20') }, 'at 1000');
    expectSame(await store.snapshot('a', 'unknown', 1000), undefined, 'of an unknown projection');
  },

  'a snapshot taken again replaces the first; dropped snapshots are gone, those of other runs stay': async ({
    store,
    reopen,
  }) => {
    await store.create(sampleHeader('a'), sampleProgress(0));
    await store.create(sampleHeader('b'), sampleProgress(0));
    await store.putSnapshot('a', 'agents', 4, bytesOf('old'));
    await store.putSnapshot('a', 'agents', 4, bytesOf('new'));
    await store.putSnapshot('b', 'agents', 4, bytesOf('other'));
    expectSame(await store.snapshot('a', 'agents', 4), { round: 4, bytes: bytesOf('new') }, 'taken again');
    await store.dropSnapshots('a');
    const other = await reopen();
    expectSame(await other.snapshot('a', 'agents', 4), undefined, 'dropped');
    expectSame(await other.snapshot('b', 'agents', 4), { round: 4, bytes: bytesOf('other') }, 'of the other run');
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
    for (const answer of answers) await store.putAnswer('r', answer);
    await store.putAnswer('r', sampleAnswer({ round: 4 }));
    await store.putAnswer('s', sampleAnswer({ agent: 1 }));
    const other = await reopen();
    expectSame(
      await other.answers('r', 3),
      [answers[4], answers[3], answers[2], answers[1], answers[0]],
      'answers of round 3',
    );
    await other.close();
    expectSame(await store.answers('r', 5), [], 'answers of a round without any');
    expectSame(await store.answers('t', 3), [], 'answers of a root without any');
  },

  'the first answer to a question stays': async ({ store }) => {
    await store.putAnswer('r', sampleAnswer({ answer: 'first', price: 10 }));
    await store.putAnswer('r', sampleAnswer({ answer: 'second', price: 20 }));
    expectSame(await store.answers('r', 3), [sampleAnswer({ answer: 'first', price: 10 })], 'answers');
  },
};
