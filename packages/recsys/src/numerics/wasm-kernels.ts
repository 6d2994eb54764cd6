/** The kernels in WebAssembly SIMD. */
import { kernelBytes } from './kernels.generated.ts';
import type { Kernels, MatrixProduct, PanelProduct, Propagation, RowPairs, RowSystem } from './kernels.ts';
import { plainKernels } from './plain-kernels.ts';

const PAGE = 65_536;

/** The exports of assembly/kernels.ts. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  scores(query: number, rows: number, count: number, dimensions: number, out: number): void;
  gram(rows: number, count: number, dimensions: number, weight: number, out: number): void;
  solveRows(...values: readonly number[]): void;
  subtractProduct(left: number, right: number, depth: number, size: number, out: number): void;
  propagate(...values: readonly number[]): void;
  comparePairs(...values: readonly number[]): void;
  pushPairs(...values: readonly number[]): void;
  product(...values: readonly number[]): void;
  softmax(at: number, count: number): void;
}

class WasmKernels implements Kernels {
  readonly kind = 'wasm';
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module) {
    // The generated module is the compiled assembly/kernels.ts, whose exports these are.
    this.#exports = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  }

  get buffer(): ArrayBuffer {
    return this.#exports.memory.buffer;
  }

  reserve(bytes: number): void {
    const size = this.buffer.byteLength;
    if (bytes > size) this.#exports.memory.grow(Math.ceil((bytes - size) / PAGE));
  }

  scores(query: number, rows: number, count: number, dimensions: number, out: number): void {
    this.#exports.scores(query, rows, count, dimensions, out);
  }

  gram(rows: number, count: number, dimensions: number, weight: number, out: number): void {
    this.#exports.gram(rows, count, dimensions, weight, out);
  }

  solveRows(system: RowSystem): void {
    const { rows, rowCount, targets, others, offsets, columns, matrix, work, dimensions, scale, base, steps } = system;
    this.#exports.solveRows(
      rows,
      rowCount,
      targets,
      others,
      offsets,
      columns,
      matrix,
      work,
      dimensions,
      scale,
      base,
      steps,
    );
  }

  subtractProduct({ left, right, depth, size, out }: PanelProduct): void {
    this.#exports.subtractProduct(left, right, depth, size, out);
  }

  propagate({ offsets, columns, weights, others, rowCount, dimensions, out, sums }: Propagation): void {
    this.#exports.propagate(offsets, columns, weights, others, rowCount, dimensions, out, sums);
  }

  comparePairs({ first, better, worse, count, rows, dimensions, values }: RowPairs): void {
    this.#exports.comparePairs(first, better, worse, count, rows, dimensions, values);
  }

  pushPairs({ first, better, worse, count, rows, dimensions, values }: RowPairs, slopes: number): void {
    this.#exports.pushPairs(first, better, worse, count, rows, dimensions, values, slopes);
  }

  product({ left, right, out, rows, columns, depth, adds, work }: MatrixProduct): void {
    this.#exports.product(
      left.at,
      left.row,
      left.column,
      right.at,
      right.row,
      right.column,
      out.at,
      out.row,
      rows,
      columns,
      depth,
      adds ? 1 : 0,
      work,
    );
  }

  softmax(at: number, count: number): void {
    this.#exports.softmax(at, count);
  }
}

let compiled: WebAssembly.Module | null | undefined;

/** The compiled module; null where the engine has no WebAssembly or no SIMD. */
function compile(): WebAssembly.Module | null {
  if (typeof WebAssembly === 'undefined') return null;
  const bytes = Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0));
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

/** The fastest kernels that the engine has, over a memory of their own. */
export function createKernels(): Kernels {
  if (compiled === undefined) compiled = compile();
  return compiled === null ? plainKernels() : new WasmKernels(compiled);
}
