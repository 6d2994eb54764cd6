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
