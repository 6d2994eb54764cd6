/**
 * Resolving a configuration with all its faults at once: those of the schema, and those of the
 * recommender's and the mind's own parameters, which can be told even when the schema finds faults.
 */
import type { Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';
import { type ConfigFault, InvalidConfig } from './faults.ts';
import { readParts } from './read-parts.ts';
import { type ConfigLayer, type ResolvedConfig, resolveConfig } from './resolve.ts';

/**
 * @param known faults found while the layers were gathered, told together with the others
 * @throws InvalidConfig with every fault of every layer
 */
export function checkLayers(
  layers: readonly ConfigLayer[],
  known: readonly ConfigFault[] = [],
  registry: Registry = builtIns,
): ResolvedConfig {
  const faults = [...known];
  let resolved: ResolvedConfig | undefined;
  try {
    resolved = resolveConfig(layers);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    faults.push(...error.faults);
  }
  const parts = resolved ?? partsOf(layers);
  if (parts !== undefined)
    faults.push(...readParts(parts.config, registry, (key) => parts.sources.get(key) ?? 'default').faults);
  if (resolved === undefined || faults.length > 0) throw new InvalidConfig(faults);
  return resolved;
}

/** What the layers say of recommender, mind and search alone; undefined when not even that is sound. */
function partsOf(layers: readonly ConfigLayer[]): ResolvedConfig | undefined {
  const own = layers.map(({ source, settings }) => ({
    source,
    settings: Object.fromEntries(
      Object.entries(settings).filter(([key]) => /^(recommender|mind|search)(\.|$)/.test(key)),
    ),
  }));
  try {
    return resolveConfig(own);
  } catch (error) {
    if (error instanceof InvalidConfig) return undefined;
    throw error;
  }
}
