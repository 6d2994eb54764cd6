/**
 * What a bandit has learnt from its trials: the sums that Li, Chu, Langford & Schapire, "A contextual-bandit approach
 * to personalized news article recommendation", WWW 2010, keep in algorithm 2 (hybrid LinUCB), for arms whose own
 * feature is the constant 1. With z the features of a trial of film i and r its reward:
 *
 *   n_i = trials,  c_i = Σ z,  d_i = Σ r     for each film          Σ z zᵀ,  Σ r z     over all films
 *
 * Only sums are kept, so what was learnt in which round makes no difference but for rounding, and the order of trials
 * is that of the log.
 */
import { type ByteReader, type ByteWriter, MalformedBytes } from '@rashomon/kernel';
import { type FilmColumns } from './bandit-features.ts';

export interface Trial {
  /** By index. */
  readonly film: number;
  /** In the columns of the film. */
  readonly values: Float64Array;
  /** 0 to 1. */
  readonly reward: number;
  readonly isWatched: boolean;
  /** Not in a trial that is imagined around a watch from before the run. */
  readonly wasShown: boolean;
}

export class BanditEvidence {
  readonly columns: FilmColumns;
  /** Σ z zᵀ, row-major; the lower half. */
  readonly gram: Float64Array;
  /** Σ r z */
  readonly moment: Float64Array;
  /** n_i */
  readonly trials: Float64Array;
  /** How many of them were no imagined ones, and how many of those led to a watch: for telling. */
  readonly shown: Float64Array;
  readonly watched: Float64Array;
  /** d_i */
  readonly rewards: Float64Array;
  /** c_i in the columns of the film, at its offsets. */
  readonly sums: Float64Array;

  constructor(columns: FilmColumns) {
    const { width, films } = columns;
    this.columns = columns;
    this.gram = new Float64Array(width * width);
    this.moment = new Float64Array(width);
    this.trials = new Float64Array(films.size);
    this.shown = new Float64Array(films.size);
    this.watched = new Float64Array(films.size);
    this.rewards = new Float64Array(films.size);
    this.sums = new Float64Array(columns.columns.length);
  }

  /** c_i; a view. */
  sumsOf(film: number): Float64Array {
    return this.sums.subarray(this.columns.offsets[film], this.columns.offsets[film + 1]);
  }

  learn({ film, values, reward, isWatched, wasShown }: Trial): void {
    const { offsets, columns } = this.columns;
    const start = offsets[film] as number;
    for (let a = 0; a < values.length; a++) {
      const column = columns[start + a] as number;
      this.moment[column] = (this.moment[column] as number) + reward * (values[a] as number);
      this.sums[start + a] = (this.sums[start + a] as number) + (values[a] as number);
    }
    addOuter(this, this.columns.of(film), values, 1);
    this.trials[film] = (this.trials[film] as number) + 1;
    this.shown[film] = (this.shown[film] as number) + (wasShown ? 1 : 0);
    this.watched[film] = (this.watched[film] as number) + (wasShown && isWatched ? 1 : 0);
    this.rewards[film] = (this.rewards[film] as number) + reward;
  }

  /**
   * The same over other films. What is known of a film that is gone stays in the shared sums, its intercept eliminated
   * as for any other.
   * @param prior imagined trials of each film
   */
  over(columns: FilmColumns, prior: number): BanditEvidence {
    if (columns.films === this.columns.films) return this.copy();
    const next = new BanditEvidence(columns);
    next.gram.set(this.gram);
    next.moment.set(this.moment);
    for (let film = 0; film < this.trials.length; film++) {
      const place = columns.films.indexOf(this.columns.films.ids[film] as number);
      const own = this.columns.of(film);
      const isSame = place >= 0 && sameColumns(own, columns.of(place));
      if (isSame) {
        next.trials[place] = this.trials[film] as number;
        next.shown[place] = this.shown[film] as number;
        next.watched[place] = this.watched[film] as number;
        next.rewards[place] = this.rewards[film] as number;
        next.sums.set(this.sumsOf(film), columns.offsets[place]);
      } else this.eliminate(film, prior, next);
    }
    return next;
  }

  /** Takes c cᵀ / (prior + n) and d c / (prior + n) of a film off the shared sums. */
  eliminate(film: number, prior: number, from: { readonly gram: Float64Array; readonly moment: Float64Array }): void {
    const own = this.columns.of(film);
    const sums = this.sumsOf(film);
    const trials = prior + (this.trials[film] as number);
    addOuter(from, own, sums, -1 / trials);
    for (let a = 0; a < own.length; a++) {
      const column = own[a] as number;
      from.moment[column] =
        (from.moment[column] as number) - ((sums[a] as number) * (this.rewards[film] as number)) / trials;
    }
  }

  copy(): BanditEvidence {
    const next = new BanditEvidence(this.columns);
    for (const [mine, other] of zipped(this.#parts(), next.#parts())) other.set(mine);
    return next;
  }

  write(to: ByteWriter): void {
    for (const part of this.#parts()) for (const value of part) to.float64(value);
  }

  /** @throws MalformedBytes */
  static read(from: ByteReader, columns: FilmColumns): BanditEvidence {
    const evidence = new BanditEvidence(columns);
    for (const part of evidence.#parts()) {
      for (let index = 0; index < part.length; index++) {
        part[index] = from.float64();
        if (!Number.isFinite(part[index])) throw new MalformedBytes('no number', from.offset);
      }
    }
    return evidence;
  }

  #parts(): readonly Float64Array[] {
    return [this.gram, this.moment, this.trials, this.shown, this.watched, this.rewards, this.sums];
  }
}

/** The lower half of gram += weight · values valuesᵀ, in the given columns, which ascend. */
function addOuter(
  { gram, moment }: { readonly gram: Float64Array; readonly moment: Float64Array },
  own: Int32Array,
  values: Float64Array,
  weight: number,
): void {
  const width = moment.length;
  for (let a = 0; a < own.length; a++) {
    const scaled = weight * (values[a] as number);
    const row = (own[a] as number) * width;
    for (let b = 0; b <= a; b++) {
      const at = row + (own[b] as number);
      gram[at] = (gram[at] as number) + scaled * (values[b] as number);
    }
  }
}

function sameColumns(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((column, place) => column === other[place]);
}

function zipped<T>(one: readonly T[], other: readonly T[]): readonly (readonly [T, T])[] {
  return one.map((each, index) => [each, other[index] as T] as const);
}
