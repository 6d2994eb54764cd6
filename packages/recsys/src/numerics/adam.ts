/**
 * Steps down a gradient: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1, with β1 =
 * 0.9,
 * β2 = 0.999, ε = 1e-8. Moments are kept as 32-bit floats; each step takes only + - * / and sqrt, in one order.
 */

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** The optimiser of one list of parameters. */
export class Adam {
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  readonly #learningRate: number;
  /** β1^t and β2^t, as running products. */
  #decay1 = 1;
  #decay2 = 1;

  /** @param size how many parameters */
  constructor(size: number, learningRate: number) {
    this.#first = new Float32Array(size);
    this.#second = new Float32Array(size);
    this.#learningRate = learningRate;
  }

  /** Moves the parameters in place. The gradient has as many entries, of what is to become small. */
  step(parameters: Float32Array, gradient: Float32Array): void {
    this.#decay1 *= BETA1;
    this.#decay2 *= BETA2;
    const rate = (this.#learningRate * Math.sqrt(1 - this.#decay2)) / (1 - this.#decay1);
    const epsilon = EPSILON * Math.sqrt(1 - this.#decay2);
    const first = this.#first;
    const second = this.#second;
    for (let index = 0; index < parameters.length; index++) {
      const slope = gradient[index] as number;
      const mean = BETA1 * (first[index] as number) + (1 - BETA1) * slope;
      const square = BETA2 * (second[index] as number) + (1 - BETA2) * slope * slope;
      first[index] = mean;
      second[index] = square;
      parameters[index] = (parameters[index] as number) - (rate * mean) / (Math.sqrt(square) + epsilon);
    }
  }
}
