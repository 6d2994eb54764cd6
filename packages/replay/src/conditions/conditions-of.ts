/**
 * The conditions of a run, from the configuration in its log: every value in force and nothing else (law L13). What old
 * engines left unsaid is completed from the defaults of their time; later logs are read strictly, and the defaults of
 * the engine that reads them are never asked.
 */
import type { Json, RunConfig } from '@rashomon/kernel';
import type { z } from 'zod';
import { configSchema } from '../config/schema.ts';
import type { ConfigFault } from '../config/faults.ts';
import { isSection, type PartSection } from '../config/keys.ts';
import type { PartDefinition, Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';
import { PartMissing, UnsoundConditions } from './condition-faults.ts';
import { defaultsOfOld } from './defaults-of-old.ts';
import type { DefaultsOfOld, Values } from './values.ts';
import { faultsOfSettled } from './settled.ts';
import { LATER_KEYS } from './later-keys.data.ts';
import { ownParameters } from './own-parameters.ts';

/** Whose conditions are read. */
export interface Origin {
  readonly run: string;
  /** The engine that began the run, as RunStarted names it. */
  readonly engine: string;
}

/**
 * @param config as RunStarted carries it, with the interventions up to now
 * @throws PartMissing when nobody here bears the name of its recommender, mind or search; UnsoundConditions with every
 * key that is missing, unknown or out of range
 */
export function conditionsOf(config: RunConfig, origin: Origin, registry: Registry = builtIns): RunConfig {
  const { run, engine } = origin;
  const old = defaultsOfOld(engine);
  const filled = completed(old === null ? config : completed(config, old.config), LATER_KEYS);
  const recommender = partOf(filled.recommender, { section: 'recommender', known: registry.recommenders, run, old });
  const mind = partOf(filled.mind, { section: 'mind', known: registry.minds, run, old });
  const conditions: RunConfig = {
    ...filled,
    recommender: { ...filled.recommender, ...recommender.values },
    mind: { ...filled.mind, ...mind.values },
  };
  // Old engines kept values that today's schema would not take; what they did with them is known.
  const faults = [
    ...(old === null ? faultsOfSettled(configSchema, conditions) : []),
    ...recommender.faults,
    ...mind.faults,
  ];
  if (faults.length > 0) throw new UnsoundConditions(run, faults);
  return conditions;
}

/** Sections and keys that a log may lack; parameters of recommenders and minds follow. */
function completed(config: RunConfig, defaults: Values): RunConfig {
  const added: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(defaults)) {
    const given = config[key];
    added[key] = isSection(value) ? { ...value, ...(isSection(given) ? given : {}) } : (given ?? value);
  }
  return { ...config, ...added };
}

interface PartContext {
  readonly section: PartSection;
  readonly known: readonly PartDefinition[];
  readonly run: string;
  readonly old: DefaultsOfOld | null;
}

/** A part's own parameters, all of them. */
function partOf(
  given: RunConfig['recommender'] | RunConfig['mind'],
  { section, known, run, old }: PartContext,
): { readonly values: Values; readonly faults: readonly ConfigFault[] } {
  const { name } = given;
  const definition = known.find((each) => each.name === name);
  if (definition === undefined) throw new PartMissing(run, { section, name, known: known.map((each) => each.name) });
  const own = { ...definition.before, ...ownParameters(given) };
  if (old === null) return { values: own, faults: faultsOfSettled(definition.parameters, own, section) };
  const defaults = (section === 'recommender' ? old.recommenders : old.minds)[name];
  const values = { ...defaults, ...own };
  // A part that no old engine had came from a plugin: what it takes its parameters for is its own business.
  return defaults === undefined ? { values: read(definition.parameters, own), faults: [] } : { values, faults: [] };
}

function read(schema: z.ZodType, own: Values): Values {
  const parsed = schema.safeParse(own);
  // Sound: what a schema of parameters lets through is JSON.
  return parsed.success ? (parsed.data as Values) : own;
}
