/** Where the real data is, if anywhere: it may not be redistributed, so the repository does not hold it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const folder = process.env['RASHOMON_DATA'] ?? resolve(repository, '../shared/data');
const found = existsSync(folder);

/** Tests that need real data; they show as skipped, and why, where there is none. */
export const onRealData = found ? describe : describe['skip'];

export const realData = (...names: readonly string[]): string => join(folder, ...names);

if (!found) process.stderr.write(`Tests on real data are skipped: there is no folder ${folder}; RASHOMON_DATA may name another.\n`);
