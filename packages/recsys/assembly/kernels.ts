/**
 * The inner loops of the recommenders in WebAssembly SIMD (AssemblyScript), non-relaxed and without fused
 * multiply-add, so that every processor gives the same bits. src/numerics/plain-kernels.ts is the same in
 * JavaScript, operation by operation: a change here is a change there.
 *
 * Pointers are byte offsets, matrices row-major 32-bit floats, `dimensions` a multiple of 4; `subtractProduct` alone
 * works on 64-bit floats.
 */
export { comparePairs, propagate, pushPairs } from './graph';
export { product } from './products';
export { gram, scores, solveRows } from './rows';
export { softmax } from './softmax';
export { subtractProduct } from './sweeps';
