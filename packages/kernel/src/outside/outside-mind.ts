/**
 * A mind that thinks in words somewhere else.
 *
 * A decision of it is a dialogue, since one request may not do: a mind may recall before it decides, judge how
 * important something is, or let a second speaker have a say. The dialogue is a generator: it yields requests and is
 * resumed with what was read from their answers. It knows nothing of networks, records and retries: the recorder asks,
 * keeps and replays (recorded-mind.ts).
 */
import type { Json } from '../encoding/canonical-json.ts';
import type { Answer, Question } from '../ports/mind.ts';
import type { OutsideReply } from './answers.ts';

export interface OutsideRequest<T = unknown> {
  /** Everything the answer may depend on, and nothing else: its digest names the request. */
  readonly content: Json;
  /** What a text says; null when it cannot be understood or is not allowed: then the request is made again. */
  read(text: string): T | null;
}

/** Requests in an order that depends on the question and on the answers so far alone. */
export type Dialogue<T = Answer> = Generator<OutsideRequest, T, unknown>;

export interface OutsideMind {
  readonly name: string;
  /** Begins the dialogue of a decision; it returns the answer to the question. */
  decide(question: Question): Dialogue;
  ask(content: Json): Promise<OutsideReply>;
}

/** One request within a dialogue: `const words = yield* asked(content, read)`. */
export function* asked<T>(content: Json, read: (text: string) => T | null): Dialogue<T> {
  // Sound: a dialogue is resumed with what the request read.
  return (yield { content, read }) as T;
}
