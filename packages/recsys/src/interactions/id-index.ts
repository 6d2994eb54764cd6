/** Ids of films or agents, which may have gaps, as consecutive indices in order of id. */
import { type ByteReader, type ByteWriter, type FilmCatalogue, MalformedBytes } from '@rashomon/kernel';

/** Below this id a plain table is faster than a map and still small (16 MiB). */
const TABLE_IDS_MAX = 0x400000;

export class IdIndex {
  /** Ascending, each once. */
  readonly ids: Int32Array;
  readonly #table: Int32Array | null;
  readonly #map: ReadonlyMap<number, number> | null;

  /** @param ids ascending, each once, 0 to 2^31 - 1 */
  constructor(ids: Int32Array) {
    this.ids = ids;
    const idMax = ids.at(-1) ?? 0;
    if (idMax < TABLE_IDS_MAX) {
      this.#table = new Int32Array(idMax + 1).fill(-1);
      for (let index = 0; index < ids.length; index++) this.#table[ids[index] as number] = index;
      this.#map = null;
    } else {
      this.#table = null;
      this.#map = new Map([...ids].map((id, index) => [id, index]));
    }
  }

  get size(): number {
    return this.ids.length;
  }

  /** -1 for an unknown id. */
  indexOf(id: number): number {
    if (this.#table === null) return this.#map?.get(id) ?? -1;
    return id < this.#table.length ? (this.#table[id] as number) : -1;
  }

  equals(other: IdIndex): boolean {
    return this === other || (this.size === other.size && this.ids.every((id, index) => id === other.ids[index]));
  }

  /** The differences from id to id as integers of one byte or more. */
  write(to: ByteWriter): void {
    to.uint(this.size);
    let last = -1;
    for (const id of this.ids) {
      to.uint(id - last - 1);
      last = id;
    }
  }

  /** @throws MalformedBytes */
  static read(from: ByteReader): IdIndex {
    const size = from.uint();
    if (size > from.end - from.offset) throw new MalformedBytes(`${size} ids do not fit`, from.offset);
    const ids = new Int32Array(size);
    let last = -1;
    for (let index = 0; index < size; index++) {
      last += from.uint() + 1;
      if (last > 0x7fffffff) throw new MalformedBytes('id too large', from.offset);
      ids[index] = last;
    }
    return new IdIndex(ids);
  }

  /** The ids among the first `count` entries of a list. */
  static among(list: readonly number[], count: number): IdIndex {
    let idMax = -1;
    for (let entry = 0; entry < count; entry++) if ((list[entry] as number) > idMax) idMax = list[entry] as number;
    if (idMax >= TABLE_IDS_MAX) return new IdIndex(Int32Array.from(new Set(list.slice(0, count))).sort());
    const seen = new Uint8Array(idMax + 1);
    let size = 0;
    for (let entry = 0; entry < count; entry++) {
      const id = list[entry] as number;
      size += 1 - (seen[id] as number);
      seen[id] = 1;
    }
    const ids = new Int32Array(size);
    for (let id = 0, next = 0; id <= idMax; id++) if (seen[id] === 1) ids[next++] = id;
    return new IdIndex(ids);
  }
}

const indexByCatalogue = new WeakMap<FilmCatalogue, IdIndex>();

/** The films of a catalogue; made once for each. */
export function filmIndexOf(catalogue: FilmCatalogue): IdIndex {
  let index = indexByCatalogue.get(catalogue);
  if (index === undefined) {
    index = new IdIndex(Int32Array.from(catalogue.films, ({ id }) => id));
    indexByCatalogue.set(catalogue, index);
  }
  return index;
}
