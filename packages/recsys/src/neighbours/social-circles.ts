/** Whom each agent knows, and how closely, as of a training. */
import { type Audience, type ByteReader, type ByteWriter, MalformedBytes } from '@rashomon/kernel';
import { IdIndex } from '../interactions/id-index.ts';

/** A contact with its share of the closeness of all contacts. */
export interface Friend {
  readonly agent: number;
  readonly share: number;
}

/** Row r holds the contacts contacts[offsets[r]] … contacts[offsets[r + 1] - 1], ascending. */
export class SocialCircles {
  readonly #agents: IdIndex;
  readonly #offsets: Int32Array;
  readonly #contacts: Int32Array;
  readonly #closeness: Float64Array;

  private constructor(
    agents: IdIndex,
    {
      offsets,
      contacts,
      closeness,
    }: { readonly offsets: Int32Array; readonly contacts: Int32Array; readonly closeness: Float64Array },
  ) {
    this.#agents = agents;
    this.#offsets = offsets;
    this.#contacts = contacts;
    this.#closeness = closeness;
  }

  /**
   * Nobody is its own contact; who is listed twice counts as the closer of the two, and who is not close at all does
   * not count.
   */
  static of(audience: Audience): SocialCircles {
    const agents = new IdIndex(Int32Array.from(audience.keys()).sort());
    const offsets = new Int32Array(agents.size + 1);
    const contacts: number[] = [];
    const closeness: number[] = [];
    agents.ids.forEach((id, row) => {
      const known = new Map<number, number>();
      for (const contact of audience.get(id)?.contacts ?? []) {
        if (contact.agent !== id && contact.closeness > (known.get(contact.agent) ?? 0))
          known.set(contact.agent, contact.closeness);
      }
      for (const [agent, close] of [...known].sort(([a], [b]) => a - b)) {
        contacts.push(agent);
        closeness.push(close);
      }
      offsets[row + 1] = contacts.length;
    });
    return new SocialCircles(agents, {
      offsets,
      contacts: Int32Array.from(contacts),
      closeness: Float64Array.from(closeness),
    });
  }

  /** By id; the shares sum to 1. Empty for somebody unknown or alone. */
  friendsOf(agent: number): readonly Friend[] {
    const row = this.#agents.indexOf(agent);
    if (row < 0) return [];
    const [start, end] = [this.#offsets[row] as number, this.#offsets[row + 1] as number];
    let total = 0;
    for (let at = start; at < end; at++) total += this.#closeness[at] as number;
    return Array.from({ length: end - start }, (_, place) => ({
      agent: this.#contacts[start + place] as number,
      share: (this.#closeness[start + place] as number) / total,
    }));
  }

  write(to: ByteWriter): void {
    this.#agents.write(to);
    for (let row = 0; row < this.#agents.size; row++) {
      const [start, end] = [this.#offsets[row] as number, this.#offsets[row + 1] as number];
      to.uint(end - start);
      for (let at = start; at < end; at++) {
        to.uint(this.#contacts[at] as number);
        to.float64(this.#closeness[at] as number);
      }
    }
  }

  /** @throws MalformedBytes */
  static read(from: ByteReader): SocialCircles {
    const agents = IdIndex.read(from);
    const offsets = new Int32Array(agents.size + 1);
    const contacts: number[] = [];
    const closeness: number[] = [];
    for (let row = 0; row < agents.size; row++) {
      for (let left = from.uint(); left > 0; left--) {
        contacts.push(from.uint());
        const close = from.float64();
        if (!(close > 0 && close < Infinity)) throw new MalformedBytes(`closeness ${close}`, from.offset);
        closeness.push(close);
      }
      offsets[row + 1] = contacts.length;
    }
    return new SocialCircles(agents, {
      offsets,
      contacts: Int32Array.from(contacts),
      closeness: Float64Array.from(closeness),
    });
  }
}
