/**
 * The model of recommenders of factors: a row of numbers for each agent and film, who watched what, and the popular
 * films for whoever has no history. How the rows are learned and what they mean is in a file for each recommender.
 */
import {
  ByteReader,
  ByteWriter,
  type Contribution,
  MalformedBytes,
  type Model,
  type Ranking,
  sha256,
  type SlateRequest,
} from '@rashomon/kernel';
import { topFilms } from '../numerics/top-films.ts';
import { byMagnitude } from '../models/contributions.ts';
import type { Factors } from './factors.ts';
import { type Histories, readHistories, watchedBy, writeHistories } from '../interactions/histories.ts';
import { IdIndex } from '../interactions/id-index.ts';
import { readEnd, readFloats, readFormat, writeWords } from '../models/model-bytes.ts';
import { popularityIn, type PopularityOrder } from '../interactions/popularity-order.ts';
import { goesOnFrom } from '../interactions/warm-start.ts';

/** Longest factor that a recommender takes. */
export const DIMENSIONS_MAX = 512;

export interface FactorState {
  readonly count: number;
  /** How many interactions there were at the last full training. */
  readonly fullCount: number;
  /** What else a recommender counts from training to training; nothing, mostly. */
  readonly counters: readonly number[];
  readonly films: IdIndex;
  readonly histories: Histories;
  readonly factors: Factors;
}

/** How a state is written. */
export interface FactorFormat {
  /** The first byte. */
  readonly number: number;
  /** Floats in the row of an agent. */
  readonly dimensions: number;
  /** Floats in the row of a film. */
  readonly filmWidth: number;
  readonly counters: number;
}

export abstract class FactorModel implements Model {
  readonly state: FactorState;
  readonly count: number;
  readonly digest: string;
  abstract readonly explains: Model['explains'];
  readonly #format: FactorFormat;
  #popularity: PopularityOrder | undefined;

  constructor(state: FactorState, format: FactorFormat) {
    this.state = state;
    this.count = state.count;
    this.#format = format;
    this.digest = sha256(this.toBytes());
  }

  /** Scores of all films for the agent of that row. */
  protected abstract scoresFor(row: number): Float32Array;

  /** What each of the watched films (indices) adds to the score of film `target` for the agent of that row. */
  protected abstract shares(row: number, target: number, watched: Int32Array): readonly number[];

  /** For somebody without history scores are shares of the agents that watched the film. */
  recommend({ agent, count, excluded }: SlateRequest): Ranking {
    const row = this.#rowOf(agent);
    if (row < 0) return this.#popular().rank(count, excluded);
    return topFilms(this.scoresFor(row), this.state.films.ids, count, excluded);
  }

  explain(agent: number, film: number): readonly Contribution[] {
    const { films, histories } = this.state;
    const row = this.#rowOf(agent);
    if (row < 0) return this.#popular().explain(film);
    const target = films.indexOf(film);
    if (target < 0) return [];
    const watched = watchedBy(histories, agent);
    return byMagnitude(
      this.shares(row, target, watched).map((weight, place) => ({
        film: films.ids[watched[place] as number] as number,
        weight,
      })),
    );
  }

  /** The state to go on learning from with so many interactions; null where learning is to start anew. */
  continuedWith(count: number): FactorState | null {
    return goesOnFrom(this.state, count) ? this.state : null;
  }

  toBytes(): Uint8Array {
    const { count, fullCount, counters, films, histories, factors } = this.state;
    const writer = new ByteWriter(
      64 +
        4 *
          (factors.users.length +
            factors.films.length +
            histories.columns.length +
            2 * histories.offsets.length +
            films.size),
    );
    writer.byte(this.#format.number);
    for (const value of [this.#format.dimensions, count, fullCount, ...counters]) writer.uint(value);
    films.write(writer);
    writeHistories(writer, histories);
    writeWords(writer, factors.users);
    writeWords(writer, factors.films);
    return writer.view();
  }

  /** -1 for somebody who watched nothing that is still in the catalogue. */
  #rowOf(agent: number): number {
    const { agents, offsets } = this.state.histories;
    const row = agents.indexOf(agent);
    return row >= 0 && offsets[row] !== offsets[row + 1] ? row : -1;
  }

  #popular(): PopularityOrder {
    return (this.#popularity ??= popularityIn(this.state.histories, this.state.films));
  }
}

/** What `toBytes` wrote. @throws MalformedBytes also for a model of other dimensions */
export function readFactorState(bytes: Uint8Array, format: FactorFormat): FactorState {
  const reader = new ByteReader(bytes);
  readFormat(reader, format.number);
  const found = reader.uint();
  if (found !== format.dimensions)
    throw new MalformedBytes(`model of ${found} dimensions, expected ${format.dimensions}`, reader.offset);
  const [count, fullCount] = [reader.uint(), reader.uint()];
  const counters = Array.from({ length: format.counters }, () => reader.uint());
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  const factors = {
    users: readFloats(reader, histories.agents.size * format.dimensions),
    films: readFloats(reader, films.size * format.filmWidth),
  };
  readEnd(reader);
  return { count, fullCount, counters, films, histories, factors };
}
