/** Checks of configuration keys: as one whole configuration with the run's own, since one may depend on another. */
import type { FilmCatalogue, RunConfig } from '@rashomon/kernel';
import { faultsAgainstFilms } from '../config/against-films.ts';
import { checkLayers } from '../config/check-layers.ts';
import { type ConfigFault, InvalidConfig } from '../config/faults.ts';
import type { Registry } from '../registry/definitions.ts';
import { isObject } from './by-schema.ts';
import { faultOf, type Setting, SOURCE } from './setting.ts';

const SETTLED_AT_THE_START: readonly string[] = ['seed', 'agents', 'rounds', 'data', 'social'];

/** A section as a value stands for its keys; what is no value at all stays, to be refused. */
export function keyByKey({ key, value }: Setting): readonly Setting[] {
  if (!isObject(value) || key === 'mind.script') return [{ key, value }];
  const members = Object.entries(value);
  if (members.length === 0) return [{ key, value }];
  return members.flatMap(([member, inner]) => keyByKey({ key: spelled(`${key}.${member}`), value: inner }));
}

/** A name in a section names the part anew, as the section by itself does. */
function spelled(key: string): string {
  return key === 'recommender.name' || key === 'mind.name' ? key.slice(0, -'.name'.length) : key;
}

/** What a configuration is checked against. */
interface Around {
  /** As all settings leave it. */
  readonly catalogue: FilmCatalogue;
  readonly registry: Registry | undefined;
}

/** @param config the conditions in force before */
export function faultsOfConfig(
  settings: readonly Setting[],
  config: RunConfig,
  around: Around,
): readonly ConfigFault[] {
  const fixed = settings.filter(({ key }) => SETTLED_AT_THE_START.includes(key.split('.')[0] as string));
  const empty = settings.filter(({ value, key }) => isObject(value) && key !== 'mind.script');
  const others = settings.filter((setting) => !fixed.includes(setting) && !empty.includes(setting));
  const changes = Object.fromEntries(others.map(({ key, value }) => [key, value]));
  return [
    ...fixed.map(({ key, value }) =>
      faultOf(
        key,
        value,
        'a key that can change in mid-run: ' +
          'this one is settled when a run starts (--rounds says how long a branch goes on)',
      ),
    ),
    ...empty.map(({ key, value }) => faultOf(key, value, 'a value, or an object with keys')),
    ...faultsOfWhole(changes, config, around),
  ];
}

/** Everything that is wrong with a configuration over these films. */
export function faultsOfWhole(
  changes: { readonly [key: string]: unknown },
  config: RunConfig,
  around: Around,
): readonly ConfigFault[] {
  try {
    const layers = [
      { source: SOURCE, settings: changes },
      { source: 'run', settings: config },
    ];
    const { config: changed } = checkLayers(layers, [], around.registry);
    return faultsAgainstFilms(changed, around.catalogue, () => SOURCE);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    return error.faults;
  }
}
