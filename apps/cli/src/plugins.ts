/**
 * Recommenders and minds from outside this repository: modules that export definitions, loaded before a command begins.
 * They join those that come with it in the registry of this one call.
 */
import type { OwnMind, OwnRecommender, Registry } from '@rashomon/replay';
import { delimiter, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Surroundings } from './surroundings.ts';

/** Thrown for a module that cannot be loaded, that exports neither recommender nor mind, or whose names are taken. */
class InvalidPlugin extends Error {
  override readonly name = 'InvalidPlugin';
  readonly code = 'INVALID_PLUGIN';
}

interface Exported {
  readonly recommenders: readonly OwnRecommender[];
  readonly minds: readonly OwnMind[];
}

/**
 * @param given files from `--plugin`; those of RASHOMON_PLUGINS come before them, and none counts twice
 * @throws InvalidPlugin, which names the file
 */
export async function registryWithPlugins(
  given: readonly string[],
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
): Promise<Registry> {
  const { builtIns, ownMind, ownRecommender, registryWith } = await import('@rashomon/replay');
  const { RASHOMON_PLUGINS: named = '' } = env;
  const files = [...named.split(delimiter).filter((path) => path !== ''), ...given];
  const paths = new Map(files.map((file) => [resolve(cwd, file), file]));
  let registry = builtIns;
  for (const [path, file] of paths) {
    const { recommenders, minds } = await exportedBy(path, file);
    try {
      const parts = { recommenders: recommenders.map(ownRecommender), minds: minds.map(ownMind) };
      registry = registryWith(parts, registry);
    } catch (error) {
      throw new InvalidPlugin(`plugin ${file}: ${messageOf(error)}`, { cause: error });
    }
  }
  return registry;
}

async function exportedBy(path: string, file: string): Promise<Exported> {
  let exported: readonly unknown[];
  try {
    exported = Object.values((await import(pathToFileURL(path).href)) as object);
  } catch (error) {
    throw new InvalidPlugin(
      `plugin ${file}: ${messageOf(error)}, expected a JavaScript module that exports recommenders or minds`,
      { cause: error },
    );
  }
  const recommenders = exported.filter(isRecommender);
  const minds = exported.filter(isMind);
  if (recommenders.length === 0 && minds.length === 0)
    throw new InvalidPlugin(
      `plugin ${file}: no export has a name and a function create or decide, expected at least one recommender or mind`,
    );
  return { recommenders, minds };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface Named {
  readonly name: unknown;
  readonly kind: unknown;
  readonly create: unknown;
  readonly decide: unknown;
}

function isRecommender(value: unknown): value is OwnRecommender {
  const { name, kind, create } = (value ?? {}) as Partial<Named>;
  return typeof name === 'string' && typeof create === 'function' && kind !== 'mind';
}

/** A mind decides as it is, or says that it is one and is made from parameters. */
function isMind(value: unknown): value is OwnMind {
  const { name, kind, create, decide } = (value ?? {}) as Partial<Named>;
  return (
    typeof name === 'string' && (typeof decide === 'function' || (kind === 'mind' && typeof create === 'function'))
  );
}
