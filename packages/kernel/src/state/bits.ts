/** A set of small non-negative integers in a plain list of 32-bit words: compact, and open to immer. */

export type Bits = readonly number[];

export function hasBit(bits: Bits, index: number): boolean {
  return (((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
}

export function setBit(bits: number[], index: number): void {
  const word = index >>> 5;
  while (bits.length <= word) bits.push(0);
  bits[word] = (bits[word] as number) | (1 << (index & 31));
}

/** How many members the set has. */
export function countBits(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    for (; word !== 0; word &= word - 1) count++;
  }
  return count;
}
