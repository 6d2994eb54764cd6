/** Rows spread along a graph, and pairs of them compared and pushed apart. */
import { total } from './vectors';

/**
 * out[r] = Σ_n weights[n] · others[columns[n]], over the columns of row r, in their order, and sums[r] += out[r].
 */
export function propagate(offsets: usize, columns: usize, weights: usize, others: usize, rowCount: i32, dimensions: i32, out: usize, sums: usize): void {
  const bytes: usize = <usize>dimensions << 2;
  for (let row: i32 = 0; row < rowCount; row++) {
    const from = <usize>load<i32>(offsets) << 2;
    const to = <usize>load<i32>(offsets, 4) << 2;
    offsets += 4;
    let j: usize = 0;
    for (; j + 64 <= bytes; j += 64) {
      let sums0 = f32x4.splat(0);
      let sums1 = f32x4.splat(0);
      let sums2 = f32x4.splat(0);
      let sums3 = f32x4.splat(0);
      for (let at = from; at < to; at += 4) {
        const weight = v128.load32_splat(weights + at);
        const other = others + <usize>load<i32>(columns + at) * bytes + j;
        sums0 = f32x4.add(sums0, f32x4.mul(v128.load(other, 0), weight));
        sums1 = f32x4.add(sums1, f32x4.mul(v128.load(other, 16), weight));
        sums2 = f32x4.add(sums2, f32x4.mul(v128.load(other, 32), weight));
        sums3 = f32x4.add(sums3, f32x4.mul(v128.load(other, 48), weight));
      }
      v128.store(out + j, sums0, 0);
      v128.store(out + j, sums1, 16);
      v128.store(out + j, sums2, 32);
      v128.store(out + j, sums3, 48);
    }
    for (; j < bytes; j += 16) {
      let sum = f32x4.splat(0);
      for (let at = from; at < to; at += 4) {
        const other = others + <usize>load<i32>(columns + at) * bytes + j;
        sum = f32x4.add(sum, f32x4.mul(v128.load(other), v128.load32_splat(weights + at)));
      }
      v128.store(out + j, sum);
    }
    for (j = 0; j < bytes; j += 16) v128.store(sums + j, f32x4.add(v128.load(sums + j), v128.load(out + j)));
    out += bytes;
    sums += bytes;
  }
}

/** values[n] = rows[first[n]] · (rows[better[n]] - rows[worse[n]]) */
export function comparePairs(first: usize, better: usize, worse: usize, count: i32, rows: usize, dimensions: i32, values: usize): void {
  const bytes: usize = <usize>dimensions << 2;
  for (let at: usize = 0; at < <usize>count << 2; at += 4) {
    const x = rows + <usize>load<i32>(first + at) * bytes;
    const a = rows + <usize>load<i32>(better + at) * bytes;
    const b = rows + <usize>load<i32>(worse + at) * bytes;
    let sums = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(x + k), f32x4.sub(v128.load(a + k), v128.load(b + k))));
    }
    store<f32>(values + at, total(sums));
  }
}

/**
 * Adds to `slopes` those of Σ_n values[n] · (what comparePairs makes of pair n), one pair after the other. The three rows of a pair are
 * different ones.
 */
export function pushPairs(first: usize, better: usize, worse: usize, count: i32, rows: usize, dimensions: i32, values: usize, slopes: usize): void {
  const bytes: usize = <usize>dimensions << 2;
  for (let at: usize = 0; at < <usize>count << 2; at += 4) {
    const x = <usize>load<i32>(first + at) * bytes;
    const a = <usize>load<i32>(better + at) * bytes;
    const b = <usize>load<i32>(worse + at) * bytes;
    const value = v128.load32_splat(values + at);
    for (let k: usize = 0; k < bytes; k += 16) {
      const push = f32x4.mul(value, v128.load(rows + x + k));
      const gap = f32x4.sub(v128.load(rows + a + k), v128.load(rows + b + k));
      v128.store(slopes + x + k, f32x4.add(v128.load(slopes + x + k), f32x4.mul(value, gap)));
      v128.store(slopes + a + k, f32x4.add(v128.load(slopes + a + k), push));
      v128.store(slopes + b + k, f32x4.sub(v128.load(slopes + b + k), push));
    }
  }
}
