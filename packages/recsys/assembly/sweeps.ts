/** What a blocked sweep takes off the rest of a matrix, in 64-bit floats. */

/**
 * out[i][j] -= Σ_k left[k][i] · right[k][j] for all tiles of 4 x 4 with i <= j, in 64-bit floats; the sum is made first,
 * in the order of k, and then taken off.
 * @param left and right: tiles of 4 columns one after the other, each with `depth` rows of 4
 * @param size rows and columns of out, a multiple of 4
 */
export function subtractProduct(left: usize, right: usize, depth: i32, size: i32, out: usize): void {
  const tile: usize = <usize>depth << 5;
  const stride: usize = <usize>size << 3;
  for (let i: i32 = 0; i < size; i += 4) {
    const a = left + <usize>(i >> 2) * tile;
    const row = out + <usize>i * stride;
    for (let j: i32 = i; j < size; j += 4) {
      const b = right + <usize>(j >> 2) * tile;
      let sum00 = f64x2.splat(0);
      let sum01 = f64x2.splat(0);
      let sum10 = f64x2.splat(0);
      let sum11 = f64x2.splat(0);
      let sum20 = f64x2.splat(0);
      let sum21 = f64x2.splat(0);
      let sum30 = f64x2.splat(0);
      let sum31 = f64x2.splat(0);
      for (let at: usize = 0; at < tile; at += 32) {
        const b0 = v128.load(b + at, 0);
        const b1 = v128.load(b + at, 16);
        const a0 = v128.load64_splat(a + at, 0);
        sum00 = f64x2.add(sum00, f64x2.mul(a0, b0));
        sum01 = f64x2.add(sum01, f64x2.mul(a0, b1));
        const a1 = v128.load64_splat(a + at, 8);
        sum10 = f64x2.add(sum10, f64x2.mul(a1, b0));
        sum11 = f64x2.add(sum11, f64x2.mul(a1, b1));
        const a2 = v128.load64_splat(a + at, 16);
        sum20 = f64x2.add(sum20, f64x2.mul(a2, b0));
        sum21 = f64x2.add(sum21, f64x2.mul(a2, b1));
        const a3 = v128.load64_splat(a + at, 24);
        sum30 = f64x2.add(sum30, f64x2.mul(a3, b0));
        sum31 = f64x2.add(sum31, f64x2.mul(a3, b1));
      }
      const to = row + (<usize>j << 3);
      v128.store(to, f64x2.sub(v128.load(to), sum00));
      v128.store(to, f64x2.sub(v128.load(to, 16), sum01), 16);
      const to1 = to + stride;
      v128.store(to1, f64x2.sub(v128.load(to1), sum10));
      v128.store(to1, f64x2.sub(v128.load(to1, 16), sum11), 16);
      const to2 = to1 + stride;
      v128.store(to2, f64x2.sub(v128.load(to2), sum20));
      v128.store(to2, f64x2.sub(v128.load(to2, 16), sum21), 16);
      const to3 = to2 + stride;
      v128.store(to3, f64x2.sub(v128.load(to3), sum30));
      v128.store(to3, f64x2.sub(v128.load(to3, 16), sum31), 16);
    }
  }
}
