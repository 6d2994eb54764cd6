/**
 * What each film of an agent adds to a score when the agent is taken to be the least-squares fit to its films: equation
 * 7 of Hu, Koren & Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM 2008. With
 *
 *   W = (A + Σ_j y_j y_jᵀ + ridge I)^-1      x = W Σ_j t_j y_j
 *
 * over its films j, the score x·y_i of film i is the sum of t_j y_iᵀ W y_j.
 */
import { solveSymmetric } from '../numerics/cholesky.ts';
import { dot } from '../numerics/dot.ts';

export interface FoldIn {
  /** y_j of each film j that the agent watched. */
  readonly watched: readonly Float32Array[];
  /** A, row-major: what holds for all agents alike. */
  readonly shared: Float64Array;
  /** Above 0. */
  readonly ridge: number;
}

/** y_iᵀ W y_j for each watched film j. @param target y_i */
export function foldedShares(target: Float32Array, { watched, shared, ridge }: FoldIn): readonly number[] {
  const dimensions = target.length;
  const system = shared.slice();
  for (const row of watched) addOuter(system, row, 1);
  for (let k = 0; k < dimensions; k++) system[k * dimensions + k] = (system[k * dimensions + k] as number) + ridge;
  const solved = Float64Array.from(target);
  solveSymmetric(system, solved);
  return watched.map((row) => dot(solved, row));
}

/** weight · rowsᵀ rows, for rows of `dimensions` floats. */
export function gramOf(rows: Float32Array, dimensions: number, weight: number): Float64Array {
  const gram = new Float64Array(dimensions * dimensions);
  for (let at = 0; at < rows.length; at += dimensions) addOuter(gram, rows.subarray(at, at + dimensions), weight);
  return gram;
}

/** matrix += weight · row rowᵀ */
function addOuter(matrix: Float64Array, row: Float32Array, weight: number): void {
  const n = row.length;
  for (let i = 0; i < n; i++) {
    const scaled = weight * (row[i] as number);
    for (let j = 0; j < n; j++) matrix[i * n + j] = (matrix[i * n + j] as number) + scaled * (row[j] as number);
  }
}
