/**
 * The inner loops of the recommenders in WebAssembly SIMD (AssemblyScript), non-relaxed and without fused
 * multiply-add, so that every processor gives the same bits. src/numerics/plain-kernels.ts is the same in
 * JavaScript, operation by operation: a change here is a change there.
 *
 * Pointers are byte offsets, matrices row-major 32-bit floats, `dimensions` a multiple of 4; `subtractProduct` alone
 * works on 64-bit floats.
 * A dot product has four running sums, element e going to sum e mod 4; they are added as (s0 + s1) + (s2 + s3).
 */

const LANES: i32 = 4;

// @ts-ignore: decorator
@inline
function total(sums: v128): f32 {
  return (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return total(sums);
}

/** out[r] = rows[r] · query */
export function scores(query: usize, rows: usize, count: i32, dimensions: i32, out: usize): void {
  const bytes: usize = <usize>dimensions << 2;
  let row = rows;
  let index: i32 = 0;
  for (; index + LANES <= count; index += LANES) {
    const row1 = row + bytes;
    const row2 = row1 + bytes;
    const row3 = row2 + bytes;
    let sums0 = f32x4.splat(0);
    let sums1 = f32x4.splat(0);
    let sums2 = f32x4.splat(0);
    let sums3 = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const q = v128.load(query + at);
      sums0 = f32x4.add(sums0, f32x4.mul(v128.load(row + at), q));
      sums1 = f32x4.add(sums1, f32x4.mul(v128.load(row1 + at), q));
      sums2 = f32x4.add(sums2, f32x4.mul(v128.load(row2 + at), q));
      sums3 = f32x4.add(sums3, f32x4.mul(v128.load(row3 + at), q));
    }
    store<f32>(out, total(sums0), 0);
    store<f32>(out, total(sums1), 4);
    store<f32>(out, total(sums2), 8);
    store<f32>(out, total(sums3), 12);
    out += 16;
    row = row3 + bytes;
  }
  for (; index < count; index++) {
    store<f32>(out, dot(row, query, bytes));
    out += 4;
    row += bytes;
  }
}

/** out = weight · rowsᵀ rows, each element summed in the order of the rows. */
export function gram(rows: usize, count: i32, dimensions: i32, weight: f32, out: usize): void {
  const bytes: usize = <usize>dimensions << 2;
  const factor = f32x4.splat(weight);
  for (let i: usize = 0; i < bytes; i += 16) {
    for (let j: usize = i; j < bytes; j += 16) {
      let sums0 = f32x4.splat(0);
      let sums1 = f32x4.splat(0);
      let sums2 = f32x4.splat(0);
      let sums3 = f32x4.splat(0);
      let row = rows;
      for (let index: i32 = 0; index < count; index++) {
        const a = v128.load(row + i);
        const b = v128.load(row + j);
        sums0 = f32x4.add(sums0, f32x4.mul(v128.shuffle<f32>(a, a, 0, 0, 0, 0), b));
        sums1 = f32x4.add(sums1, f32x4.mul(v128.shuffle<f32>(a, a, 1, 1, 1, 1), b));
        sums2 = f32x4.add(sums2, f32x4.mul(v128.shuffle<f32>(a, a, 2, 2, 2, 2), b));
        sums3 = f32x4.add(sums3, f32x4.mul(v128.shuffle<f32>(a, a, 3, 3, 3, 3), b));
        row += bytes;
      }
      const at = out + (i >> 2) * bytes + j;
      v128.store(at, f32x4.mul(sums0, factor));
      v128.store(at + bytes, f32x4.mul(sums1, factor));
      v128.store(at + 2 * bytes, f32x4.mul(sums2, factor));
      v128.store(at + 3 * bytes, f32x4.mul(sums3, factor));
    }
  }
  // The lower half mirrors the upper one.
  for (let i: usize = 1; i < <usize>dimensions; i++) {
    for (let j: usize = 0; j < i; j++) store<f32>(out + i * bytes + (j << 2), load<f32>(out + j * bytes + (i << 2)));
  }
}

