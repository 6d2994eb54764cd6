/** Rows of numbers for agents and films: what recommenders of factors learn, and where the learning starts. */
import type { LuckOf } from '@rashomon/kernel';
import type { IdIndex } from '../interactions/id-index.ts';

/** Row-major. How long a row is, and what its numbers mean, each recommender says. */
export interface Factors {
  readonly users: Float32Array;
  readonly films: Float32Array;
}

/** Whose rows there are: those of agents with a history, and of films. */
export interface FactorOwners {
  readonly histories: { readonly agents: IdIndex };
  readonly films: IdIndex;
}

/** How the rows of those whom no model knew begin: normal factors, and zeros for what else is in a row. */
export interface FactorStart {
  readonly dimensions: number;
  /** Floats in the row of a film, at least `dimensions`. */
  readonly filmWidth: number;
  /** Standard deviation of a factor. */
  readonly deviation: number;
}

/**
 * New rows: those of the model before for whom it knew, and for the others rows from luck, keyed by agent and film id
 * so that nobody new changes another's.
 */
export function startingFactors(
  { histories, films }: FactorOwners,
  { dimensions, filmWidth, deviation }: FactorStart,
  { before, luck }: { readonly before: (FactorOwners & { readonly factors: Factors }) | null; readonly luck: LuckOf },
): Factors {
  const drawnFrom =
    (luckOf: (id: number) => LuckOf) =>
    (id: number, row: Float32Array): void => {
      const draws = luckOf(id).for('training');
      for (let k = 0; k < dimensions; k++) row[k] = deviation * draws.normal(k);
    };
  const users = { width: dimensions, start: drawnFrom(luck.within('factors of users')) };
  const ofFilms = { width: filmWidth, start: drawnFrom(luck.within('factors of films')) };
  return {
    users: carriedRows(histories.agents, before && { ids: before.histories.agents, rows: before.factors.users }, users),
    films: carriedRows(films, before && { ids: before.films, rows: before.factors.films }, ofFilms),
  };
}

/** New rows of `width` floats: copies of those known by id; each other is 0 until `start` has filled it. */
export function carriedRows(
  { ids }: IdIndex,
  known: { readonly ids: IdIndex; readonly rows: Float32Array } | null,
  { width, start }: { readonly width: number; readonly start?: (id: number, row: Float32Array) => void },
): Float32Array {
  const rows = new Float32Array(ids.length * width);
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] as number;
    const row = rows.subarray(index * width, (index + 1) * width);
    const place = known?.ids.indexOf(id) ?? -1;
    if (known !== null && place >= 0) row.set(known.rows.subarray(place * width, (place + 1) * width));
    else start?.(id, row);
  }
  return rows;
}
