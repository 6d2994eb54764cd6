/**
 * Learns the base embeddings of LightGCN (He et al., SIGIR 2020). With E the base embeddings, X = (E + ÂE + … + Â^K E)
 * / (K + 1) the final ones (interaction-graph.ts) and x̂_ui = x_u·x_i, each step goes down the gradient of equation 15,
 *
 *   Σ_(u,i,j) -ln σ(x̂_ui - x̂_uj) + λ/2 (|e_u|² + |e_i|² + |e_j|²)
 *
 * over triples of an agent u, a film i that it watched and a film j that it did not, by Adam. A step takes its triples
 * from the whole graph, because spreading embeddings and gradients over the graph costs as much for few of them as for
 * many.
 */
import { exp, ln, type LuckOf } from '@rashomon/kernel';
import { Adam } from '../numerics/adam.ts';
import { type Kernels, Layout, type RowPairs } from '../numerics/kernels.ts';
import type { Factors } from './factors.ts';
import type { Histories } from '../interactions/histories.ts';
import type { IdIndex } from '../interactions/id-index.ts';
import { InteractionGraph, type Reach } from './interaction-graph.ts';
import { DRAWS_PER_WATCH, MissedFilms } from '../interactions/missed-films.ts';

export interface LightgcnParameters {
  /** Length of an embedding; a multiple of 4. */
  readonly factors: number;
  /** K: how many steps along the graph an embedding reaches. */
  readonly layers: number;
  /** Passes over the watches of a full training. */
  readonly epochs: number;
  readonly learningRate: number;
  /** λ */
  readonly regularization: number;
  /** Passes of a training that goes on from the model before. */
  readonly refreshEpochs: number;
}

/** Standard deviation of initial embeddings. */
export const INITIAL_DEVIATION = 0.1;

/** Base embeddings after `epochs` steps from where they start. */
export function learnEmbeddings(
  kernels: Kernels,
  start: EmbeddingStart,
  parameters: Omit<LightgcnParameters, 'refreshEpochs'> & { readonly luck: LuckOf },
): Factors {
  const { epochs, learningRate, luck } = parameters;
  const system = new LightgcnSystem(kernels, parameters, start);
  const adam = new Adam(start.factors.users.length + start.factors.films.length, learningRate);
  const luckOf = luck.within('triples');
  for (let epoch = 0; epoch < epochs; epoch++) {
    system.drawTriples(luckOf, epoch);
    system.step(adam);
  }
  return system.factors();
}

/** Who watched what, and the embeddings that learning starts from. */
export interface EmbeddingStart {
  readonly histories: Histories;
  readonly films: IdIndex;
  /** Rows of `factors` (a parameter) floats. */
  readonly factors: Factors;
}

/** What the loss depends on. */
type Objective = Pick<LightgcnParameters, 'factors' | 'layers' | 'regularization'>;

/** Lists of a word for each triple: pointers to them, and views of them. */
type TriplePointers = Pick<RowPairs, 'first' | 'better' | 'worse' | 'values'>;
type TripleLists = { readonly [list in Exclude<keyof TriplePointers, 'values'>]: Int32Array } & {
  readonly values: Float32Array;
};

