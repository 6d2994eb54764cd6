/** Recommenders from outside this repository: modules that export definitions, loaded before a command begins. */
import type { OwnRecommender } from '@rashomon/replay';
import { delimiter, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Surroundings } from './surroundings.ts';

/** Thrown for a module that cannot be loaded, or that exports no recommender. */
class InvalidPlugin extends Error {
  readonly code = 'INVALID_PLUGIN';
}

interface Named {
  readonly name: string;
  readonly create: unknown;
}

/** Modules are loaded once; tests and demonstrations call many commands in one process. */
const loaded = new Set<string>();

/**
 * @param given files from `--plugin`; those of RASHOMON_PLUGINS come before them
 * @throws InvalidPlugin
 */
export async function loadPlugins(
  given: readonly string[],
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
): Promise<void> {
  const { RASHOMON_PLUGINS: named = '' } = env;
  for (const file of [...named.split(delimiter).filter((path) => path !== ''), ...given]) {
    const path = resolve(cwd, file);
    if (loaded.has(path)) continue;
    await load(path, file);
    loaded.add(path);
  }
}

async function load(path: string, file: string): Promise<void> {
  const { registerRecommender } = await import('@rashomon/replay');
  let exported: readonly unknown[];
  try {
    exported = Object.values((await import(pathToFileURL(path).href)) as object);
  } catch (error) {
    throw new InvalidPlugin(
      `plugin ${file}: ${error instanceof Error ? error.message : String(error)}, expected a JavaScript module that exports recommenders`,
      { cause: error },
    );
  }
  const definitions = exported.filter(isDefinition);
  if (definitions.length === 0)
    throw new InvalidPlugin(
      `plugin ${file}: no export has a name and a function create, expected at least one recommender`,
    );
  for (const definition of definitions) registerRecommender(definition);
}

function isDefinition(value: unknown): value is OwnRecommender {
  const { name, create } = (value ?? {}) as Partial<Named>;
  return typeof name === 'string' && typeof create === 'function';
}
