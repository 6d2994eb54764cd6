/**
 * The graph of agents and the films they watched, and how numbers spread over it: He, Deng, Wang, Li, Zhang & Wang,
 * "LightGCN: simplifying and powering graph convolution network for recommendation", SIGIR 2020, equations 3 to 8. With
 * Â the adjacency matrix whose entry of neighbours u and i is 1 / sqrt(|I_u| |U_i|), a matrix E of a row for each node
 * becomes
 *
 *   (E + ÂE + … + Â^K E) / (K + 1)
 *
 * As Â is symmetric, this is also how a gradient goes back from what was made to what it was made of.
 */
import { type Kernels, Layout } from '../numerics/kernels.ts';
import type { Factors } from './factors.ts';
import { type CompressedRows, transpose } from '../interactions/histories.ts';

/** How far numbers spread: `dimensions` of them a node, over so many edges. */
export interface Reach {
  readonly dimensions: number;
  readonly layers: number;
}

/** Pointers to matrices of a row for each node. */
export interface SpreadMatrices {
  readonly from: number;
  readonly to: number;
  /** Room for two more. */
  readonly work: readonly [number, number];
}

/** Nodes are the agents and then the films, in order of index. */
export class InteractionGraph {
  /** How many agents, and how many nodes in all. */
  readonly users: number;
  readonly nodes: number;
  readonly #entries: CompressedRows;
  readonly #weights: Float32Array;
  readonly #at: { readonly offsets: number; readonly columns: number; readonly weights: number };

  /** Takes its room in the layout. @param watched rows are users, columns films */
  constructor(watched: CompressedRows, films: number, layout: Layout) {
    this.users = watched.offsets.length - 1;
    this.nodes = this.users + films;
    this.#entries = neighbours(watched, transpose(watched, films));
    this.#weights = weightsOf(this.#entries);
    const { offsets, columns } = this.#entries;
    this.#at = {
      offsets: layout.words(offsets.length),
      columns: layout.words(columns.length),
      weights: layout.words(columns.length),
    };
  }

  copyInto({ buffer }: Kernels): void {
    const { offsets, columns } = this.#entries;
    new Int32Array(buffer, this.#at.offsets, offsets.length).set(offsets);
    new Int32Array(buffer, this.#at.columns, columns.length).set(columns);
    new Float32Array(buffer, this.#at.weights, columns.length).set(this.#weights);
  }

  /** to = (from + Â from + … + Â^layers from) / (layers + 1). */
  spread(kernels: Kernels, { from, to, work }: SpreadMatrices, { dimensions, layers }: Reach): void {
    const size = this.nodes * dimensions;
    const sums = new Float32Array(kernels.buffer, to, size);
    sums.set(new Float32Array(kernels.buffer, from, size));
    let others = from;
    for (let layer = 0; layer < layers; layer++) {
      const out = work[layer % 2] as number;
      kernels.propagate({ ...this.#at, others, rowCount: this.nodes, dimensions, out, sums: to });
      others = out;
    }
    const share = Math.fround(1 / (layers + 1));
    for (let index = 0; index < size; index++) sums[index] = (sums[index] as number) * share;
  }
}

/** The factors spread over the graph of the histories. @param kernels whose memory is used for it */
export function spreadFactors(
  kernels: Kernels,
  histories: CompressedRows,
  { factors, ...reach }: Reach & { readonly factors: Factors },
): Factors {
  const { users, films } = factors;
  const layout = new Layout();
  const graph = new InteractionGraph(histories, films.length / reach.dimensions, layout);
  const matrix = (): number => layout.words(users.length + films.length);
  const at = { from: matrix(), to: matrix(), work: [matrix(), matrix()] } as const;
  kernels.reserve(layout.bytes);
  graph.copyInto(kernels);
  const view = (pointer: number): Float32Array =>
    new Float32Array(kernels.buffer, pointer, users.length + films.length);
  view(at.from).set(users);
  view(at.from).set(films, users.length);
  graph.spread(kernels, at, reach);
  const spread = view(at.to);
  return { users: spread.slice(0, users.length), films: spread.slice(users.length) };
}

/** Rows are nodes, columns their neighbours, ascending. */
function neighbours(watched: CompressedRows, watchers: CompressedRows): CompressedRows {
  const users = watched.offsets.length - 1;
  const edges = watched.columns.length;
  const offsets = new Int32Array(users + watchers.offsets.length);
  offsets.set(watched.offsets);
  offsets.set(
    watchers.offsets.map((offset) => offset + edges),
    users,
  );
  const columns = new Int32Array(2 * edges);
  columns.set(watched.columns.map((film) => film + users));
  columns.set(watchers.columns, edges);
  return { offsets, columns };
}

/** 1 / sqrt(degree of the row · degree of the column) for each entry. */
function weightsOf({ offsets, columns }: CompressedRows): Float32Array {
  const weights = new Float32Array(columns.length);
  const degree = (node: number): number => (offsets[node + 1] as number) - (offsets[node] as number);
  for (let node = 0; node + 1 < offsets.length; node++) {
    for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at++)
      weights[at] = 1 / Math.sqrt(degree(node) * degree(columns[at] as number));
  }
  return weights;
}
