/**
 * What a bandit believes: the Gaussian posterior of the shared weights β and of each film's intercept θ_i, after the
 * trials in its evidence. It is the same in LinUCB, which adds its deviation to the mean, and in Thompson sampling,
 * which draws from it. With the intercepts eliminated (Li et al., WWW 2010, algorithm 2; λ = ridge, m = imagined trials
 * of each film that were worth 0):
 *
 *   A = λI + Σ z zᵀ - Σ_i c_i c_iᵀ / (m + n_i)      β ~ N(A^-1 b, A^-1)      b = Σ r z - Σ_i d_i c_i / (m + n_i)
 *   θ_i | β ~ N((d_i - c_i·β) / (m + n_i), 1 / (m + n_i))
 *
 * in units of the variance of a reward, which the exploration parameter α stands for.
 */
import { factorize, inverseOf, solveSymmetric, solveTransposed } from '../numerics/cholesky.ts';
import type { BanditEvidence } from './bandit-evidence.ts';

export interface Belief {
  /** λ, above 0. */
  readonly ridge: number;
  /** m, above 0. */
  readonly prior: number;
}

export class BanditPosterior {
  readonly evidence: BanditEvidence;
  readonly #prior: number;
  /** L of A = L Lᵀ, lower half. */
  readonly #root: Float64Array;
  /** The mean of β. */
  readonly weights: Float64Array;
  #covariance: Float64Array | undefined;

  constructor(evidence: BanditEvidence, { ridge, prior }: Belief) {
    const { width } = evidence.columns;
    this.evidence = evidence;
    this.#prior = prior;
    const [gram, moment] = [evidence.gram.slice(), evidence.moment.slice()];
    for (let film = 0; film < evidence.trials.length; film++) {
      if ((evidence.trials[film] as number) > 0) evidence.eliminate(film, prior, { gram, moment });
    }
    for (let k = 0; k < width; k++) gram[k * width + k] = (gram[k * width + k] as number) + ridge;
    this.weights = moment;
    this.#root = gram.slice();
    solveSymmetric(gram, this.weights);
    factorize(this.#root, width);
  }

  /** A^-1, row-major. */
  get covariance(): Float64Array {
    return (this.#covariance ??= inverseOf(this.#root, this.weights.length));
  }

  /** m + n_i */
  trials(film: number): number {
    return this.#prior + (this.evidence.trials[film] as number);
  }

  /** β, `scale` deviations from its mean. @param normals independent, one for each weight; overwritten */
  draw(normals: Float64Array, scale: number): Float64Array {
    solveTransposed(this.#root, normals);
    return normals.map((deviation, k) => (this.weights[k] as number) + scale * deviation);
  }
}
