/** All that says how a run is to be made, in order of precedence: flags, environment, file. */
import {
  checkLayers,
  type ConfigFault,
  type ConfigLayer,
  InvalidConfig,
  namesFirst,
  type ResolvedConfig,
  type Setting,
} from '@rashomon/replay';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Session } from '../session.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import { type EnvironmentSettings, readEnvironment } from './environment.ts';
import { faultsOfKeys, parseSetting, parseValue, withScript } from './settings.ts';

/** The flags that set something. */
export interface ConfigFlags {
  readonly config?: string;
  readonly agents?: string;
  readonly rounds?: string;
  readonly recommender?: string;
  readonly mind?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly set?: readonly string[];
}

export interface Gathered {
  readonly resolved: ResolvedConfig;
  readonly warnings: readonly string[];
}

type Place = Pick<Session, 'cwd' | 'env' | 'registry'>;

/**
 * Resolves the configuration, with data looked for where its source is and in RASHOMON_DATA.
 * @throws UsageError; InvalidConfig with every fault
 */
export function gatherConfig(flags: ConfigFlags, place: Place): Gathered {
  const faults: ConfigFault[] = [];
  const environment = readEnvironment(place);
  const file = readFile(flags, place, faults);
  // The first layer wins, and of settings of one kind the last.
  const layers = [
    ...flagLayers(flags, place.cwd, faults).reverse(),
    ...environmentLayers(environment, place.cwd, faults).reverse(),
    ...fileLayers(file, faults),
  ];
  const { config, sources } = checkLayers(layers, faults, place.registry);
  const folder = file !== null && sources.get('data') === file.source ? file.folder : place.cwd;
  const resolved = { config: { ...config, data: locate(config.data, folder, place.env['RASHOMON_DATA']) }, sources };
  return { resolved, warnings: environment.warnings };
}

function readFile({ config }: ConfigFlags, { cwd }: Place, faults: ConfigFault[]): ConfigFile | null {
  try {
    return readConfigFile(cwd, config);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    faults.push(...error.faults);
    return null;
  }
}

/** In the order in which they are applied: the named flags, then `--set` one by one. */
function flagLayers(flags: ConfigFlags, cwd: string, faults: ConfigFault[]): ConfigLayer[] {
  const layers: ConfigLayer[] = [];
  for (const name of ['recommender', 'mind', 'data'] as const) {
    const text = flags[name];
    if (text !== undefined) layers.push({ source: `--${name}`, settings: { [name]: text } });
  }
  for (const name of ['agents', 'rounds', 'seed'] as const) {
    const text = flags[name];
    if (text !== undefined) layers.push({ source: `--${name}`, settings: { [name]: parseValue(text) } });
  }
  const set = (flags.set ?? []).map(parseSetting);
  faults.push(...faultsOfKeys(set, '--set'));
  for (const { key, value } of withScript(namesFirst(sound(set)), cwd, '--set', faults))
    layers.push({ source: '--set', settings: { [key]: value } });
  return layers;
}

function environmentLayers({ settings }: EnvironmentSettings, cwd: string, faults: ConfigFault[]): ConfigLayer[] {
  return namesFirst(settings).flatMap(({ variable, key, value }) =>
    withScript([{ key, value }], cwd, variable, faults).map((ready) => ({
      source: variable,
      settings: { [ready.key]: ready.value },
    })),
  );
}

function fileLayers(file: ConfigFile | null, faults: ConfigFault[]): ConfigLayer[] {
  if (file === null) return [];
  const { source, folder, settings } = file;
  faults.push(...faultsOfKeys(settings, source));
  const ready = withScript(namesFirst(sound(settings)), folder, source, faults);
  return [{ source, settings: Object.fromEntries(ready.map(({ key, value }) => [key, value])) }];
}

function sound(settings: readonly Setting[]): Setting[] {
  return settings.filter((setting) => faultsOfKeys([setting], '').length === 0);
}

/** A folder as seen from where it was named, failing that inside RASHOMON_DATA. */
function locate(data: string, folder: string, shelf: string | undefined): string {
  if (data === 'sample' || isAbsolute(data)) return data;
  const near = join(folder, data);
  if (existsSync(near)) return near;
  const there = shelf === undefined ? undefined : join(shelf, data);
  return there !== undefined && existsSync(there) ? there : near;
}
