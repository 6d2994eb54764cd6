/** Rows of factors: their scores, their Gram matrix, and solving them one by one. */
import { dot, LANES, total } from './vectors';

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
