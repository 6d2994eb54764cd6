/** Shares that follow e^x. */
import { dot, total } from './vectors';

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