/** Base embeddings in the memory of kernels, and what is needed to make them better. */
export class LightgcnSystem {
  readonly #kernels: Kernels;
  readonly #objective: Objective;
  readonly #graph: InteractionGraph;
  readonly #histories: Histories;
  readonly #films: IdIndex;
  readonly #missedFilms: MissedFilms;
  /** Pointers: matrices of a row for each node, and lists of as many words as there are watches. */
  readonly #at: {
    readonly base: number;
    readonly spread: number;
    readonly slopes: number;
    readonly work: readonly [number, number];
    readonly triples: TriplePointers;
  };
  /** How many triples there are. */
  #count = 0;

  constructor(kernels: Kernels, objective: Objective, { histories, films, factors }: EmbeddingStart) {
    const layout = new Layout();
    this.#graph = new InteractionGraph(histories, films.size, layout);
    const matrix = (): number => layout.words(this.#graph.nodes * objective.factors);
    const list = (): number => layout.words(histories.columns.length);
    this.#at = {
      base: matrix(),
      spread: matrix(),
      slopes: matrix(),
      work: [matrix(), matrix()],
      triples: { first: list(), better: list(), worse: list(), values: list() },
    };
    kernels.reserve(layout.bytes);
    this.#graph.copyInto(kernels);
    this.#kernels = kernels;
    this.#objective = objective;
    this.#histories = histories;
    this.#films = films;
    this.#missedFilms = new MissedFilms(histories, films.size);
    const base = this.#matrix(this.#at.base);
    base.set(factors.users);
    base.set(factors.films, factors.users.length);
  }

  /**
   * One triple for each watch, but for those of somebody who has watched nearly everything. Keyed by agent and film id.
   */
  drawTriples(luckOf: (id: number, step: number) => LuckOf, epoch: number): void {
    const { agents, offsets, columns } = this.#histories;
    const { ids } = this.#films;
    const { first, better, worse } = this.#lists();
    const { users } = this.#graph;
    let count = 0;
    for (let user = 0; user < users; user++) {
      const draws = luckOf(agents.ids[user] as number, epoch).for('training');
      for (let at = offsets[user] as number; at < (offsets[user + 1] as number); at++) {
        const film = columns[at] as number;
        const number = ((ids[film] as number) * DRAWS_PER_WATCH) | 0;
        const missed = this.#missedFilms.draw(user, draws, number);
        if (missed < 0) continue;
        first[count] = user;
        better[count] = users + film;
        worse[count] = users + missed;
        count++;
      }
    }
    this.#count = count;
  }

  /** What is to become small, for the triples drawn last. */
  loss(): number {
    const base = this.#matrix(this.#at.base);
    const { factors: dimensions, regularization } = this.#objective;
    const { first, better, worse, values } = this.#compared();
    let loss = 0;
    for (let triple = 0; triple < this.#count; triple++) {
      loss += ln(1 + exp(-(values[triple] as number)));
      for (const list of [first, better, worse]) {
        const begin = (list[triple] as number) * dimensions;
        for (let k = begin; k < begin + dimensions; k++)
          loss += (regularization / 2) * (base[k] as number) * (base[k] as number);
      }
    }
    return loss;
  }

  /** The slope of the loss for each number of the base embeddings: a view, good until the next call. */
  gradient(): Float32Array {
    const { values } = this.#compared();
    const { spread, slopes, work } = this.#at;
    for (let triple = 0; triple < this.#count; triple++) values[triple] = -1 / (1 + exp(values[triple] as number));
    this.#matrix(slopes).fill(0);
    this.#kernels.pushPairs(this.#pairs(), slopes);
    this.#graph.spread(this.#kernels, { from: slopes, to: spread, work }, this.#reach());
    const gradient = this.#matrix(spread);
    this.#addPull(gradient);
    return gradient;
  }

  /** λ times the base embedding, for each triple that a node is in. */
  #addPull(gradient: Float32Array): void {
    const { factors: dimensions, regularization } = this.#objective;
    const { first, better, worse } = this.#lists();
    const base = this.#matrix(this.#at.base);
    const occurrences = new Int32Array(this.#graph.nodes);
    for (const list of [first, better, worse]) {
      for (let triple = 0; triple < this.#count; triple++)
        occurrences[list[triple] as number] = (occurrences[list[triple] as number] as number) + 1;
    }
    for (let node = 0, at = 0; node < occurrences.length; node++) {
      const pull = regularization * (occurrences[node] as number);
      for (const end = at + dimensions; at < end; at++)
        gradient[at] = (gradient[at] as number) + pull * (base[at] as number);
    }
  }

  /** One step down the gradient for the triples drawn last. */
  step(adam: Adam): void {
    adam.step(this.#matrix(this.#at.base), this.gradient());
  }

  /** Copies of the base embeddings as they are now. */
  factors(): Factors {
    const base = this.#matrix(this.#at.base);
    const users = this.#graph.users * this.#objective.factors;
    return { users: base.slice(0, users), films: base.slice(users) };
  }

  /** x̂_ui - x̂_uj for each triple. */
  #compared(): TripleLists {
    const { base, spread, work } = this.#at;
    this.#graph.spread(this.#kernels, { from: base, to: spread, work }, this.#reach());
    this.#kernels.comparePairs(this.#pairs());
    return this.#lists();
  }

  #reach(): Reach {
    return { dimensions: this.#objective.factors, layers: this.#objective.layers };
  }

  #pairs(): RowPairs {
    return { ...this.#at.triples, count: this.#count, rows: this.#at.spread, dimensions: this.#objective.factors };
  }

  #lists(): TripleLists {
    const { first, better, worse, values } = this.#at.triples;
    const { buffer } = this.#kernels;
    const size = this.#histories.columns.length;
    return {
      first: new Int32Array(buffer, first, size),
      better: new Int32Array(buffer, better, size),
      worse: new Int32Array(buffer, worse, size),
      values: new Float32Array(buffer, values, size),
    };
  }

  #matrix(at: number): Float32Array {
    return new Float32Array(this.#kernels.buffer, at, this.#graph.nodes * this.#objective.factors);
  }
}
