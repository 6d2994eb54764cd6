/** Files that are there whole or not at all. */
import { existsSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** Checks, before any work is done for it, that a file can be written there. @throws UsageError */
export function checkFilePath(
  path: string,
  { option, extension }: { readonly option: string; readonly extension: string },
): void {
  const refuse = (expected: string): never => {
    throw new UsageError(`${option} ${JSON.stringify(path)}: expected ${expected}`);
  };
  if (extname(path).toLowerCase() !== extension) refuse(`the name of a file that ends in ${extension}`);
  if (!existsSync(dirname(path)) || !statSync(dirname(path)).isDirectory())
    refuse(`a file in a folder that exists; there is no folder ${dirname(path)}`);
  if (existsSync(path) && !statSync(path).isFile()) refuse('the name of a file; there is something else of that name');
}

/** Under a name of its own first: an earlier file of that name stands until the new one is whole. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
