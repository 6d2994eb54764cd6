/**
 * The network of SASRec: Kang & McAuley, "Self-attentive sequential recommendation", ICDM 2018. The films of a sequence
 * become rows
 *
 *   X = dropout(√d Y[film] + P[place])      then blocks of attention (attention-block.ts)      H = norm(X)
 *
 * and row t of H names the film after the t-th: its score is h·y, with the same rows Y as on the way in. Places count
 * from the end, so that the latest film of a short sequence stands where that of a long one does.
 */
import { AttentionBlock, type BlockWeight, blockShapes, type Packed } from './attention-block.ts';
import { normalise, normaliseBack, type Normalised } from './layer-norm.ts';
import type { Naming, SampledSoftmax } from './sampled-softmax.ts';
import { LearntWeights, WeightLayout, type WeightShape } from './weights.ts';
import { type Matrix, rowsOf, type Workspace } from './workspace.ts';

export type SasRecWeight = 'films' | 'places' | 'last scale' | 'last shift' | BlockWeight;

export interface SasRecSize {
  /** Length of a row; a multiple of 4. */
  readonly factors: number;
  readonly blocks: number;
  /** Films that a sequence may have. */
  readonly length: number;
}

export function sasRecShapes({ factors, blocks, length }: SasRecSize): {
  readonly [name in SasRecWeight]: WeightShape;
} {
  const deviation = 1 / factors;
  return {
    films: { rows: 'films', columns: factors, deviation },
    places: { rows: length, columns: factors, deviation },
    'last scale': { rows: 1, columns: factors, mean: 1 },
    'last shift': { rows: 1, columns: factors },
    ...Object.assign({}, ...Array.from({ length: blocks }, (_, index) => blockShapes(index, factors))),
  };
}

/** Sequences one behind the other. */
export interface SasRecBatch extends Packed {
  /** Film indices, `rows` of them. */
  readonly films: Int32Array;
}

export interface SasRecRoom {
  /** Films of the catalogue. */
  readonly films: number;
  /** Most rows of a batch. */
  readonly rows: number;
}

type Stage = 'rows' | 'slopes' | 'standard' | 'hidden' | 'slopeHidden';

/** Weights in a workspace, with room for one batch. */
export class SasRecNetwork {
  readonly weights: LearntWeights<SasRecWeight>;
  /** Dropout factors of the rows that go in; those of the blocks are theirs. */
  readonly factors: Float32Array;
  readonly blocks: readonly AttentionBlock[];
  readonly #space: Workspace;
  readonly #size: SasRecSize;
  readonly #room: { readonly [stage in Stage]: Matrix };
  readonly #inverses: Float32Array;

  constructor(
    space: Workspace,
    size: SasRecSize,
    { films, rows, learningRate }: SasRecRoom & { readonly learningRate: number },
  ) {
    const { factors: width, blocks, length } = size;
    this.#space = space;
    this.#size = size;
    this.weights = new LearntWeights(space, new WeightLayout(sasRecShapes(size), films), learningRate);
    const wide = (): Matrix => space.matrix(rows, width);
    this.#room = { rows: wide(), slopes: wide(), standard: wide(), hidden: wide(), slopeHidden: wide() };
    this.#inverses = new Float32Array(rows);
    this.factors = new Float32Array(rows * width).fill(1);
    this.blocks = Array.from(
      { length: blocks },
      (_, index) => new AttentionBlock(space, this.weights, { index, width, rows, length }),
    );
  }

  /** H, row by row: a view that the next call overwrites. */
  forward(batch: SasRecBatch): Float32Array {
    const rows = this.#floats('rows', batch.rows);
    this.#enter(batch, rows);
    for (const block of this.blocks) block.forward(rows, batch);
    normalise(this.#lastNorm(batch.rows), this.#value('last scale'), this.#value('last shift'));
    return this.#floats('hidden', batch.rows);
  }

  /** Fills the slopes with those of the mean loss of the rows. @returns that loss */
  slopesOf(batch: SasRecBatch, naming: Naming, softmax: SampledSoftmax): number {
    this.forward(batch);
    const [films, slopeFilms] = [this.weights.value('films'), this.weights.slope('films')];
    this.#space.floats(slopeFilms).fill(0);
    const hidden = { hidden: this.#rows('hidden', batch.rows), slopeHidden: this.#rows('slopeHidden', batch.rows) };
    const loss = softmax.slopesOf(naming, { ...hidden, films, slopeFilms });
    const slopes = this.#floats('slopes', batch.rows).fill(0);
    normaliseBack(this.#lastNorm(batch.rows), this.#value('last scale'), {
      out: this.#floats('slopeHidden', batch.rows),
      given: slopes,
      scale: this.#space.floats(this.weights.slope('last scale')),
      shift: this.#space.floats(this.weights.slope('last shift')),
    });
    for (const block of this.blocks.toReversed()) block.backward(slopes, batch);
    this.#leave(batch, slopes);
    return loss;
  }

  #enter({ films, lengths }: SasRecBatch, rows: Float32Array): void {
    const { factors: width } = this.#size;
    const [all, places] = [this.#value('films'), this.#value('places')];
    const scale = Math.sqrt(width);
    this.#eachRow(lengths, (row, place) => {
      const film = (films[row] as number) * width;
      for (let k = 0; k < width; k++) {
        const at = row * width + k;
        rows[at] =
          (scale * (all[film + k] as number) + (places[place * width + k] as number)) * (this.factors[at] as number);
      }
    });
  }

  /** Slopes by the rows that went in go to the films and places that they were made of. */
  #leave({ films, lengths }: SasRecBatch, slopes: Float32Array): void {
    const { factors: width } = this.#size;
    const all = this.#space.floats(this.weights.slope('films'));
    const places = this.#space.floats(this.weights.slope('places')).fill(0);
    const scale = Math.sqrt(width);
    this.#eachRow(lengths, (row, place) => {
      const film = (films[row] as number) * width;
      for (let k = 0; k < width; k++) {
        const at = row * width + k;
        const slope = (slopes[at] as number) * (this.factors[at] as number);
        all[film + k] = (all[film + k] as number) + scale * slope;
        places[place * width + k] = (places[place * width + k] as number) + slope;
      }
    });
  }

  /** Places from the end: the last film of each sequence stands at place 0. */
  #eachRow(lengths: readonly number[], visit: (row: number, place: number) => void): void {
    let row = 0;
    for (const length of lengths) for (let place = length - 1; place >= 0; place--) visit(row++, place);
  }

  #lastNorm(rows: number): Normalised {
    return {
      given: this.#floats('rows', rows),
      out: this.#floats('hidden', rows),
      standard: this.#floats('standard', rows),
      inverses: this.#inverses,
    };
  }

  #rows(stage: Stage, rows: number): Matrix {
    return rowsOf(this.#room[stage], 0, rows);
  }

  #floats(stage: Stage, rows: number): Float32Array {
    return this.#space.floats(this.#rows(stage, rows));
  }

  #value(name: SasRecWeight): Float32Array {
    return this.#space.floats(this.weights.value(name));
  }
}
