/**
 * Runs {@link SasRecNetwork} over the sequence of one agent. The network here knows no films but those of the sequence,
 * so that reading costs the same in any catalogue; whatever a reading needs is written before it, so that all readers
 * may share one memory.
 */
import type { WeightLayout } from './weights.ts';
import { Workspace } from './workspace.ts';
import type { Kernels } from '../numerics/kernels.ts';
import { SasRecNetwork, type SasRecSize, type SasRecWeight, sasRecShapes } from './sasrec-network.ts';

export class SasRecReader {
  readonly #size: SasRecSize;
  readonly #network: SasRecNetwork;
  readonly #shared: readonly SasRecWeight[];

  constructor(kernels: Kernels, size: SasRecSize) {
    const space = new Workspace(kernels);
    this.#size = size;
    this.#network = new SasRecNetwork(space, size, { films: size.length, rows: size.length, learningRate: 0 });
    // These are the names of the shapes.
    this.#shared = (Object.keys(sasRecShapes(size)) as SasRecWeight[]).filter((name) => name !== 'films');
    space.open();
  }

  /**
   * What the network says after the last of the given films, of which it reads the latest `length`.
   * @param layout of the weights of a model
   * @param sequence film indices in that layout, at least one
   */
  read(weights: Float32Array, layout: WeightLayout<SasRecWeight>, sequence: Int32Array): Float32Array {
    const { factors, length } = this.#size;
    const latest = sequence.subarray(Math.max(0, sequence.length - length));
    const { values, layout: own } = this.#network.weights;
    for (const name of this.#shared) own.of(values, name).set(layout.of(weights, name));
    const [from, into] = [layout.of(weights, 'films'), own.of(values, 'films')];
    latest.forEach((film, row) => into.set(from.subarray(film * factors, (film + 1) * factors), row * factors));
    const rows = latest.length;
    const hidden = this.#network.forward({ films: Int32Array.from(latest.keys()), lengths: [rows], rows });
    return hidden.slice((rows - 1) * factors, rows * factors);
  }
}
