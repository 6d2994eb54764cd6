/**
 * CRC-32 (IEEE 802.3, as in zlib and gzip), four bytes a step. In plain JavaScript, because an event
 * is shorter than the way into native code and back: three times as fast as zlib's for 60 bytes.
 */

/** TABLES[k * 256 + b]: the effect of byte b followed by k zero bytes. */
const TABLES = tables();

function tables(): Uint32Array {
  const table = new Uint32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    table[byte] = sum;
  }
  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256] as number;
    table[i] = (before >>> 8) ^ (table[before & 255] as number);
  }
  return table;
}

/** The checksum of the bytes from one offset up to another, as an unsigned 32-bit integer. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let sum = -1;
  let offset = from;
  for (; offset + 4 <= to; offset += 4) {
    // Casts: the offsets lie within the bytes, the indices within the tables.
    sum ^=
      (bytes[offset] as number) |
      ((bytes[offset + 1] as number) << 8) |
      ((bytes[offset + 2] as number) << 16) |
      ((bytes[offset + 3] as number) << 24);
    sum =
      (TABLES[768 + (sum & 255)] as number) ^
      (TABLES[512 + ((sum >>> 8) & 255)] as number) ^
      (TABLES[256 + ((sum >>> 16) & 255)] as number) ^
      (TABLES[sum >>> 24] as number);
  }
  for (; offset < to; offset++) sum = (sum >>> 8) ^ (TABLES[(sum ^ (bytes[offset] as number)) & 255] as number);
  return (sum ^ -1) >>> 0;
}
