/** Where things lie: the command, the real data, and room for what is measured. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Same from src/ and from dist/. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The command `rashomon`. */
export const commandFile = join(root, 'apps', 'cli', 'dist', 'main.js');

/** As its first line starts Node: what is measured runs the way people run it. */
export const COMMAND_NODE_ARGUMENTS: readonly string[] = ['--max-semi-space-size=32'];

/** A folder of real data by name, in RASHOMON_DATA or beside the repository; undefined where it is in neither. */
export function dataFolder(name: string): string | undefined {
  const { RASHOMON_DATA } = process.env;
  const shelves = [...(RASHOMON_DATA === undefined ? [] : [RASHOMON_DATA]), join(root, '..', 'shared', 'data')];
  return shelves.map((shelf) => join(shelf, name)).find((folder) => existsSync(folder));
}

/** Lends a new folder and removes it with everything in it. */
export async function withScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rashomon-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
