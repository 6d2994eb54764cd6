/** Learns the weights of {@link SasRecNetwork} by Adam from windows of all sequences, a batch of windows a step. */
import type { LuckOf } from '@rashomon/kernel';
import { drawDropout } from './activations.ts';
import { drawnBatches } from './drawn-batches.ts';
import { candidatesMax, drawCandidates, SampledSoftmax } from './sampled-softmax.ts';
import { Workspace } from './workspace.ts';
import type { Kernels } from '../numerics/kernels.ts';
import type { Histories } from '../interactions/histories.ts';
import type { IdIndex } from '../interactions/id-index.ts';
import { type SasRecBatch, SasRecNetwork, type SasRecSize } from './sasrec-network.ts';

export interface SasRecParameters extends SasRecSize {
  /** Passes over the sequences of a full training. */
  readonly epochs: number;
  /** Windows a step. */
  readonly batch: number;
  readonly learningRate: number;
  readonly dropout: number;
  /** Films among which the next one is to be named in a step, about. */
  readonly candidates: number;
  /** Passes of a training that goes on from the model before. */
  readonly refreshEpochs: number;
}

export interface SasRecLesson {
  readonly parameters: SasRecParameters;
  readonly sequences: Histories;
  readonly films: IdIndex;
  readonly epochs: number;
  readonly luck: LuckOf;
}

/** @returns the weights after the lesson, and the mean loss of each epoch */
export function learnSasRec(
  kernels: Kernels,
  start: Float32Array,
  lesson: SasRecLesson,
): { readonly weights: Float32Array; readonly losses: readonly number[] } {
  const { parameters, films, epochs, luck } = lesson;
  const { length, factors: width, learningRate } = parameters;
  const rows = Math.min(parameters.batch, windowsOf(lesson, 0).length) * length;
  const space = new Workspace(kernels);
  const network = new SasRecNetwork(space, parameters, { films: films.size, rows, learningRate });
  const softmax = new SampledSoftmax(space, {
    rows,
    width,
    candidates: candidatesMax(films.size, parameters.candidates),
  });
  space.open();
  network.weights.values.set(start);
  const [orderOf, candidatesOf] = [luck.within('order of windows'), luck.within('candidates')];
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [loss, total] = [0, 0];
    const keyOf = ({ agent, start: first }: Window): number => orderOf(agent, epoch).for('training').uniform(first);
    for (const [step, windows] of drawnBatches(windowsOf(lesson, epoch), parameters.batch, keyOf).entries()) {
      const batch = batchOf(windows);
      const candidates = drawCandidates(films.ids, parameters.candidates, candidatesOf(step, epoch).for('training'));
      dropOut(network, windows, { ...lesson, epoch });
      loss += network.slopesOf(batch, { targets: targetsOf(windows), candidates }, softmax) * batch.rows;
      total += batch.rows;
      network.weights.step();
    }
    losses.push(loss / Math.max(1, total));
  }
  return { weights: network.weights.values.slice(), losses };
}

/** A part of a sequence to learn from: each of its films but the last is followed by the one to name. */
interface Window {
  readonly agent: number;
  /** Of the sequence, where the part starts. */
  readonly start: number;
  readonly films: Int32Array;
}

/**
 * All sequences, the long ones cut at a place that is drawn for each epoch, so that no film is always the first of a
 * window.
 */
function windowsOf({ parameters: { length }, sequences, luck }: SasRecLesson, epoch: number): readonly Window[] {
  const { agents, offsets, columns } = sequences;
  const placeOf = luck.within('places of windows');
  const windows: Window[] = [];
  for (let row = 0; row < agents.size; row++) {
    const films = columns.subarray(offsets[row], offsets[row + 1]);
    const steps = films.length - 1;
    const agent = agents.ids[row] as number;
    const first = steps <= length ? 0 : placeOf(agent, epoch).for('training').below(length, 0) - length + 1;
    for (let start = first; start < steps; start += length) {
      windows.push({
        agent,
        start: Math.max(0, start),
        films: films.subarray(Math.max(0, start), Math.min(steps, start + length) + 1),
      });
    }
  }
  return windows;
}

function batchOf(windows: readonly Window[]): SasRecBatch {
  const lengths = windows.map(({ films }) => films.length - 1);
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const films = new Int32Array(rows);
  let at = 0;
  for (const window of windows) {
    films.set(window.films.subarray(0, -1), at);
    at += window.films.length - 1;
  }
  return { films, lengths, rows };
}

const targetsOf = (windows: readonly Window[]): Int32Array =>
  Int32Array.from(windows.flatMap(({ films }) => [...films.subarray(1)]));

/** Draws of one window at one place of the network: more than it can have floats. */
const DRAWS_PER_PLACE = 0x1000000;

/** Dropout factors of a batch, keyed by agent: for what goes in, and for the two parts of each block. */
function dropOut(
  { factors, blocks }: SasRecNetwork,
  windows: readonly Window[],
  { parameters, luck, epoch }: SasRecLesson & { readonly epoch: number },
): void {
  const { factors: width, dropout } = parameters;
  const dropoutOf = luck.within('dropout of places');
  const places = [factors, ...blocks.flatMap((block) => block.factors)];
  let at = 0;
  for (const { agent, start, films } of windows) {
    const draws = dropoutOf(agent, epoch).for('training');
    const end = at + (films.length - 1) * width;
    places.forEach((place, index) =>
      drawDropout(place.subarray(at, end), dropout, { draws, first: index * DRAWS_PER_PLACE + start * width }),
    );
    at = end;
  }
}
