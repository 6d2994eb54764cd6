/** When a training goes on from the model before, and when it starts anew. */

/** When there are so many times the interactions of the last full training, the next one is full again. */
const FULL_GROWTH = 4;

/** How many interactions a model was trained on, and how many there were at its last full training. */
interface Trained {
  readonly count: number;
  readonly fullCount: number;
}

/**
 * Whether a training on `count` interactions goes on from that model: it follows from the numbers alone, on any
 * machine.
 */
export function goesOnFrom(before: Trained, count: number): boolean {
  return before.count <= count && count < FULL_GROWTH * before.fullCount;
}
