/** The parts that the bytes of all models have in common. */
import { type ByteReader, type ByteWriter, MalformedBytes } from '@rashomon/kernel';

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const WORD = 4;

/** Every model starts with the number of its format. @throws MalformedBytes on another */
export function readFormat(from: ByteReader, format: number): void {
  const found = from.byte();
  if (found !== format) throw new MalformedBytes(`model of format ${found}, expected ${format}`, from.offset - 1);
}

/** @throws MalformedBytes when something follows */
export function readEnd(from: ByteReader): void {
  if (from.offset !== from.end) throw new MalformedBytes('bytes after the end of the model', from.offset);
}

/** 32-bit words, little-endian, in bulk. */
export function writeWords(to: ByteWriter, words: Int32Array | Float32Array): void {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  to.raw(LITTLE_ENDIAN ? bytes : swapped(bytes));
}

/** @throws MalformedBytes when there are fewer */
export function readFloats(from: ByteReader, size: number): Float32Array {
  return new Float32Array(readWords(from, size));
}

/** @throws MalformedBytes when there are fewer */
export function readInts(from: ByteReader, size: number): Int32Array {
  return new Int32Array(readWords(from, size));
}

function readWords(from: ByteReader, size: number): ArrayBuffer {
  // A copy starts at 0, as typed arrays need it. (`slice` would give a view where the bytes are a Buffer.)
  const bytes = new Uint8Array(from.raw(size * WORD));
  return (LITTLE_ENDIAN ? bytes : swapped(bytes)).buffer as ArrayBuffer;
}

function swapped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) out[at] = bytes[at ^ 3] as number;
  return out;
}
