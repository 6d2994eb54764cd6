/**
 * What is said to a recommender behind HTTP and what comes back, through the record of outside answers (docs/adr/0011).
 */
import {
  type AnswerPlace,
  answerTo,
  canonicalJson,
  type Json,
  type LuckOf,
  type OutsideContext,
  type RecommenderAnswer,
  sha256,
} from '@rashomon/kernel';
import { post, type RemoteServer } from './remote-client.ts';
import { type Message, PROTOCOL, type Reading } from './remote-protocol.ts';

/** No answer, and nobody named who ranks instead. What was answered before is kept: the run can be resumed. */
export class RemoteUnavailable extends Error {
  readonly code = 'REMOTE_UNAVAILABLE';

  constructor({ url, retries }: RemoteServer, path: Message['path'], fault: string) {
    const { origin, pathname } = new URL(`${url}${path}`);
    const tries = retries === 0 ? '' : ` (tried up to ${retries + 1} times)`;
    super(
      `the recommender at ${origin} gave no usable answer to POST ${pathname}: ${fault}${tries}; ` +
        'start its server or mend it, then resume the run; ' +
        'recommender.fallback names a recommender that ranks instead',
    );
    this.name = 'RemoteUnavailable';
  }
}

export interface RemoteContext {
  readonly server: RemoteServer;
  readonly outside: OutsideContext;
  /** Whether a fault ends the run; otherwise it is recorded like an answer. */
  readonly stopsAtFaults: boolean;
}

/** What came of a message: how it is logged, and how it reads. */
export interface Outcome<T> {
  readonly said: RecommenderAnswer;
  readonly reading: Reading<T>;
}

/**
 * The recorded outcome of a message, or a new one. What is used is always read from what was recorded.
 * @param luck whose: it tells the place in the run
 * @throws RemoteUnavailable where faults end the run; UnrecordedRequest in a replay; the reason of an abort
 */
export async function converse<T extends object>(
  message: Message,
  luck: LuckOf,
  { read, context }: { readonly read: (said: unknown) => Reading<T>; readonly context: RemoteContext },
): Promise<Outcome<T>> {
  const { server, outside, stopsAtFaults } = context;
  const place: AnswerPlace = { round: luck.round, agent: luck.agent, step: 0, call: 0 };
  // Not the host: the same server may move. Where faults end the run, none that was recorded elsewhere may count.
  const request: Json = {
    protocol: PROTOCOL,
    path: message.path,
    body: sha256(message.body),
    faults: stopsAtFaults ? 'end the run' : 'are recorded',
  };
  const ask = async (): Promise<{ text: string; tokensIn: number; tokensOut: number; price: number }> => {
    const outcome = await post(server, message, read);
    if ('fault' in outcome && stopsAtFaults) throw new RemoteUnavailable(server, message.path, outcome.fault);
    if ('fault' in outcome) outside.use.faults += 1;
    // Sound: answers are read from JSON, and faults are text.
    return { text: canonicalJson(outcome as unknown as Json), tokensIn: 0, tokensOut: 0, price: 0 };
  };
  const { request: digest, answer } = await answerTo(place, request, ask, outside);
  const reading = recorded(answer, read);
  if ('fault' in reading && stopsAtFaults) throw new RemoteUnavailable(server, message.path, reading.fault);
  return { said: { request: digest, answer }, reading };
}

/** Read as strictly as when it came: a record may have been made by other hands. */
function recorded<T>(text: string, read: (said: unknown) => Reading<T>): Reading<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'a record that is no JSON' };
  }
  const { answer, fault } = Object(value) as { readonly answer?: unknown; readonly fault?: unknown };
  return answer === undefined ? { fault: String(fault) } : read(answer);
}
