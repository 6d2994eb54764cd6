/** Logarithms of whole numbers, remembered: counts are small and come again and again. */
import { ln } from '../numbers/exact.ts';

/** Above this they are not worth their memory. */
const REMEMBERED = 65_536;
const logarithms: number[] = [];

export function lnOfCount(count: number): number {
  if (count >= REMEMBERED) return ln(count);
  while (logarithms.length <= count) logarithms.push(ln(logarithms.length));
  return logarithms[count] as number;
}

/** Shannon entropy of whole counts, nats; 0 for no counts. (T ln T - sum of c ln c) / T, with T the sum of all c. */
export function entropyOfCounts(counts: readonly number[]): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count === 0) continue;
    total += count;
    sum += count * lnOfCount(count);
  }
  return total === 0 ? 0 : (total * lnOfCount(total) - sum) / total;
}
