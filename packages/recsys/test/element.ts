/** An element that must be there. */
export function element<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element ${index} among ${list.length}`);
  return value;
}
