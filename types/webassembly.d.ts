/**
 * The part of WebAssembly that we use. TypeScript keeps these types in its library for browsers, and the
 * rest of that library (window, document, …) must stay unknown to code that runs in Node.
 */
declare namespace WebAssembly {
  type ImportValue = Memory | Global | ((...values: never[]) => unknown);
  type Imports = Record<string, Record<string, ImportValue>>;

  class Module {
    constructor(bytes: ArrayBufferView | ArrayBuffer);
  }

  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module, imports?: Imports);
  }

  class Memory {
    readonly buffer: ArrayBuffer;
    constructor(descriptor: { readonly initial: number; readonly maximum?: number });
    /** Adds pages of 64 KiB; every view of the old buffer is detached. Answers the size before, in pages. */
    grow(pages: number): number;
  }

  class Global {
    value: number;
    constructor(descriptor: { readonly value: 'i32' | 'f32' | 'f64'; readonly mutable?: boolean }, value: number);
  }

  function validate(bytes: ArrayBufferView | ArrayBuffer): boolean;
}
