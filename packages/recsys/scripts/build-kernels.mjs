/**
 * Compiles assembly/kernels.ts and writes the bytes as text into src/numerics/kernels.generated.ts, so that
 * whoever uses the package needs neither a compiler nor a file to read. With --check nothing is written
 * and the exit code says whether the generated file is what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { main } from 'assemblyscript/asc';

const assembly = new URL('../assembly/', import.meta.url);
const target = new URL('../src/numerics/kernels.generated.ts', import.meta.url);
const LINE = 120;

const options = [
  'kernels.ts',
  '--outFile',
  'kernels.wasm',
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
];
const written = new Map();
let complaint = '';
const { error } = await main(options, {
  readFile: (name) => (existsSync(new URL(name, assembly)) ? readFileSync(new URL(name, assembly), 'utf8') : null),
  writeFile: (name, contents) => written.set(name, contents),
  listFiles: () => [],
  stderr: {
    write(text) {
      complaint += text;
    },
  },
});
if (error) {
  process.stderr.write(complaint);
  throw error;
}

const base64 = Buffer.from(written.get('kernels.wasm')).toString('base64');
const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')).map((line) => `  '${line}'`);
const text = `/** Made by scripts/build-kernels.mjs from assembly/kernels.ts: do not edit. WebAssembly in base64. */
export const kernelBytes: string =
${lines.join(' +\n')};
`;

if (process.argv.includes('--check')) {
  const stale = readFileSync(target, 'utf8') !== text;
  if (stale)
    process.stderr.write(
      'kernels.generated.ts is not what assembly/kernels.ts compiles to: ' +
        'run node packages/recsys/scripts/build-kernels.mjs\n',
    );
  process.exitCode = stale ? 1 : 0;
} else {
  writeFileSync(target, text);
}
