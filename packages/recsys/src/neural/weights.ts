/**
 * The weights of a network: named matrices, one after the other in one array, so that an optimiser steps over all of
 * them at once and a model keeps them in one piece. Some have a row for each film.
 */
import { type LuckOf, NOBODY } from '@rashomon/kernel';
import type { IdIndex } from '../interactions/id-index.ts';
import { Adam } from '../numerics/adam.ts';
import type { Matrix, Workspace } from './workspace.ts';

export interface WeightShape {
  /** A row for each film, which goes where the film goes. */
  readonly rows: number | 'films';
  readonly columns: number;
  /** Where learning starts: normal around `mean` with this deviation. */
  readonly mean?: number;
  readonly deviation?: number;
  /** The first columns alone start so, the others at 0; all by default. */
  readonly drawn?: number;
}

export type WeightShapes = { readonly [name: string]: WeightShape };

interface Place extends WeightShape {
  readonly count: number;
  readonly start: number;
  readonly stream: number;
}

/** Where each matrix stands among so many films. */
export class WeightLayout<Name extends string = string> {
  readonly #places = new Map<string, Place>();
  /** Floats in all; each matrix starts at a multiple of 4. */
  readonly size: number;

  constructor(shapes: { readonly [name in Name]: WeightShape }, films: number) {
    let start = 0;
    for (const [stream, [name, shape]] of Object.entries<WeightShape>(shapes).entries()) {
      const count = shape.rows === 'films' ? films : shape.rows;
      this.#places.set(name, { ...shape, count, start, stream });
      start += Math.ceil((count * shape.columns) / 4) * 4;
    }
    this.size = start;
  }

  place(name: Name): Place {
    return this.#places.get(name) as Place;
  }

  /** One matrix out of all, row by row: a view. */
  of(weights: Float32Array, name: Name): Float32Array {
    const { start, count, columns } = this.place(name);
    return weights.subarray(start, start + count * columns);
  }

  places(): Iterable<Place> {
    return this.#places.values();
  }
}

/** What a model before knew, by film. */
export interface KnownWeights {
  readonly films: IdIndex;
  readonly weights: Float32Array;
}

/**
 * Where learning starts: from the weights of the model before, and for films that it did not know (for everything,
 * without a model before) from keyed luck, so that nobody new changes another's.
 */
export function startingWeights(
  shapes: WeightShapes,
  films: IdIndex,
  { before, luck }: { readonly before: KnownWeights | null; readonly luck: LuckOf },
): Float32Array {
  if (before !== null && before.films.equals(films)) return before.weights.slice();
  const layout = new WeightLayout(shapes, films.size);
  const earlier = new WeightLayout(shapes, before?.films.size ?? 0);
  const weights = new Float32Array(layout.size);
  for (const name of Object.keys(shapes)) {
    const place = layout.place(name);
    const into = layout.of(weights, name);
    const known = before === null ? null : earlier.of(before.weights, name);
    const luckOf = luck.within('weights', place.stream);
    if (place.rows !== 'films') {
      if (known === null) draw(into, place, luckOf(NOBODY));
      else into.set(known);
      continue;
    }
    for (let row = 0; row < films.size; row++) {
      const id = films.ids[row] as number;
      const earlierRow = before?.films.indexOf(id) ?? -1;
      const target = into.subarray(row * place.columns, (row + 1) * place.columns);
      if (known !== null && earlierRow >= 0)
        target.set(known.subarray(earlierRow * place.columns, (earlierRow + 1) * place.columns));
      else draw(target, place, luckOf(id));
    }
  }
  return weights;
}

function draw(into: Float32Array, { columns, mean = 0, deviation = 0, drawn = columns }: Place, luck: LuckOf): void {
  const draws = luck.for('training');
  for (let at = 0; at < into.length; at++) {
    if (at % columns < drawn) into[at] = deviation === 0 ? mean : mean + deviation * draws.normal(at);
  }
}

/** Weights and their slopes in a workspace, and the optimiser that takes the one down the other. */
export class LearntWeights<Name extends string> {
  readonly layout: WeightLayout<Name>;
  readonly #space: Workspace;
  readonly #values: Matrix;
  readonly #slopes: Matrix;
  readonly #adam: Adam;

  constructor(space: Workspace, layout: WeightLayout<Name>, learningRate: number) {
    this.layout = layout;
    this.#space = space;
    this.#values = space.matrix(1, layout.size);
    this.#slopes = space.matrix(1, layout.size);
    this.#adam = new Adam(layout.size, learningRate);
  }

  value(name: Name): Matrix {
    return this.#part(this.#values, name);
  }

  /** Of the loss, by this weight. */
  slope(name: Name): Matrix {
    return this.#part(this.#slopes, name);
  }

  /** All of them: views. */
  get values(): Float32Array {
    return this.#space.floats(this.#values);
  }

  get slopes(): Float32Array {
    return this.#space.floats(this.#slopes);
  }

  step(): void {
    this.#adam.step(this.values, this.slopes);
  }

  #part({ at }: Matrix, name: Name): Matrix {
    const { start, count, columns } = this.layout.place(name);
    return { at: at + start * 4, row: columns, column: 1, rows: count, columns };
  }
}
