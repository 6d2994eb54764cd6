/** Placeholder: the benchmarks go here. */
export {};
