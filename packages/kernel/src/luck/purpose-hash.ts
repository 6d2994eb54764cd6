/** The 32-bit hash under which a purpose's name enters the key of its draws. */

const hashes = new Map<string, number>();
const names = new Map<number, string>();

/**
 * FNV-1a over the UTF-16 code units of the name, remembered.
 * @throws RangeError when another name in use has the same hash: one of the two must be called something else
 */
export function purposeHash(purpose: string): number {
  const known = hashes.get(purpose);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  const other = names.get(hash);
  if (other !== undefined) {
    throw new RangeError(`luck for "${purpose}" has the hash of luck for "${other}", expected one of its own`);
  }
  names.set(hash, purpose);
  hashes.set(purpose, hash);
  return hash;
}
