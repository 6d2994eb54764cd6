/** The configuration file: `rashomon.config.json`, `.yaml` or `.yml`, or the one that `--config` names. */
import { flatKeys, InvalidConfig, isSection, type Setting, spelledKey } from '@rashomon/replay';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Json } from './settings.ts';

export const CONFIG_FILES = ['rashomon.config.json', 'rashomon.config.yaml', 'rashomon.config.yml'] as const;

export interface ConfigFile {
  /** As faults and `--explain` name it. */
  readonly source: string;
  /** Where relative paths in it start. */
  readonly folder: string;
  readonly settings: readonly Setting[];
}

/** @throws InvalidConfig when the file is missing, not to be read, or no mapping of keys; or when there are several */
export function readConfigFile(cwd: string, named: string | undefined): ConfigFile | null {
  const present = CONFIG_FILES.filter((name) => existsSync(join(cwd, name)));
  if (named === undefined && present.length > 1)
    throw fault(present.join(', '), 'one of these files, or --config to say which');
  const source = named ?? present[0];
  if (source === undefined) return null;
  const path = resolve(cwd, source);
  const content = contentOf(path, source);
  if (!isSection(content)) throw fault(source, 'a mapping of keys to values');
  return { source, folder: dirname(path), settings: settingsIn(content) };
}

function contentOf(path: string, source: string): Json {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fault(source, `a file that can be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
  try {
    if (path.endsWith('.json')) return JSON.parse(text) as Json;
    // An empty document, or one of comments only, sets nothing.
    return (parse(text) ?? {}) as Json;
  } catch (error) {
    throw fault(source, `${path.endsWith('.json') ? 'JSON' : 'YAML'} (${firstLine(error)})`);
  }
}

/** A section that is written out empty sets nothing. */
function settingsIn(content: { readonly [key: string]: Json }): Setting[] {
  const said = Object.entries(content).filter(([, value]) => value !== null);
  return flatKeys(Object.fromEntries(said)).map(({ key, value }) => ({ key: spelledKey(key), value }));
}

function fault(value: string, expected: string): InvalidConfig {
  return new InvalidConfig([{ key: 'config', value, expected, source: 'configuration file' }]);
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? '';
}
