/** Products of dense matrices, block by block. */
import { LANES } from './vectors';

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
