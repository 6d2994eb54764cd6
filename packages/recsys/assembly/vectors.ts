/** Dot products: four running sums, element e going to sum e mod 4, added as (s0 + s1) + (s2 + s3). */

/** 32-bit floats in a vector. */
export const LANES: i32 = 4;

// @ts-ignore: decorator
@inline
export function total(sums: v128): f32 {
  return (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
}

// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return total(sums);
}
