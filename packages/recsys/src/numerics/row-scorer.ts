/**
 * Scores of all rows of a matrix for one query, in a memory shared by many matrices.
 *
 * A run trains a model a round and drops the one before; a WebAssembly memory is freed late and reserves
 * much address space. So models keep their factors in ordinary arrays, and a few memories hold copies of
 * those asked last. A copy costs as much as a handful of queries, and is made when another model asks.
 */
import type { Kernels } from './kernels.ts';
import { createKernels } from './wasm-kernels.ts';

/** How many models may take turns without copying: two runs side by side, each with a branch. */
const MEMORIES = 4;

interface Resident {
  readonly kernels: Kernels;
  matrix: Float32Array;
  /** Pointers to the query and the scores, which stand before and after the matrix. */
  query: number;
  scores: number;
}

/** Asked last comes first. Which memory answers never shows in an answer. */
const residents: Resident[] = [];

/**
 * scores[r] = matrix[r] · query, for a query of a multiple of 4 floats.
 * @returns a view that the next call may overwrite
 */
export function scoreRows(matrix: Float32Array, query: Float32Array): Float32Array {
  const resident = residentOf(matrix, query.length);
  const { kernels } = resident;
  const count = matrix.length / query.length;
  new Float32Array(kernels.buffer, resident.query, query.length).set(query);
  kernels.scores(resident.query, QUERY_BYTES, count, query.length, resident.scores);
  return new Float32Array(kernels.buffer, resident.scores, count);
}

/** Room for the longest query, 1,024 floats. */
const QUERY_BYTES = 4096;

function residentOf(matrix: Float32Array, dimensions: number): Resident {
  const place = residents.findIndex((resident) => resident.matrix === matrix);
  if (place === 0) return residents[0] as Resident;
  const [found] = place > 0 ? residents.splice(place, 1) : [undefined];
  const resident = found ?? install(matrix, dimensions);
  residents.unshift(resident);
  return resident;
}

function install(matrix: Float32Array, dimensions: number): Resident {
  const kernels = (residents.length < MEMORIES ? undefined : residents.pop())?.kernels ?? createKernels();
  const scores = QUERY_BYTES + ((matrix.byteLength + 15) & ~15);
  kernels.reserve(scores + (matrix.length / dimensions) * 4);
  new Float32Array(kernels.buffer, QUERY_BYTES, matrix.length).set(matrix);
  return { kernels, matrix, query: 0, scores };
}