/** dots[n] = others[columns[n]] · vector */
function gatherDots(vector: usize, others: usize, columns: usize, count: i32, bytes: usize, dots: usize): void {
  let index: i32 = 0;
  for (; index + LANES <= count; index += LANES) {
    const row0 = others + <usize>load<i32>(columns, 0) * bytes;
    const row1 = others + <usize>load<i32>(columns, 4) * bytes;
    const row2 = others + <usize>load<i32>(columns, 8) * bytes;
    const row3 = others + <usize>load<i32>(columns, 12) * bytes;
    let sums0 = f32x4.splat(0);
    let sums1 = f32x4.splat(0);
    let sums2 = f32x4.splat(0);
    let sums3 = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const v = v128.load(vector + at);
      sums0 = f32x4.add(sums0, f32x4.mul(v128.load(row0 + at), v));
      sums1 = f32x4.add(sums1, f32x4.mul(v128.load(row1 + at), v));
      sums2 = f32x4.add(sums2, f32x4.mul(v128.load(row2 + at), v));
      sums3 = f32x4.add(sums3, f32x4.mul(v128.load(row3 + at), v));
    }
    store<f32>(dots, total(sums0), 0);
    store<f32>(dots, total(sums1), 4);
    store<f32>(dots, total(sums2), 8);
    store<f32>(dots, total(sums3), 12);
    columns += 16;
    dots += 16;
  }
  for (; index < count; index++) {
    store<f32>(dots, dot(others + <usize>load<i32>(columns) * bytes, vector, bytes));
    columns += 4;
    dots += 4;
  }
}

/** out = ridge · vector + Σ_k vector[k] · matrix[k] + Σ_n dots[n] · others[columns[n]], added in this order. */
function combine(vector: usize, ridge: f32, matrix: usize, dots: usize, others: usize, columns: usize, count: i32, bytes: usize, out: usize): void {
  const factor = f32x4.splat(ridge);
  let j: usize = 0;
  for (; j + 64 <= bytes; j += 64) {
    let sums0 = f32x4.mul(v128.load(vector + j, 0), factor);
    let sums1 = f32x4.mul(v128.load(vector + j, 16), factor);
    let sums2 = f32x4.mul(v128.load(vector + j, 32), factor);
    let sums3 = f32x4.mul(v128.load(vector + j, 48), factor);
    let row = matrix + j;
    for (let k: usize = 0; k < bytes; k += 4) {
      const v = v128.load32_splat(vector + k);
      sums0 = f32x4.add(sums0, f32x4.mul(v128.load(row, 0), v));
      sums1 = f32x4.add(sums1, f32x4.mul(v128.load(row, 16), v));
      sums2 = f32x4.add(sums2, f32x4.mul(v128.load(row, 32), v));
      sums3 = f32x4.add(sums3, f32x4.mul(v128.load(row, 48), v));
      row += bytes;
    }
    for (let index: i32 = 0; index < count; index++) {
      const v = v128.load32_splat(dots + (<usize>index << 2));
      const other = others + <usize>load<i32>(columns + (<usize>index << 2)) * bytes + j;
      sums0 = f32x4.add(sums0, f32x4.mul(v128.load(other, 0), v));
      sums1 = f32x4.add(sums1, f32x4.mul(v128.load(other, 16), v));
      sums2 = f32x4.add(sums2, f32x4.mul(v128.load(other, 32), v));
      sums3 = f32x4.add(sums3, f32x4.mul(v128.load(other, 48), v));
    }
    v128.store(out + j, sums0, 0);
    v128.store(out + j, sums1, 16);
    v128.store(out + j, sums2, 32);
    v128.store(out + j, sums3, 48);
  }
  for (; j < bytes; j += 16) {
    let sums = f32x4.mul(v128.load(vector + j), factor);
    let row = matrix + j;
    for (let k: usize = 0; k < bytes; k += 4) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(row), v128.load32_splat(vector + k)));
      row += bytes;
    }
    for (let index: i32 = 0; index < count; index++) {
      const other = others + <usize>load<i32>(columns + (<usize>index << 2)) * bytes + j;
      sums = f32x4.add(sums, f32x4.mul(v128.load(other), v128.load32_splat(dots + (<usize>index << 2))));
    }
    v128.store(out + j, sums);
  }
}

/** Below this squared residual a row is solved. */
const SOLVED: f32 = 1e-14;

