/** Checks of configuration keys: as one whole configuration with the run's own, since one may depend on another. */
import type { FilmCatalogue, RunConfig } from '@rashomon/kernel';
import { faultsAgainstFilms } from '../config/against-films.ts';
import { checkLayers } from '../config/check-layers.ts';
import { type ConfigFault, InvalidConfig } from '../config/faults.ts';
import { flatKeys, isSection, spelledKey } from '../config/keys.ts';
import type { Registry } from '../registry/definitions.ts';
import { faultOf, type Setting, SOURCE } from './setting.ts';

const SETTLED_AT_THE_START: readonly string[] = ['seed', 'agents', 'rounds', 'data', 'social'];

/** A section as a value stands for its keys; what is no value at all stays, to be refused. */
export function keyByKey({ key, value }: Setting): readonly Setting[] {
  return flatKeys({ [key]: value }).map((setting) => ({ ...setting, key: spelledKey(setting.key) }));
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
  const empty = settings.filter(({ value, key }) => isSection(value) && key !== 'mind.script');
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
