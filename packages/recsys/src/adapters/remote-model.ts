/**
 * A model that lives on another machine: its name there, what is needed to check what it says, and the model that ranks
 * where it says nothing. Also with a server that is down or that lies a slate is whole.
 */
import {
  ByteWriter,
  type Contribution,
  type LuckOf,
  type MaybePromise,
  type Model,
  type Ranking,
  type RecommenderAnswer,
  setBit,
  sha256,
  type SlateRequest,
} from '@rashomon/kernel';
import { type Histories, writeHistories } from '../interactions/histories.ts';
import type { IdIndex } from '../interactions/id-index.ts';
import { converse, type Outcome, type RemoteContext } from './remote-conversation.ts';
import {
  contributionsOf,
  type Message,
  type Ranked,
  rankingOf,
  readRanked,
  recommendMessage,
  SLATE_FILMS_MAX,
  type SlateTerms,
  type Taught,
  termsOf,
} from './remote-protocol.ts';

export const FORMAT = 1;

/** Whole rankings are large: of more agents none is remembered. */
const RANKINGS_KEPT = 100;

/** What a training leaves. */
export interface RemoteParts {
  /** Null where the training got no answer: the fallback ranks alone. */
  readonly taught: Taught | null;
  readonly count: number;
  readonly films: IdIndex;
  /** Who watched what, for the check of reasons; empty where none are given. */
  readonly histories: Histories;
  /** Null where faults end the run. */
  readonly fallback: Model | null;
}

/**
 * The latest that was said for an agent. The same may be asked twice in a round, and has one answer; reasons are asked
 * for right after it.
 */
interface Latest {
  /** Names the request, round included. */
  readonly request: string;
  readonly outcome: Promise<Outcome<Ranked>>;
  /** Reasons by film; null where the fallback ranked it. */
  reasons: ReadonlyMap<number, readonly Contribution[] | null>;
}

const NOTHING_RANKED: Ranking = { films: [], scores: [] };

export class RemoteModel implements Model {
  readonly parts: RemoteParts;
  readonly count: number;
  readonly digest: string;
  readonly explains: Model['explains'];
  readonly outside: readonly RecommenderAnswer[];
  readonly #context: RemoteContext;
  readonly #latest = new Map<number, Latest>();

  /** @param outside what was said to train it, if it was trained just now */
  constructor(parts: RemoteParts, context: RemoteContext, outside: readonly RecommenderAnswer[] = []) {
    const { taught, count, fallback } = parts;
    this.parts = parts;
    this.count = count;
    this.#context = context;
    this.outside = outside;
    this.explains = taught === null ? (fallback?.explains ?? 'nothing') : taught.explains ? 'approximate' : 'nothing';
    this.digest = sha256(this.toBytes());
  }

  /**
   * Scores are the remote's own, or count down to 1 where it gives none; what the fallback ranks alone has the
   * fallback's.
   */
  recommend(request: SlateRequest): MaybePromise<Ranking> {
    const { taught, fallback, films } = this.parts;
    const terms = termsOf(request, this.parts);
    if (terms.wanted === 0) return NOTHING_RANKED;
    // Without a name there is a fallback: without either the training would have ended the run.
    if (taught === null) return (fallback as Model).recommend(request);
    return this.#ask(recommendMessage(taught, request, films.ids), request, terms);
  }

  /** What was said with the agent's latest slate; nothing for other films, and nothing once loaded. */
  explain(agent: number, film: number, luck: LuckOf): MaybePromise<readonly Contribution[]> {
    const { taught, fallback } = this.parts;
    if (taught === null) return fallback?.explain(agent, film, luck) ?? [];
    if (!taught.explains) return [];
    const reasons = this.#latest.get(agent)?.reasons.get(film);
    return reasons === null ? (fallback?.explain(agent, film, luck) ?? []) : (reasons ?? []);
  }

  toBytes(): Uint8Array {
    const { taught, count, films, histories, fallback } = this.parts;
    const writer = new ByteWriter();
    writer.byte(FORMAT);
    writer.uint(count);
    writer.text(taught?.model ?? '');
    writer.byte(taught?.explains === true ? 1 : 0);
    films.write(writer);
    writeHistories(writer, histories);
    writer.byte(fallback === null ? 0 : 1);
    if (fallback !== null) writer.raw(fallback.toBytes());
    return writer.copy();
  }

  async #ask(message: Message, request: SlateRequest, terms: SlateTerms): Promise<Ranking> {
    const latest = this.#said(message, request, terms);
    const { said, reading } = await latest.outcome;
    const given = 'fault' in reading ? NOTHING_RANKED : rankingOf(reading.answer);
    const ranking = await this.#filled(given, request, terms.wanted);
    latest.reasons = reasonsFor(ranking.films, reading);
    return { ...ranking, outside: [said] };
  }

  #said(message: Message, { agent, count, luck }: SlateRequest, terms: SlateTerms): Latest {
    const request = sha256(message.body);
    const before = this.#latest.get(agent);
    if (before?.request === request) return before;
    const outcome = converse(message, luck, { read: (said) => readRanked(said, terms), context: this.#context });
    const latest: Latest = { request, outcome, reasons: new Map() };
    this.#latest.set(agent, latest);
    if (count > SLATE_FILMS_MAX && this.#latest.size > RANKINGS_KEPT)
      this.#latest.delete([...this.#latest.keys()][0] as number);
    return latest;
  }

  /** Films that are missing come from the fallback, with a score that is no larger than any before it. */
  async #filled(given: Ranking, request: SlateRequest, wanted: number): Promise<Ranking> {
    const { fallback } = this.parts;
    const { films, scores } = given;
    if (films.length === wanted || fallback === null) return given;
    if (films.length === 0) return fallback.recommend(request);
    const excluded = [...request.excluded];
    for (const film of films) setBit(excluded, film);
    const more = await fallback.recommend({ ...request, count: wanted - films.length, excluded });
    const least = Math.min(0, scores.at(-1) as number);
    return { ...more, films: [...films, ...more.films], scores: [...scores, ...more.films.map(() => least)] };
  }
}

function reasonsFor(films: readonly number[], reading: Outcome<Ranked>['reading']): Latest['reasons'] {
  const { films: given, because } = 'fault' in reading ? { films: [], because: undefined } : reading.answer;
  const said = new Map(given.map((film, rank) => [film, contributionsOf(because?.[rank] ?? [])]));
  return new Map(films.map((film) => [film, said.get(film) ?? null]));
}
