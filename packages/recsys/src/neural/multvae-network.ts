/**
 * The network of Mult-VAE^PR: Liang, Krishnan, Hoffman & Jebara, "Variational autoencoders for collaborative
 * filtering", WWW 2018. An agent's films x become a distribution over a latent z, and z a distribution over all films:
 *
 *   a = tanh(x A + a0)      [μ, ln σ²] = a B + b0      z = μ + σ ε      π = softmax(z F + f)
 *   loss = -Σ_j x_j ln π_j + β KL(N(μ, σ²) | N(0, 1))     (equations 2, 6 and 9, x_j = 1 for a film watched)
 *
 * The paper's own models have another tanh layer before the softmax; without it MovieLens 100K is learnt better and
 * faster. The slopes by all weights are written out below and held to finite differences by a test.
 */
import { exp, ln } from '@rashomon/kernel';
import { addToRows, sumOfRows, tanh } from './activations.ts';
import { LearntWeights, WeightLayout, type WeightShape } from './weights.ts';
import { type Matrix, rowsOf, turned, type Workspace } from './workspace.ts';

type Name = 'films in' | 'hidden bias' | 'latent' | 'latent bias' | 'films out';

/**
 * What follows the weights of a film in its row of 'films out', so that a row stays a multiple of 4 floats: its bias,
 * and nothing.
 */
export const BIAS_WORDS = 4;

/** ln σ² stays within these bounds, so that σ is a float whatever was learnt. */
const LOG_VARIANCE_MAX = 20;

export interface VaeSize {
  readonly hidden: number;
  readonly factors: number;
}

/**
 * Deviations of starting weights: Glorot & Bengio, AISTATS 2010, within; a history has length 1 however many films
 * there are.
 */
const FILMS_IN_DEVIATION = 0.1;
const FILMS_OUT_DEVIATION = 0.05;

export function vaeShapes({ hidden, factors }: VaeSize): { readonly [name in Name]: WeightShape } {
  return {
    'films in': { rows: 'films', columns: hidden, deviation: FILMS_IN_DEVIATION },
    'hidden bias': { rows: 1, columns: hidden },
    latent: { rows: hidden, columns: 2 * factors, deviation: Math.sqrt(2 / (hidden + factors)) },
    'latent bias': { rows: 1, columns: 2 * factors },
    'films out': { rows: 'films', columns: factors + BIAS_WORDS, deviation: FILMS_OUT_DEVIATION, drawn: factors },
  };
}

/** Some agents to learn from. Entry n of each list is of agent n. */
export interface VaeBatch {
  /** Indices of the films watched. */
  readonly watched: readonly Int32Array[];
  /** How much of each of them is shown: 0 where it was dropped. */
  readonly inputs: readonly Float32Array[];
  /** ε, `factors` numbers an agent. */
  readonly noise: Float32Array;
  /** β */
  readonly annealed: number;
}

/** What a batch goes through, and its slopes. */
type Stage = 'a' | 'slopeA' | 'latent' | 'slopeLatent' | 'z' | 'slopeZ' | 'shares';

/** Weights in a workspace, with room for one batch. */
export class VaeNetwork {
  readonly weights: LearntWeights<Name>;
  readonly #space: Workspace;
  readonly #size: VaeSize;
  readonly #room: { readonly [stage in Stage]: Matrix };

