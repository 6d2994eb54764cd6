/**
 * exp and ln with the same bits on every engine.
 *
 * `Math.exp` and `Math.log` may differ in the last bit from one engine version to the next, and a
 * last bit can turn a decision. These reduce the argument by powers of two and sum the Taylor
 * series, with nothing but operations whose rounding IEEE 754 fixes. Error below 2 units in the last place.
 */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Index of the word that holds sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** ln 2 in two parts: the first has 21 trailing zero bits, so that k times it is exact for |k| < 2^21. */
const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
const SQRT2 = 1.4142135623730951;

/** 1/n! for n = 14 down to 2. */
const EXP_COEFFICIENTS: readonly number[] = Array.from({ length: 13 }, (_, index) => {
  let factorial = 1;
  for (let n = 2; n <= 14 - index; n++) factorial *= n;
  return 1 / factorial;
});

/** 2^power for power in -1022 … 1023. */
function powerOfTwo(power: number): number {
  words[HIGH] = (power + 1023) << 20;
  words[1 - HIGH] = 0;
  return float[0] as number;
}

/** e^x. Overflows to Infinity, underflows to 0. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  // x = k ln 2 + r with |r| <= ln 2 / 2; the low part of k ln 2 enters last, to first order.
  const k = Math.floor(x / Math.LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const lost = high - r - low;
  let series = 0;
  for (let i = 0; i < EXP_COEFFICIENTS.length; i++) series = series * r + (EXP_COEFFICIENTS[i] as number);
  const value = 1 + (r + (r * r * series + lost));
  if (k > 1023) return value * 2 * powerOfTwo(k - 1);
  return k >= -1022 ? value * powerOfTwo(k) : value * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

/** 2^(1023 - e) for e = 0 … 2046: what takes a number with the biased exponent e to 1 … 2. Halving is exact. */
const TO_ONE = new Float64Array(2047);
for (let biased = 0, power = powerOfTwo(1023); biased < TO_ONE.length; biased++, power /= 2) TO_ONE[biased] = power;

/** The natural logarithm. -Infinity for 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let lifted = x;
  let k = -1023;
  float[0] = x;
  if ((words[HIGH] as number) < 0x00100000) {
    lifted = x * 18014398509481984; // 2^54 lifts a subnormal number
    float[0] = lifted;
    k -= 54;
  }
  // x = 2^k m with sqrt(1/2) < m <= sqrt(2). Multiplying is faster than writing another exponent into the bits.
  const biased = (words[HIGH] as number) >>> 20;
  k += biased;
  let m = lifted * (TO_ONE[biased] as number);
  if (m > SQRT2) {
    m /= 2;
    k += 1;
  }
  // ln m = 2 artanh(s) with s = (m - 1) / (m + 1), and 2 s = f - s f, which loses no bits.
  const f = m - 1;
  const s = f / (2 + f);
  const square = s * s;
  // The sum of 2/n s^(n - 3) for odd n from 23 down to 3, written out: luck takes two logarithms per option weighed.
  let series = (2 / 23) * square + 2 / 21;
  series = series * square + 2 / 19;
  series = series * square + 2 / 17;
  series = series * square + 2 / 15;
  series = series * square + 2 / 13;
  series = series * square + 2 / 11;
  series = series * square + 2 / 9;
  series = series * square + 2 / 7;
  series = series * square + 2 / 5;
  series = series * square + 2 / 3;
  return k * LN2_HIGH + (f - (s * (f - square * series) - k * LN2_LOW));
}