/**
 * Conjugate gradients on x of (ridge · I + matrix + Σ_n y_n y_nᵀ) x = Σ_n y_n, where y_n = others[columns[n]],
 * from the x that is there.
 * @param work 4 vectors and one number for each column
 */
function solveRow(x: usize, others: usize, columns: usize, count: i32, matrix: usize, ridge: f32, bytes: usize, steps: i32, work: usize): void {
  const residual = work;
  const direction = residual + bytes;
  const image = direction + bytes;
  const dots = image + bytes;
  gatherDots(x, others, columns, count, bytes, dots);
  for (let index: i32 = 0; index < count; index++) {
    const at = dots + (<usize>index << 2);
    store<f32>(at, <f32>1 - load<f32>(at));
  }
  for (let at: usize = 0; at < bytes; at += 16) v128.store(direction + at, f32x4.neg(v128.load(x + at)));
  combine(direction, ridge, matrix, dots, others, columns, count, bytes, residual);
  memory.copy(direction, residual, bytes);
  let square = dot(residual, residual, bytes);
  for (let step: i32 = 0; step < steps && square > SOLVED; step++) {
    gatherDots(direction, others, columns, count, bytes, dots);
    combine(direction, ridge, matrix, dots, others, columns, count, bytes, image);
    const length = f32x4.splat(square / dot(direction, image, bytes));
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(x + at, f32x4.add(v128.load(x + at), f32x4.mul(length, v128.load(direction + at))));
      v128.store(residual + at, f32x4.sub(v128.load(residual + at), f32x4.mul(length, v128.load(image + at))));
    }
    const next = dot(residual, residual, bytes);
    const ratio = f32x4.splat(next / square);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(direction + at, f32x4.add(v128.load(residual + at), f32x4.mul(ratio, v128.load(direction + at))));
    }
    square = next;
  }
}

/**
 * Solves the rows of `targets` that are listed in `rows`. Row r has the columns
 * columns[offsets[r]] … columns[offsets[r + 1] - 1] and the ridge scale · (their number + base).
 */
export function solveRows(rows: usize, rowCount: i32, targets: usize, others: usize, offsets: usize, columns: usize, matrix: usize, work: usize, dimensions: i32, scale: f32, base: f32, steps: i32): void {
  const bytes: usize = <usize>dimensions << 2;
  for (let index: i32 = 0; index < rowCount; index++) {
    const row = <usize>load<i32>(rows + (<usize>index << 2));
    const from = load<i32>(offsets + (row << 2));
    const count = load<i32>(offsets + (row << 2), 4) - from;
    const ridge = scale * (<f32>count + base);
    solveRow(targets + row * bytes, others, columns + (<usize>from << 2), count, matrix, ridge, bytes, steps, work);
  }
}

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

/** Rows and depth of the block of a left factor that is packed at a time: it stays in the second cache. */
const BLOCK_ROWS: i32 = 128;
const BLOCK_DEPTH: i32 = 256;
/** Columns of a packed panel of the right factor; a tile of the product is 4 rows of it. */
const PANEL: i32 = 8;

/** Tiles of 4 rows, each with its columns one after the other; rows that there are not are 0. Strides in bytes. */
function packLeft(a: usize, row: usize, column: usize, rows: i32, depth: i32, to: usize): void {
  for (let i: i32 = 0; i < rows; i += LANES) {
    const left = rows - i;
    if (left >= LANES) {
      let from = a;
      const from3 = 3 * row;
      for (let k: i32 = 0; k < depth; k++) {
        store<f32>(to, load<f32>(from), 0);
        store<f32>(to, load<f32>(from + row), 4);
        store<f32>(to, load<f32>(from + 2 * row), 8);
        store<f32>(to, load<f32>(from + from3), 12);
        from += column;
        to += 16;
      }
    } else {
      for (let k: i32 = 0; k < depth; k++) {
        for (let lane: i32 = 0; lane < LANES; lane++) {
          store<f32>(to, lane < left ? load<f32>(a + <usize>lane * row + <usize>k * column) : 0);
          to += 4;
        }
      }
    }
    a += 4 * row;
  }
}

