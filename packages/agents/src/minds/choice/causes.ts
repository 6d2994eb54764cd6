/** The causes a decision names: the few earlier events that weighed most. */
import type { Cause, CauseRole } from '@rashomon/kernel';

/** No more of one role are named: a decision moved by everything is explained by nothing. */
export const CAUSES_OF_A_ROLE = 3;

/** No cause; one object for all. */
export const NO_CAUSES: readonly Cause[] = [];

/** Keeps the heaviest few positions of one role; a position counts once, with its largest weight. */
export class Heaviest {
  readonly #role: CauseRole;
  readonly #positions: number[] = [];
  readonly #weights: number[] = [];

  constructor(role: CauseRole) {
    this.#role = role;
  }

  /** Of equal weights the one offered first stays ahead. */
  offer(position: number, weight: number): void {
    const known = this.#positions.indexOf(position);
    if (known >= 0) {
      if ((this.#weights[known] as number) >= weight) return;
      this.#positions.splice(known, 1);
      this.#weights.splice(known, 1);
    }
    let at = this.#weights.length;
    while (at > 0 && (this.#weights[at - 1] as number) < weight) at--;
    if (at >= CAUSES_OF_A_ROLE) return;
    this.#positions.splice(at, 0, position);
    this.#weights.splice(at, 0, weight);
    this.#positions.length = Math.min(this.#positions.length, CAUSES_OF_A_ROLE);
    this.#weights.length = this.#positions.length;
  }

  addTo(causes: Cause[]): void {
    for (const position of this.#positions) causes.push({ role: this.#role, position });
  }
}
