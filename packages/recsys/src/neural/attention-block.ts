/**
 * One block of causal self-attention: Kang & McAuley, "Self-attentive sequential recommendation", ICDM 2018, section
 * III.B. For the rows X of one sequence, dropout being a factor for each element,
 *
 *   N = norm(X)     Y = X + dropout(softmax(N Q (N K)ᵀ / √d, each row seeing no later ones) N V)
 *   M = norm(Y)     X' = Y + dropout(relu(M W1 + b1) W2 + b2)
 *
 * Rows of many sequences stand one behind the other; only attention tells them apart.
 */
import { addToRows, sumOfRows } from './activations.ts';
import { normalise, normaliseBack, type Normalised } from './layer-norm.ts';
import type { LearntWeights, WeightShape } from './weights.ts';
import { columnsOf, type Matrix, rowsOf, turned, type Workspace } from './workspace.ts';

const WEIGHTS = [
  'scale 1',
  'shift 1',
  'attention',
  'scale 2',
  'shift 2',
  'inner',
  'inner bias',
  'outer',
  'outer bias',
] as const;
type Weight = (typeof WEIGHTS)[number];
/** The weights of block n start with n. */
export type BlockWeight = `${number} ${Weight}`;

/** The weights of block `index` for rows of `width`. 'attention' is Q, K and V side by side. */
export function blockShapes(index: number, width: number): { readonly [name in BlockWeight]: WeightShape } {
  const row: WeightShape = { rows: 1, columns: width };
  const square: WeightShape = { rows: width, columns: width, deviation: 1 / Math.sqrt(width) };
  const shapes: { readonly [weight in Weight]: WeightShape } = {
    'scale 1': { ...row, mean: 1 },
    'shift 1': row,
    attention: { ...square, columns: 3 * width },
    'scale 2': { ...row, mean: 1 },
    'shift 2': row,
    inner: square,
    'inner bias': row,
    outer: square,
    'outer bias': row,
  };
  return Object.fromEntries(WEIGHTS.map((weight) => [`${index} ${weight}`, shapes[weight]]));
}

/** Sequences whose rows stand one behind the other. */
export interface Packed {
  /** How many rows each sequence has. */
  readonly lengths: readonly number[];
  readonly rows: number;
}

/** Most rows of a batch, and of one sequence. */
export interface BlockSize {
  readonly width: number;
  readonly rows: number;
  readonly length: number;
}

type Stage =
  | 'given'
  | 'normal1'
  | 'standard1'
  | 'qkv'
  | 'mixed'
  | 'between'
  | 'normal2'
  | 'standard2'
  | 'inner'
  | 'outer'
  | 'slope'
  | 'slopeQkv';

export class AttentionBlock {
  readonly #space: Workspace;
  readonly #weights: LearntWeights<BlockWeight>;
  readonly #index: number;
  readonly #size: BlockSize;
  readonly #room: { readonly [stage in Stage]: Matrix };
  /** Of each sequence, how much each row looks at each other: a square of `length` rows. */
  readonly #looks: Matrix;
  readonly #slopeLooks: Matrix;
  readonly #inverses: readonly [Float32Array, Float32Array];
  /** Dropout factors for what attention and the inner layers add. */
  readonly factors: readonly [Float32Array, Float32Array];

