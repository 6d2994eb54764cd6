/**
 * Small symmetric systems, exactly as floats go: for explanations and posteriors, where the steps of training are too
 * coarse.
 */

/**
 * Solves A x = b for a symmetric positive definite A, by A = L Lᵀ (Golub & Van Loan, section 4.2).
 * @param a row-major, n x n 64-bit floats; its lower half becomes L
 * @param b n floats; becomes x
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): void {
  factorize(a, b.length);
  solveLower(a, b);
  solveTransposed(a, b);
}

/** The lower half of A, row-major and n x n, becomes that of L with A = L Lᵀ; the rest is neither read nor written. */
export function factorize(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] as number) * (a[j * n + k] as number);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / (a[j * n + j] as number);
    }
  }
}

/** b becomes the x of L x = b. @param l from {@link factorize} */
function solveLower(l: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] as number) * (b[k] as number);
    b[i] = sum / (l[i * n + i] as number);
  }
}

/**
 * b becomes the x of Lᵀ x = b: of standard normals, normals with the covariance (L Lᵀ)^-1. @param l from {@link
 * factorize}
 */
export function solveTransposed(l: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] as number) * (b[k] as number);
    b[i] = sum / (l[i * n + i] as number);
  }
}

/** (L Lᵀ)^-1, row-major. @param l from {@link factorize}, n x n */
export function inverseOf(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    column.fill(0);
    column[i] = 1;
    solveLower(l, column);
    solveTransposed(l, column);
    inverse.set(column, i * n);
  }
  return inverse;
}
