/**
 * Learns the weights of {@link VaeNetwork} by Adam from all histories, a batch of agents a step. Formulas stand in
 * multvae-network.ts.
 */
import type { LuckOf } from '@rashomon/kernel';
import { drawDropout } from './activations.ts';
import { drawnBatches } from './drawn-batches.ts';
import { Workspace } from './workspace.ts';
import type { Kernels } from '../numerics/kernels.ts';
import type { Histories } from '../interactions/histories.ts';
import { type VaeBatch, VaeNetwork, type VaeSize } from './multvae-network.ts';

export interface VaeParameters extends VaeSize {
  /** Passes over the agents of a full training. */
  readonly epochs: number;
  /** Agents a step. */
  readonly batch: number;
  readonly learningRate: number;
  /** Share of an agent's films that is hidden from it in a pass. */
  readonly dropout: number;
  /** The largest β; a full training reaches it after half of its steps, all others have it throughout. */
  readonly anneal: number;
  /** Passes of a training that goes on from the model before. */
  readonly refreshEpochs: number;
}

/** Share of the steps of a full training in which β grows. */
const ANNEALING = 0.5;

export interface VaeLesson {
  readonly parameters: VaeParameters;
  readonly histories: Histories;
  readonly films: number;
  readonly epochs: number;
  /** Whether β starts at 0. */
  readonly anneals: boolean;
  readonly luck: LuckOf;
}

/** @returns the weights after the lesson, and the mean loss of each epoch */
export function learnVae(
  kernels: Kernels,
  start: Float32Array,
  lesson: VaeLesson,
): { readonly weights: Float32Array; readonly losses: readonly number[] } {
  const { parameters, histories, films, epochs, anneals, luck } = lesson;
  const { batch: size, learningRate } = parameters;
  const space = new Workspace(kernels);
  const rows = Array.from({ length: histories.agents.size }, (_, row) => row).filter(
    (row) => histories.offsets[row] !== histories.offsets[row + 1],
  );
  const network = new VaeNetwork(space, parameters, { films, batch: Math.min(size, rows.length), learningRate });
  space.open();
  network.weights.values.set(start);
  const orderOf = luck.within('order of rows');
  const steps = Math.ceil(rows.length / size) * epochs * ANNEALING;
  const losses: number[] = [];
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0;
    const keyOf = (row: number): number =>
      orderOf(histories.agents.ids[row] as number, epoch)
        .for('training')
        .uniform(0);
    for (const members of drawnBatches(rows, size, keyOf)) {
      const annealed = anneals ? parameters.anneal * Math.min(1, step / steps) : parameters.anneal;
      loss += network.slopesOf(batchOf(members, annealed, { ...lesson, epoch })) * members.length;
      network.weights.step();
      step++;
    }
    losses.push(loss / Math.max(1, rows.length));
  }
  return { weights: network.weights.values.slice(), losses };
}

function batchOf(
  members: readonly number[],
  annealed: number,
  { parameters, histories, luck, epoch }: VaeLesson & { readonly epoch: number },
): VaeBatch {
  const { factors, dropout } = parameters;
  const [dropoutOf, noiseOf] = [luck.within('dropout of inputs'), luck.within('noise')];
  const watched = members.map((row) => histories.columns.subarray(histories.offsets[row], histories.offsets[row + 1]));
  const noise = new Float32Array(members.length * factors);
  const inputs = members.map((row, member) => {
    const agent = histories.agents.ids[row] as number;
    const draws = noiseOf(agent, epoch).for('training');
    for (let k = 0; k < factors; k++) noise[member * factors + k] = draws.normal(k);
    const shown = new Float32Array((watched[member] as Int32Array).length);
    drawDropout(shown, dropout, { draws: dropoutOf(agent, epoch).for('training'), first: 0 });
    const length = Math.sqrt(shown.length);
    return shown.map((share) => share / length);
  });
  return { watched, inputs, noise, annealed };
}