  constructor(
    space: Workspace,
    weights: LearntWeights<BlockWeight>,
    { index, ...size }: BlockSize & { readonly index: number },
  ) {
    const { width, rows, length } = size;
    this.#space = space;
    this.#weights = weights;
    this.#index = index;
    this.#size = size;
    const wide = (): Matrix => space.matrix(rows, width);
    this.#room = {
      given: wide(),
      normal1: wide(),
      standard1: wide(),
      qkv: space.matrix(rows, 3 * width),
      mixed: wide(),
      between: wide(),
      normal2: wide(),
      standard2: wide(),
      inner: wide(),
      outer: wide(),
      slope: wide(),
      slopeQkv: space.matrix(rows, 3 * width),
    };
    // Sequences of no more than `length` rows each need no more than rows · length floats between them.
    this.#looks = space.matrix(rows, length);
    this.#slopeLooks = space.matrix(length, length);
    this.#inverses = [new Float32Array(rows), new Float32Array(rows)];
    this.factors = [new Float32Array(rows * width).fill(1), new Float32Array(rows * width).fill(1)];
  }

  /** The rows become those of X'. */
  forward(rows: Float32Array, packed: Packed): void {
    const floats = (stage: Stage): Float32Array => this.#floats(stage, packed.rows);
    const matrix = (stage: Stage): Matrix => this.#rows(stage, packed.rows);
    floats('given').set(rows);
    normalise(this.#norm(1, packed.rows), this.#value('scale 1'), this.#value('shift 1'));
    this.#space.multiply(matrix('normal1'), this.#weight('attention'), { out: matrix('qkv') });
    this.#attend(packed);
    addDropped(floats('between'), floats('given'), { added: floats('mixed'), factors: this.factors[0] });
    normalise(this.#norm(2, packed.rows), this.#value('scale 2'), this.#value('shift 2'));
    this.#space.multiply(matrix('normal2'), this.#weight('inner'), { out: matrix('inner') });
    const inner = floats('inner');
    addToRows(inner, this.#value('inner bias'));
    for (let at = 0; at < inner.length; at++) inner[at] = Math.max(0, inner[at] as number);
    this.#space.multiply(matrix('inner'), this.#weight('outer'), { out: matrix('outer') });
    addToRows(floats('outer'), this.#value('outer bias'));
    addDropped(rows, floats('between'), { added: floats('outer'), factors: this.factors[1] });
  }

  /** Slopes by X' become slopes by X, and those by the weights are written. */
  backward(slopes: Float32Array, packed: Packed): void {
    const floats = (stage: Stage): Float32Array => this.#floats(stage, packed.rows);
    const matrix = (stage: Stage): Matrix => this.#rows(stage, packed.rows);
    // What the forward pass left in 'outer' and 'mixed' is not needed any more: their slopes take its place.
    dropped(slopes, this.factors[1], floats('outer'));
    this.#space.multiply(turned(matrix('inner')), matrix('outer'), { out: this.#slope('outer') });
    sumOfRows(floats('outer'), this.#slopeValue('outer bias'));
    this.#space.multiply(matrix('outer'), turned(this.#weight('outer')), { out: matrix('slope') });
    const [inner, slopeInner] = [floats('inner'), floats('slope')];
    for (let at = 0; at < inner.length; at++) if ((inner[at] as number) <= 0) slopeInner[at] = 0;
    this.#space.multiply(turned(matrix('normal2')), matrix('slope'), { out: this.#slope('inner') });
    sumOfRows(slopeInner, this.#slopeValue('inner bias'));
    this.#space.multiply(matrix('slope'), turned(this.#weight('inner')), { out: matrix('outer') });
    this.#normBack(2, slopes, floats('outer'));

    dropped(slopes, this.factors[0], floats('mixed'));
    this.#attendBack(packed);
    this.#space.multiply(turned(matrix('normal1')), matrix('slopeQkv'), { out: this.#slope('attention') });
    this.#space.multiply(matrix('slopeQkv'), turned(this.#weight('attention')), { out: matrix('slope') });
    this.#normBack(1, slopes, floats('slope'));
  }

  /** mixed = softmax(Q Kᵀ / √d) V, sequence by sequence. */
  #attend({ lengths }: Packed): void {
    const scale = 1 / Math.sqrt(this.#size.width);
    this.#eachSequence(lengths, ({ first, length, looks, query, key, value }) => {
      this.#space.multiply(query('qkv'), turned(key('qkv')), { out: looks });
      const floats = this.#space.floats(looks);
      for (let row = 0; row < length; row++) {
        const start = row * length;
        for (let at = start; at <= start + row; at++) floats[at] = (floats[at] as number) * scale;
        this.#space.kernels.softmax(looks.at + start * 4, row + 1);
        floats.fill(0, start + row + 1, start + length);
      }
      this.#space.multiply(looks, value('qkv'), { out: rowsOf(this.#room.mixed, first, length) });
    });
  }

  /** Slopes by Q, K and V from those by 'mixed'. The slope of softmax is s (slope - Σ s slope). */
  #attendBack({ lengths }: Packed): void {
    const scale = 1 / Math.sqrt(this.#size.width);
    this.#eachSequence(lengths, ({ first, length, looks, query, key, value }) => {
      const mixed = rowsOf(this.#room.mixed, first, length);
      const slopeLooks = { ...this.#slopeLooks, rows: length, columns: length, row: length };
      this.#space.multiply(turned(looks), mixed, { out: value('slopeQkv') });
      this.#space.multiply(mixed, turned(value('qkv')), { out: slopeLooks });
      const [shares, slopes] = [this.#space.floats(looks), this.#space.floats(slopeLooks)];
      for (let start = 0; start < shares.length; start += length) {
        let mean = 0;
        for (let at = start; at < start + length; at++) mean += (shares[at] as number) * (slopes[at] as number);
        for (let at = start; at < start + length; at++)
          slopes[at] = (shares[at] as number) * ((slopes[at] as number) - mean) * scale;
      }
      this.#space.multiply(slopeLooks, key('qkv'), { out: query('slopeQkv') });
      this.#space.multiply(turned(slopeLooks), query('qkv'), { out: key('slopeQkv') });
    });
  }

  #eachSequence(lengths: readonly number[], visit: (sequence: Sequence) => void): void {
    const { width, length: longest } = this.#size;
    let first = 0;
    for (const length of lengths) {
      const start = first;
      const part =
        (place: number) =>
        (stage: 'qkv' | 'slopeQkv'): Matrix =>
          rowsOf(columnsOf(this.#room[stage], place * width, width), start, length);
      const looks = { at: this.#looks.at + start * longest * 4, row: length, column: 1, rows: length, columns: length };
      visit({ first, length, looks, query: part(0), key: part(1), value: part(2) });
      first += length;
    }
  }

  #norm(which: 1 | 2, rows: number): Normalised {
    const given = this.#floats(which === 1 ? 'given' : 'between', rows);
    return {
      given,
      out: this.#floats(`normal${which}`, rows),
      standard: this.#floats(`standard${which}`, rows),
      inverses: this.#inverses[which - 1] as Float32Array,
    };
  }

  #normBack(which: 1 | 2, given: Float32Array, out: Float32Array): void {
    const slopes = { out, given, scale: this.#slopeValue(`scale ${which}`), shift: this.#slopeValue(`shift ${which}`) };
    normaliseBack(this.#norm(which, out.length / this.#size.width), this.#value(`scale ${which}`), slopes);
  }

  #rows(stage: Stage, rows: number): Matrix {
    return rowsOf(this.#room[stage], 0, rows);
  }

  #floats(stage: Stage, rows: number): Float32Array {
    return this.#space.floats(this.#rows(stage, rows));
  }

  #weight(weight: Weight): Matrix {
    return this.#weights.value(`${this.#index} ${weight}`);
  }

  #slope(weight: Weight): Matrix {
    return this.#weights.slope(`${this.#index} ${weight}`);
  }

  #value(weight: Weight): Float32Array {
    return this.#space.floats(this.#weight(weight));
  }

  #slopeValue(weight: Weight): Float32Array {
    return this.#space.floats(this.#slope(weight));
  }
}

interface Sequence {
  readonly first: number;
  readonly length: number;
  readonly looks: Matrix;
  readonly query: (stage: 'qkv' | 'slopeQkv') => Matrix;
  readonly key: (stage: 'qkv' | 'slopeQkv') => Matrix;
  readonly value: (stage: 'qkv' | 'slopeQkv') => Matrix;
}

function addDropped(
  out: Float32Array,
  rows: Float32Array,
  { added, factors }: { readonly added: Float32Array; readonly factors: Float32Array },
): void {
  for (let at = 0; at < rows.length; at++)
    out[at] = (rows[at] as number) + (added[at] as number) * (factors[at] as number);
}

function dropped(slopes: Float32Array, factors: Float32Array, out: Float32Array): void {
  for (let at = 0; at < slopes.length; at++) out[at] = (slopes[at] as number) * (factors[at] as number);
}
