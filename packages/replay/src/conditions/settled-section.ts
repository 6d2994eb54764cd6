/** What naming a recommender or a mind comes to: its whole section, with every parameter, as a log keeps it. */
import { type Intervention, type Json, type RunConfig, SCHEDULE_KEYS } from '@rashomon/kernel';
import { isSection, PART_SECTIONS, type PartSection } from '../config/keys.ts';
import type { Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';
import type { Values } from './values.ts';
import { ownParameters } from './own-parameters.ts';

/**
 * Settles `recommender=NAME`, `mind=NAME`, or either with an object `{ name, …parameters }`. When to train stays as it
 * is unless the object says so. A value that was checked and found wrong comes back as it is.
 */
export function settledSection(section: PartSection, value: Json, registry: Registry = builtIns): Json {
  const given: Values | null = typeof value === 'string' ? { name: value } : isSection(value) ? value : null;
  if (given === null) return value;
  const known = section === 'recommender' ? registry.recommenders : registry.minds;
  const definition = known.find(({ name }) => name === given['name']);
  if (definition === undefined) return value;
  const { name, trainEvery, retrainEvery, ...own } = given;
  const parsed = definition.parameters.safeParse(own);
  if (!parsed.success) return value;
  const schedule = Object.entries({ trainEvery, retrainEvery }).filter(([, rounds]) => rounds !== undefined);
  // Sound: what a schema of parameters lets through is JSON.
  return { name: name as string, ...(Object.fromEntries(schedule) as Values), ...(parsed.data as Values) };
}

/**
 * Changes as they are logged: what names a recommender or a mind is its whole section, the parameters given beside it
 * included; a parameter given by itself is settled as its owner reads it. All were found sound before.
 */
export function settledSettings(
  changes: readonly Intervention[],
  config: RunConfig,
  registry: Registry = builtIns,
): readonly Intervention[] {
  return PART_SECTIONS.reduce<readonly Intervention[]>((settings, section) => {
    const parameters = new Map(
      settings.flatMap(({ key, value }) => {
        const parameter = key.startsWith(`${section}.`) ? key.slice(section.length + 1) : '';
        // A path into a parameter is a change of its own.
        return parameter === '' || parameter.includes('.') || SCHEDULE_KEYS.includes(parameter)
          ? []
          : [[parameter, value] as const];
      }),
    );
    const own = Object.fromEntries(parameters);
    const isNamed = settings.some(({ key }) => key === section);
    if (isNamed)
      return settings.flatMap((setting) => {
        if (setting.key === section)
          return [{ key: section, value: settledSection(section, withParameters(setting.value, own), registry) }];
        return parameters.has(setting.key.slice(section.length + 1)) && setting.key.startsWith(`${section}.`)
          ? []
          : [setting];
      });
    const all = settledSection(
      section,
      { ...ownParameters(config[section]), ...own, name: config[section].name },
      registry,
    );
    return settings.map((setting) => {
      const parameter = setting.key.slice(section.length + 1);
      const isOwn = setting.key.startsWith(`${section}.`) && parameters.has(parameter);
      return isOwn && isSection(all) ? { ...setting, value: all[parameter] ?? setting.value } : setting;
    });
  }, changes);
}

function withParameters(value: Json, own: Values): Json {
  if (typeof value === 'string') return { name: value, ...own };
  return isSection(value) ? { ...value, ...own } : value;
}
