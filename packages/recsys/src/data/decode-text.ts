/** Bytes of a data file as text, whatever of the two encodings in use the file is in. */

const utf8 = new TextDecoder('utf-8', { fatal: true });
const CHUNK = 8192;

/**
 * Text that is valid UTF-8 is UTF-8, with or without a byte order mark; anything else is ISO-8859-1,
 * the encoding of MovieLens 100K and 1M. Every byte is a letter there, so this never fails.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    let text = '';
    for (let start = 0; start < bytes.length; start += CHUNK) {
      text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
    }
    return text;
  }
}
