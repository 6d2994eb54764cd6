/**
 * Growing byte buffer and cursor for the canonical encoding.
 *
 * Integers are LEB128 (7 bits a byte, low bits first, shortest form), floats are little-endian
 * IEEE 754, text is UTF-8 behind its length in bytes. One value has exactly one encoding, because
 * digests are taken over these bytes.
 */

const textEncoder = new TextEncoder();
// A byte-order mark at the start of a text belongs to the text.
const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const SHORT_TEXT = 48;

/** Thrown when bytes end early or hold something their schema forbids. */
export class MalformedBytes extends Error {
  readonly code = 'MALFORMED_BYTES';
  readonly offset: number;

  constructor(what: string, offset: number) {
    super(`${what} at byte ${offset}`);
    this.name = 'MalformedBytes';
    this.offset = offset;
  }
}

export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The bytes written so far; a view that the next write may overwrite. */
  view(from = 0, to = this.length): Uint8Array {
    return this.#bytes.subarray(from, to);
  }

  copy(from = 0, to = this.length): Uint8Array {
    return this.#bytes.slice(from, to);
  }

  clear(): void {
    this.length = 0;
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** @throws RangeError for all but non-negative safe integers: nothing may be stored as another value. */
  uint(value: number): void {
    if (value < 0 || !Number.isSafeInteger(value))
      throw new RangeError(`${value} is no non-negative integer below 2^53`);
    if (this.length + 8 > this.#bytes.length) this.#grow(8);
    const bytes = this.#bytes;
    let rest = value;
    while (rest > 0x7fffffff) {
      bytes[this.length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      bytes[this.length++] = (rest & 127) | 0x80;
      rest >>>= 7;
    }
    bytes[this.length++] = rest;
  }

  /**
   * An integer from -2^52 to 2^52 - 1, zigzag: 0, -1, 1, -2 … become 0, 1, 2, 3 …
   * @throws RangeError for any other number
   */
  int(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer`);
    this.uint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** A number in whole thousandths. @throws RangeError for any other */
  milli(value: number): void {
    const thousandths = Math.round(value * 1000);
    if (thousandths / 1000 !== value) throw new RangeError(`${value} is not in whole thousandths`);
    // Almost all fit two bytes.
    if (thousandths > -8192 && thousandths < 8192) {
      const zigzag = thousandths < 0 ? -2 * thousandths - 1 : 2 * thousandths;
      if (this.length + 2 > this.#bytes.length) this.#grow(2);
      if (zigzag > 127) {
        this.#bytes[this.length] = (zigzag & 127) | 0x80;
        this.#bytes[this.length + 1] = zigzag >>> 7;
        this.length += 2;
      } else this.#bytes[this.length++] = zigzag;
    } else this.int(thousandths);
  }

  float64(value: number): void {
    if (this.length + 8 > this.#bytes.length) this.#grow(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  float32(value: number): void {
    if (this.length + 4 > this.#bytes.length) this.#grow(4);
    this.#view.setFloat32(this.length, value, true);
    this.length += 4;
  }

  /** @throws RangeError for half a surrogate pair, which UTF-8 cannot hold */
  text(value: string): void {
    if (value.length <= SHORT_TEXT && this.#ascii(value)) return;
    if (!value.isWellFormed())
      throw new RangeError(`text holds half a surrogate pair: ${JSON.stringify(value.slice(0, 80))}`);
    const encoded = textEncoder.encode(value);
    this.uint(encoded.length);
    this.raw(encoded);
  }

  raw(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  #ascii(value: string): boolean {
    const size = value.length;
    if (this.length + size + 1 > this.#bytes.length) this.#grow(size + 1);
    const start = this.length + 1;
    for (let i = 0; i < size; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 127) return false;
      this.#bytes[start + i] = unit;
    }
    this.#bytes[this.length] = size;
    this.length = start + size;
    return true;
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + needed));
    bytes.set(this.#bytes.subarray(0, this.length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  offset: number;
  end: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
    this.end = end;
  }

  /** Whether this reads from these bytes. */
  isOver(bytes: Uint8Array): boolean {
    return this.#bytes === bytes;
  }

  /** Goes on from another place of the same bytes. */
  seek(offset: number, end: number): void {
    this.offset = offset;
    this.end = end;
  }

  byte(): number {
    if (this.offset >= this.end) throw new MalformedBytes('bytes end early', this.offset);
    return this.#bytes[this.offset++] as number;
  }

  uint(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first & 127;
    let scale = 128;
    for (;;) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) {
        if (next === 0) throw new MalformedBytes('integer not in shortest form', this.offset);
        if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('integer too large', this.offset);
        return value;
      }
      scale *= 128;
      if (scale > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('integer too large', this.offset);
    }
  }

  int(): number {
    const zigzag = this.uint();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  milli(): number {
    return this.int() / 1000;
  }

  float64(): number {
    this.#need(8);
    const value = this.#view.getFloat64(this.offset, true);
    this.offset += 8;
    return value;
  }

  float32(): number {
    this.#need(4);
    const value = this.#view.getFloat32(this.offset, true);
    this.offset += 4;
    return value;
  }

  text(): string {
    const size = this.uint();
    this.#need(size);
    const start = this.offset;
    this.offset += size;
    if (size <= SHORT_TEXT) {
      let value = '';
      for (let i = start; i < this.offset; i++) {
        const unit = this.#bytes[i] as number;
        if (unit > 127) return this.#utf8(start);
        value += String.fromCharCode(unit);
      }
      return value;
    }
    return this.#utf8(start);
  }

  raw(size: number): Uint8Array {
    this.#need(size);
    const start = this.offset;
    this.offset += size;
    return this.#bytes.subarray(start, this.offset);
  }

  #utf8(start: number): string {
    try {
      return textDecoder.decode(this.#bytes.subarray(start, this.offset));
    } catch {
      throw new MalformedBytes('text is not UTF-8', start);
    }
  }

  #need(size: number): void {
    if (this.offset + size > this.end) throw new MalformedBytes('bytes end early', this.offset);
  }
}
