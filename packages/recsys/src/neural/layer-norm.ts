/**
 * Ba, Kiros & Hinton, "Layer normalization", 2016: each row of a matrix gets mean 0 and deviation 1, and then a learnt
 * scale and shift.
 */

/** Added to the variance. */
const EPSILON = 1e-8;

export interface Normalised {
  /** The rows, row by row, and what becomes of them. */
  readonly given: Float32Array;
  readonly out: Float32Array;
  /** Kept for the way back: the rows before scale and shift, and 1 over each row's deviation. */
  readonly standard: Float32Array;
  readonly inverses: Float32Array;
}

/** Writes out, standard and inverses; `scale` and `shift` are as long as a row. */
export function normalise(
  { given, out, standard, inverses }: Normalised,
  scale: Float32Array,
  shift: Float32Array,
): void {
  const width = scale.length;
  for (let row = 0, first = 0; first < given.length; row++, first += width) {
    let sum = 0;
    for (let k = first; k < first + width; k++) sum += given[k] as number;
    const mean = sum / width;
    let squares = 0;
    for (let k = first; k < first + width; k++) {
      const apart = (given[k] as number) - mean;
      squares += apart * apart;
    }
    const inverse = 1 / Math.sqrt(squares / width + EPSILON);
    inverses[row] = inverse;
    for (let k = 0; k < width; k++) {
      const value = ((given[first + k] as number) - mean) * inverse;
      standard[first + k] = value;
      out[first + k] = value * (scale[k] as number) + (shift[k] as number);
    }
  }
}

export interface NormaliseSlopes {
  /** By what came out; read. */
  readonly out: Float32Array;
  /** By what was given: the slope through here is added to what is there. */
  readonly given: Float32Array;
  /** Written. */
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/** The slopes of a loss by what was given and learnt, from those by what came out. */
export function normaliseBack({ standard, inverses }: Normalised, scale: Float32Array, slopes: NormaliseSlopes): void {
  const width = scale.length;
  const [scales, shifts] = [new Float64Array(width), new Float64Array(width)];
  for (let row = 0, first = 0; first < slopes.out.length; row++, first += width) {
    let sum = 0;
    let along = 0;
    for (let k = 0; k < width; k++) {
      const slope = slopes.out[first + k] as number;
      const value = standard[first + k] as number;
      scales[k] = (scales[k] as number) + slope * value;
      shifts[k] = (shifts[k] as number) + slope;
      sum += slope * (scale[k] as number);
      along += slope * (scale[k] as number) * value;
    }
    const inverse = inverses[row] as number;
    for (let k = 0; k < width; k++) {
      const own =
        (slopes.out[first + k] as number) * (scale[k] as number) -
        (sum + along * (standard[first + k] as number)) / width;
      slopes.given[first + k] = (slopes.given[first + k] as number) + own * inverse;
    }
  }
  slopes.scale.set(scales);
  slopes.shift.set(shifts);
}