  constructor(
    space: Workspace,
    size: VaeSize,
    { films, batch, learningRate }: { readonly films: number; readonly batch: number; readonly learningRate: number },
  ) {
    const { hidden, factors } = size;
    this.#space = space;
    this.#size = size;
    this.weights = new LearntWeights(space, new WeightLayout(vaeShapes(size), films), learningRate);
    this.#room = {
      a: space.matrix(batch, hidden),
      slopeA: space.matrix(batch, hidden),
      latent: space.matrix(batch, 2 * factors),
      slopeLatent: space.matrix(batch, 2 * factors),
      z: space.matrix(batch, factors + BIAS_WORDS),
      slopeZ: space.matrix(batch, factors + BIAS_WORDS),
      shares: space.matrix(batch, films),
    };
  }

  /** Fills the slopes with those of the mean loss of the agents. @returns that loss */
  slopesOf(batch: VaeBatch): number {
    const rows = batch.watched.length;
    this.#encode(batch, rows);
    this.#sample(batch, rows);
    this.#decode(rows);
    const loss = this.#missing(batch, rows) + batch.annealed * this.#divergence(rows);
    this.#backToLatent(rows);
    this.#backThroughSample(batch, rows);
    this.#backToFilms(batch, rows);
    return loss / rows;
  }

  #rows(stage: Stage, rows: number): Matrix {
    return rowsOf(this.#room[stage], 0, rows);
  }

  #floats(stage: Stage, rows: number): Float32Array {
    return this.#space.floats(this.#rows(stage, rows));
  }

  #encode({ watched, inputs }: VaeBatch, rows: number): void {
    const { hidden } = this.#size;
    const weights = this.#space.floats(this.weights.value('films in'));
    const a = this.#floats('a', rows);
    const sums = new Float64Array(hidden);
    for (let row = 0; row < rows; row++) {
      sums.set(this.#space.floats(this.weights.value('hidden bias')));
      addRows(sums, weights, { rows: watched[row] as Int32Array, shares: inputs[row] as Float32Array });
      for (let k = 0; k < hidden; k++) a[row * hidden + k] = tanh(sums[k] as number);
    }
    this.#space.multiply(this.#rows('a', rows), this.weights.value('latent'), { out: this.#rows('latent', rows) });
    addToRows(this.#floats('latent', rows), this.#space.floats(this.weights.value('latent bias')));
  }

  /** z = μ + σ ε, and 1 for the bias of the films. */
  #sample({ noise }: VaeBatch, rows: number): void {
    const { factors } = this.#size;
    const latent = this.#floats('latent', rows);
    const z = this.#floats('z', rows).fill(0);
    for (let row = 0; row < rows; row++) {
      const [mean, to] = [2 * row * factors, row * (factors + BIAS_WORDS)];
      for (let k = 0; k < factors; k++) {
        const deviation = exp(clamped(latent[mean + factors + k] as number) / 2);
        z[to + k] = (latent[mean + k] as number) + deviation * (noise[row * factors + k] as number);
      }
      z[to + factors] = 1;
    }
  }

  #decode(rows: number): void {
    const shares = this.#rows('shares', rows);
    this.#space.multiply(this.#rows('z', rows), turned(this.weights.value('films out')), { out: shares });
    this.#space.softmaxRows(shares);
  }

  /**
   * -Σ ln π over the films watched. The shares become the slopes of the loss by the logits: n π - x, over the number of
   * agents.
   */
  #missing({ watched }: VaeBatch, rows: number): number {
    const shares = this.#floats('shares', rows);
    const films = this.#room.shares.columns;
    let missing = 0;
    for (let row = 0; row < rows; row++) {
      const found = watched[row] as Int32Array;
      const first = row * films;
      for (const film of found) missing -= ln(Math.max(shares[first + film] as number, Number.MIN_VALUE));
      const scale = found.length / rows;
      for (let at = first; at < first + films; at++) shares[at] = (shares[at] as number) * scale;
      for (const film of found) shares[first + film] = (shares[first + film] as number) - 1 / rows;
    }
    return missing;
  }

  /** KL = ½ Σ (μ² + σ² - 1 - ln σ²); its slopes, not yet times β, go where those of the latent are gathered. */
  #divergence(rows: number): number {
    const { factors } = this.#size;
    const latent = this.#floats('latent', rows);
    const slopes = this.#floats('slopeLatent', rows);
    let divergence = 0;
    for (let at = 0; at < rows * factors; at++) {
      const mean = at + Math.floor(at / factors) * factors;
      const logVariance = clamped(latent[mean + factors] as number);
      const variance = exp(logVariance);
      divergence += ((latent[mean] as number) * (latent[mean] as number) + variance - 1 - logVariance) / 2;
      slopes[mean] = (latent[mean] as number) / rows;
      slopes[mean + factors] = (variance - 1) / (2 * rows);
    }
    return divergence;
  }

  #backToLatent(rows: number): void {
    const shares = this.#rows('shares', rows);
    this.#space.multiply(turned(shares), this.#rows('z', rows), { out: this.weights.slope('films out') });
    this.#space.multiply(shares, this.weights.value('films out'), { out: this.#rows('slopeZ', rows) });
  }

  /** Slopes by μ and ln σ²: those of the divergence times β, and those that come back through z. */
  #backThroughSample({ noise, annealed }: VaeBatch, rows: number): void {
    const { factors } = this.#size;
    const latent = this.#floats('latent', rows);
    const slopes = this.#floats('slopeLatent', rows);
    const slopeZ = this.#floats('slopeZ', rows);
    for (let at = 0; at < noise.length; at++) {
      const row = Math.floor(at / factors);
      const mean = at + row * factors;
      const given = latent[mean + factors] as number;
      const slope = slopeZ[at + row * BIAS_WORDS] as number;
      const throughSigma = (slope * (noise[at] as number) * exp(clamped(given) / 2)) / 2;
      slopes[mean] = annealed * (slopes[mean] as number) + slope;
      // Beyond its bounds ln σ² changes nothing.
      slopes[mean + factors] =
        given === clamped(given) ? annealed * (slopes[mean + factors] as number) + throughSigma : 0;
    }
  }

  #backToFilms({ watched, inputs }: VaeBatch, rows: number): void {
    const { hidden } = this.#size;
    const [a, slopeA, slopeLatent] = [
      this.#rows('a', rows),
      this.#rows('slopeA', rows),
      this.#rows('slopeLatent', rows),
    ];
    this.#space.multiply(turned(a), slopeLatent, { out: this.weights.slope('latent') });
    sumOfRows(this.#space.floats(slopeLatent), this.#space.floats(this.weights.slope('latent bias')));
    this.#space.multiply(slopeLatent, turned(this.weights.value('latent')), { out: slopeA });
    const slopes = this.#space.floats(slopeA);
    throughTanh(slopes, this.#space.floats(a));
    sumOfRows(slopes, this.#space.floats(this.weights.slope('hidden bias')));
    const films = this.#space.floats(this.weights.slope('films in')).fill(0);
    for (let row = 0; row < rows; row++) {
      const shown = inputs[row] as Float32Array;
      const found = watched[row] as Int32Array;
      for (let place = 0; place < found.length; place++) {
        const share = shown[place] as number;
        if (share === 0) continue;
        const first = (found[place] as number) * hidden;
        for (let k = 0; k < hidden; k++)
          films[first + k] = (films[first + k] as number) + share * (slopes[row * hidden + k] as number);
      }
    }
  }
}

const clamped = (logVariance: number): number => Math.max(-LOG_VARIANCE_MAX, Math.min(LOG_VARIANCE_MAX, logVariance));

/** sums += Σ share_n · weights[rows_n], in this order. */
export function addRows(
  sums: Float64Array,
  weights: Float32Array,
  { rows, shares }: { readonly rows: Int32Array; readonly shares: Float32Array },
): void {
  const width = sums.length;
  for (let place = 0; place < rows.length; place++) {
    const share = shares[place] as number;
    if (share === 0) continue;
    const first = (rows[place] as number) * width;
    for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + share * (weights[first + k] as number);
  }
}

/** The slope of tanh is 1 - tanh². */
function throughTanh(slopes: Float32Array, values: Float32Array): void {
  for (let at = 0; at < slopes.length; at++)
    slopes[at] = (slopes[at] as number) * (1 - (values[at] as number) * (values[at] as number));
}
