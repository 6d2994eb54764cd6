/** In which order a network meets what it learns from. */

/**
 * The items in the order of their keys, cut into batches of `size`. With keys drawn by the luck of an agent, somebody
 * new comes in between the others and changes nothing else.
 */
export function drawnBatches<T>(
  items: readonly T[],
  size: number,
  keyOf: (item: T) => number,
): readonly (readonly T[])[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  const drawn = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  return Array.from({ length: Math.ceil(drawn.length / size) }, (_, batch) =>
    drawn.slice(batch * size, (batch + 1) * size),
  );
}
