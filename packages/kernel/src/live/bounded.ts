/** Bounded concurrency for minds that answer later. */
import { from, lastValueFrom, mergeMap, toArray } from 'rxjs';

/**
 * Maps items with at most `concurrency` promises under way; results in the order of the items.
 * The first failure is thrown, and no further item is begun.
 */
export async function mapBounded<A, B>(
  items: readonly A[],
  concurrency: number,
  map: (item: A) => Promise<B> | B,
): Promise<B[]> {
  if (items.length === 0) return [];
  const indexed = await lastValueFrom(
    from(items).pipe(
      mergeMap(async (item, index) => ({ index, result: await map(item) }), concurrency),
      toArray(),
    ),
  );
  return indexed.sort((a, b) => a.index - b.index).map(({ result }) => result);
}