/** `depth` rows of 8 columns; columns that there are not are 0. Strides in bytes. */
function packRight(b: usize, row: usize, column: usize, columns: i32, depth: i32, to: usize): void {
  if (columns >= PANEL && column == 4) {
    for (let k: i32 = 0; k < depth; k++) {
      v128.store(to, v128.load(b, 0), 0);
      v128.store(to, v128.load(b, 16), 16);
      b += row;
      to += 32;
    }
    return;
  }
  for (let lane: i32 = 0; lane < PANEL; lane++) {
    let from = b + <usize>lane * column;
    let into = to + (<usize>lane << 2);
    for (let k: i32 = 0; k < depth; k++) {
      store<f32>(into, lane < columns ? load<f32>(from) : 0);
      from += row;
      into += 32;
    }
  }
}

/** A tile of 4 x 8 of the product: what is in out (or 0) and then, in the order of k, a packed left tile times a packed panel. */
function productTile(a: usize, b: usize, depth: i32, out: usize, stride: usize, adds: bool): void {
  const out1 = out + stride;
  const out2 = out1 + stride;
  const out3 = out2 + stride;
  let sum00 = f32x4.splat(0);
  let sum01 = f32x4.splat(0);
  let sum10 = f32x4.splat(0);
  let sum11 = f32x4.splat(0);
  let sum20 = f32x4.splat(0);
  let sum21 = f32x4.splat(0);
  let sum30 = f32x4.splat(0);
  let sum31 = f32x4.splat(0);
  if (adds) {
    sum00 = v128.load(out, 0);
    sum01 = v128.load(out, 16);
    sum10 = v128.load(out1, 0);
    sum11 = v128.load(out1, 16);
    sum20 = v128.load(out2, 0);
    sum21 = v128.load(out2, 16);
    sum30 = v128.load(out3, 0);
    sum31 = v128.load(out3, 16);
  }
  const end = a + (<usize>depth << 4);
  for (; a < end; a += 16) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    b += 32;
    const a0 = v128.load32_splat(a, 0);
    sum00 = f32x4.add(sum00, f32x4.mul(a0, b0));
    sum01 = f32x4.add(sum01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    sum10 = f32x4.add(sum10, f32x4.mul(a1, b0));
    sum11 = f32x4.add(sum11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    sum20 = f32x4.add(sum20, f32x4.mul(a2, b0));
    sum21 = f32x4.add(sum21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    sum30 = f32x4.add(sum30, f32x4.mul(a3, b0));
    sum31 = f32x4.add(sum31, f32x4.mul(a3, b1));
  }
  v128.store(out, sum00, 0);
  v128.store(out, sum01, 16);
  v128.store(out1, sum10, 0);
  v128.store(out1, sum11, 16);
  v128.store(out2, sum20, 0);
  v128.store(out2, sum21, 16);
  v128.store(out3, sum30, 0);
  v128.store(out3, sum31, 16);
}

/** A tile that the product has only a part of, by way of `spare`, a whole one. */
function partOfTile(a: usize, b: usize, depth: i32, out: usize, stride: usize, adds: bool, rows: i32, columns: i32, spare: usize): void {
  const bytes = <usize>columns << 2;
  if (adds) for (let row: i32 = 0; row < rows; row++) memory.copy(spare + (<usize>row << 5), out + <usize>row * stride, bytes);
  productTile(a, b, depth, spare, 32, adds);
  for (let row: i32 = 0; row < rows; row++) memory.copy(out + <usize>row * stride, spare + (<usize>row << 5), bytes);
}

/**
 * out[i][j] = Σ_k a[i][k] · b[k][j], or that added to out, each in the order of k: blocks of k go on from what the ones before
 * left in out. Strides are in floats, those of out from row to row.
 * @param work room for (BLOCK_ROWS + PANEL) · BLOCK_DEPTH + 4 · PANEL floats
 */
export function product(a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, out: usize, outRow: i32, rows: i32, columns: i32, depth: i32, adds: i32, work: usize): void {
  const panel = work + (<usize>(BLOCK_ROWS * BLOCK_DEPTH) << 2);
  const spare = panel + (<usize>(PANEL * BLOCK_DEPTH) << 2);
  const stride = <usize>outRow << 2;
  let k: i32 = 0;
  do {
    const deep = min(BLOCK_DEPTH, depth - k);
    const goesOn = adds != 0 || k > 0;
    for (let i: i32 = 0; i < rows; i += BLOCK_ROWS) {
      const high = min(BLOCK_ROWS, rows - i);
      packLeft(a + (<usize>(i * aRow + k * aColumn) << 2), <usize>aRow << 2, <usize>aColumn << 2, high, deep, work);
      for (let j: i32 = 0; j < columns; j += PANEL) {
        const wide = min(PANEL, columns - j);
        packRight(b + (<usize>(k * bRow + j * bColumn) << 2), <usize>bRow << 2, <usize>bColumn << 2, wide, deep, panel);
        for (let tile: i32 = 0; tile < high; tile += LANES) {
          const left = work + (<usize>(tile * deep) << 2);
          const to = out + <usize>(i + tile) * stride + (<usize>j << 2);
          const tall = min(LANES, high - tile);
          if (tall == LANES && wide == PANEL) productTile(left, panel, deep, to, stride, goesOn);
          else partOfTile(left, panel, deep, to, stride, goesOn, tall, wide, spare);
        }
      }
    }
    k += BLOCK_DEPTH;
  } while (k < depth);
}

const LOG2_E: f32 = 1.4426950408889634;
/** ln 2 in two parts: the first has 9 bits, so that k times it is exact for |k| < 2^15. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.00021219444005469057;
/** Below this e^x is taken as 0. */
const EXP_MIN: f32 = -87;

/** e^x for x <= 0, by powers of two and the Taylor series up to r^7/7!; error below 3 units in the last place. */
// @ts-ignore: decorator
@inline
function exponential(given: v128): v128 {
  const x = f32x4.max(given, f32x4.splat(EXP_MIN));
  const k = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(LOG2_E)), f32x4.splat(0.5)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH))), f32x4.mul(k, f32x4.splat(LN2_LOW)));
  let series = f32x4.splat(<f32>(1.0 / 5040.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(<f32>(1.0 / 720.0)));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(<f32>(1.0 / 120.0)));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(<f32>(1.0 / 24.0)));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(<f32>(1.0 / 6.0)));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.5));
  const small = f32x4.add(f32x4.mul(f32x4.mul(series, r), r), r);
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(f32x4.add(small, f32x4.splat(1)), power), f32x4.ge(given, f32x4.splat(EXP_MIN)));
}

