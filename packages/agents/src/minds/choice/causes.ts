/** The causes a decision names: the few earlier events that weighed most. */
import { type Cause, type CauseRole, milli } from '@rashomon/kernel';

/** No more of one role are named: a decision moved by everything is explained by nothing. */
export const CAUSES_OF_A_ROLE = 3;

/** No cause; one object for all. */
export const NO_CAUSES: readonly Cause[] = [];

/**
 * Keeps the heaviest few positions of one role; a position counts once, with its largest weight. Reused from question
 * to question.
 */
export class Heaviest {
  readonly #role: CauseRole;
  readonly #positions: number[] = [];
  readonly #weights = new Float64Array(CAUSES_OF_A_ROLE);
  #size = 0;

  constructor(role: CauseRole) {
    this.#role = role;
  }

  begin(): void {
    this.#size = 0;
  }

  /** Of equal weights the one offered first stays ahead. */
  offer(position: number, weight: number): void {
    const positions = this.#positions;
    const weights = this.#weights;
    let at = 0;
    while (at < this.#size && positions[at] !== position) at++;
    if (at === CAUSES_OF_A_ROLE) at--;
    else if (at === this.#size) weights[this.#size++] = -1;
    // Here stands the position itself, or what gives way to it: the lightest, or nothing.
    if ((weights[at] as number) >= weight) return;
    for (; at > 0 && (weights[at - 1] as number) < weight; at--) {
      positions[at] = positions[at - 1] as number;
      weights[at] = weights[at - 1] as number;
    }
    positions[at] = position;
    weights[at] = weight;
  }

  addTo(causes: Cause[]): void {
    for (let i = 0; i < this.#size; i++) causes.push({ role: this.#role, position: this.#positions[i] as number });
  }

  /**
   * The same with the share of the decision that each cause has.
   * @param share of the term that these causes are behind, -1 to 1
   * @param whole what all causes behind it weigh; by default what those named here do
   */
  addWeighedTo(causes: Cause[], share: number, whole = this.#sum()): void {
    if (share === 0 || whole === 0) return this.addTo(causes);
    for (let i = 0; i < this.#size; i++) {
      const weight = milli((share * (this.#weights[i] as number)) / whole);
      causes.push({ role: this.#role, position: this.#positions[i] as number, weight });
    }
  }

  #sum(): number {
    let sum = 0;
    for (let i = 0; i < this.#size; i++) sum += this.#weights[i] as number;
    return sum;
  }
}
