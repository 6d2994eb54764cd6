/**
 * Threefry 2x32 with 20 rounds: a counter-based generator, so that any draw can be made without
 * those before it. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 3.2.
 */

const PARITY = 0x1bd11bda;

/** The two words of the latest {@link threefry} call: results without an allocation. */
export const drawn = new Uint32Array(2);

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Enciphers the counter under the key, all words 32 bits; leaves the output in {@link drawn}. */
export function threefry(key0: number, key1: number, counter0: number, counter1: number): void {
  const key2 = PARITY ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;

  x0 = (x0 + x1) | 0; x1 = rotate(x1, 13) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 15) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 26) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 6) ^ x0;
  x0 = (x0 + key1) | 0; x1 = (x1 + key2 + 1) | 0;

  x0 = (x0 + x1) | 0; x1 = rotate(x1, 17) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 29) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 16) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 24) ^ x0;
  x0 = (x0 + key2) | 0; x1 = (x1 + key0 + 2) | 0;

  x0 = (x0 + x1) | 0; x1 = rotate(x1, 13) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 15) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 26) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 6) ^ x0;
  x0 = (x0 + key0) | 0; x1 = (x1 + key1 + 3) | 0;

  x0 = (x0 + x1) | 0; x1 = rotate(x1, 17) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 29) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 16) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 24) ^ x0;
  x0 = (x0 + key1) | 0; x1 = (x1 + key2 + 4) | 0;

  x0 = (x0 + x1) | 0; x1 = rotate(x1, 13) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 15) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 26) ^ x0;
  x0 = (x0 + x1) | 0; x1 = rotate(x1, 6) ^ x0;
  x0 = (x0 + key2) | 0; x1 = (x1 + key0 + 5) | 0;

  drawn[0] = x0;
  drawn[1] = x1;
}