/** Up to 3 floats, and minus infinity behind them. */
// @ts-ignore: decorator
@inline
function loadPart(at: usize, count: i32): v128 {
  let part = f32x4.splat(-Infinity);
  part = f32x4.replace_lane(part, 0, load<f32>(at));
  if (count > 1) part = f32x4.replace_lane(part, 1, load<f32>(at, 4));
  if (count > 2) part = f32x4.replace_lane(part, 2, load<f32>(at, 8));
  return part;
}

// @ts-ignore: decorator
@inline
function storePart(at: usize, part: v128, count: i32): void {
  store<f32>(at, f32x4.extract_lane(part, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(part, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(part, 2), 8);
}

/** x_n = e^(x_n - max x) / Σ_m e^(x_m - max x), in place; the sum as in a dot product. At least one x is finite. */
export function softmax(at: usize, count: i32): void {
  const whole = at + (<usize>(count & ~3) << 2);
  const rest = count & 3;
  let most = f32x4.splat(-Infinity);
  for (let from = at; from < whole; from += 16) most = f32x4.max(most, v128.load(from));
  if (rest > 0) most = f32x4.max(most, loadPart(whole, rest));
  const top = f32x4.splat(max(max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3))));
  let sums = f32x4.splat(0);
  for (let from = at; from < whole; from += 16) {
    const value = exponential(f32x4.sub(v128.load(from), top));
    v128.store(from, value);
    sums = f32x4.add(sums, value);
  }
  if (rest > 0) {
    const value = exponential(f32x4.sub(loadPart(whole, rest), top));
    storePart(whole, value, rest);
    sums = f32x4.add(sums, value);
  }
  const share = f32x4.splat(<f32>1 / total(sums));
  for (let from = at; from < whole; from += 16) v128.store(from, f32x4.mul(v128.load(from), share));
  if (rest > 0) storePart(whole, f32x4.mul(loadPart(whole, rest), share), rest);
}
