/** Which films agents had been shown at the time of a training, so that the next one knows which came since. */
import { type Audience, type Bits, type ByteReader, type ByteWriter, MalformedBytes } from '@rashomon/kernel';
import { IdIndex } from './id-index.ts';
import { readInts, writeWords } from '../models/model-bytes.ts';

const WORD_BITS = 32;

export class ShownFilms {
  readonly films: IdIndex;
  readonly agents: IdIndex;
  readonly #sweeps: Int32Array;
  /** Bits by film index, a row of whole words for each agent. */
  readonly #words: Int32Array;

  private constructor(
    films: IdIndex,
    agents: IdIndex,
    { sweeps, words }: { readonly sweeps: Int32Array; readonly words: Int32Array },
  ) {
    this.films = films;
    this.agents = agents;
    this.#sweeps = sweeps;
    this.#words = words;
  }

  static of(audience: Audience, films: IdIndex): ShownFilms {
    const agents = new IdIndex(Int32Array.from(audience.keys()).sort());
    const sweeps = new Int32Array(agents.size);
    const width = wordsFor(films);
    const words = new Int32Array(agents.size * width);
    for (const { id, sweep, shown } of audience.values()) {
      const row = agents.indexOf(id);
      sweeps[row] = sweep;
      for (const film of membersOf(shown)) {
        const index = films.indexOf(film);
        if (index < 0) continue;
        const at = row * width + (index >>> 5);
        words[at] = (words[at] as number) | (1 << (index & 31));
      }
    }
    return new ShownFilms(films, agents, { sweeps, words });
  }

  /**
   * Film indices that the agent of the row had been shown since its sweep began, and not by the time of `before`;
   * ascending.
   */
  *since(row: number, before: ShownFilms | null): Generator<number> {
    const id = this.agents.ids[row] as number;
    const old = before === null ? -1 : before.agents.indexOf(id);
    // A sweep that began since has nothing in common with the one before.
    const known = before !== null && old >= 0 && before.#sweeps[old] === this.#sweeps[row] ? before : null;
    const width = wordsFor(this.films);
    for (let word = 0; word < width; word++) {
      const mine = this.#words[row * width + word] as number;
      // Among the same films most words can be told apart at once.
      const rest = known?.films === this.films ? mine & ~(known.#words[old * width + word] as number) : mine;
      for (const bit of bitsOf(rest)) {
        const index = word * WORD_BITS + bit;
        if (known === null || !known.#has(old, known.films.indexOf(this.films.ids[index] as number))) yield index;
      }
    }
  }

  #has(row: number, index: number): boolean {
    if (index < 0) return false;
    return (((this.#words[row * wordsFor(this.films) + (index >>> 5)] as number) >>> (index & 31)) & 1) === 1;
  }

  write(to: ByteWriter): void {
    this.agents.write(to);
    for (const sweep of this.#sweeps) to.uint(sweep);
    writeWords(to, this.#words);
  }

  /** @throws MalformedBytes */
  static read(from: ByteReader, films: IdIndex): ShownFilms {
    const agents = IdIndex.read(from);
    const sweeps = new Int32Array(agents.size);
    for (let row = 0; row < sweeps.length; row++) {
      const sweep = from.uint();
      if (sweep > 0x7fffffff) throw new MalformedBytes(`sweep ${sweep}`, from.offset);
      sweeps[row] = sweep;
    }
    return new ShownFilms(films, agents, { sweeps, words: readInts(from, agents.size * wordsFor(films)) });
  }
}

function wordsFor(films: IdIndex): number {
  return Math.ceil(films.size / WORD_BITS);
}

function* membersOf(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++)
    for (const bit of bitsOf(bits[word] as number)) yield word * WORD_BITS + bit;
}

/** Ascending. */
function* bitsOf(word: number): Generator<number> {
  // Taking 1 away from a word clears its lowest bit, and the complement of the leading zeros of that bit alone is its
  // place.
  for (let rest = word; rest !== 0; rest &= rest - 1) yield WORD_BITS - 1 - Math.clz32(rest & -rest);
}
