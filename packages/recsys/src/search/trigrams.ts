/** Texts that are spelled alike: those that share many runs of three letters (Dice's coefficient, Ecology 1945). */

export class TrigramIndex {
  readonly #places = new Map<string, number[]>();
  readonly #sizes: Float64Array;

  constructor(texts: readonly string[]) {
    this.#sizes = new Float64Array(texts.length);
    texts.forEach((text, place) => {
      const runs = trigramsOf(text);
      this.#sizes[place] = runs.size;
      for (const run of runs) {
        const places = this.#places.get(run);
        if (places === undefined) this.#places.set(run, [place]);
        else places.push(place);
      }
    });
  }

  /** 2 |A ∩ B| / (|A| + |B|) of the text and each of the index, by place; 0 to 1. */
  likeness(text: string): Float64Array {
    const runs = trigramsOf(text);
    const likeness = this.#shared(runs);
    for (let place = 0; place < likeness.length; place++)
      likeness[place] = (2 * (likeness[place] as number)) / (runs.size + (this.#sizes[place] as number));
    return likeness;
  }

  /**
   * Places of the texts that may differ from this one by so many errors: one error spoils four runs at most (two
   * letters swapped), and the others are shared.
   */
  within(errors: number, text: string): readonly number[] {
    const runs = trigramsOf(text);
    const least = Math.max(1, runs.size - 4 * errors);
    const places: number[] = [];
    this.#shared(runs).forEach((shared, place) => {
      if (shared >= least) places.push(place);
    });
    return places;
  }

  #shared(runs: ReadonlySet<string>): Float64Array {
    const shared = new Float64Array(this.#sizes.length);
    for (const run of runs)
      for (const place of this.#places.get(run) ?? []) shared[place] = (shared[place] as number) + 1;
    return shared;
  }
}

/** The beginning counts as a letter, so that the first letters weigh more. */
function trigramsOf(text: string): ReadonlySet<string> {
  const padded = `  ${text} `;
  const runs = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) runs.add(padded.slice(at, at + 3));
  return runs;
}
