/** Settings as people type them: `key=value`, the value as JSON where it is JSON and as text otherwise. */
import { type ConfigFault, InvalidConfig, namesFirst, type Setting, spelledKey } from '@rashomon/replay';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

export type Json = Setting['value'];

/** Members that would reach into every object of the process. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** @throws UsageError when there is no key */
export function parseSetting(text: string): Setting {
  const at = text.indexOf('=');
  const key = text.slice(0, at).trim();
  if (at < 1 || key === '')
    throw new UsageError(`--set ${JSON.stringify(text)}: expected key=value, e.g. --set slate.size=5`);
  return { key: spelledKey(key), value: parseValue(text.slice(at + 1)) };
}

/** JSON where the text is JSON, otherwise the text itself. */
export function parseValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Faults of keys that no setting may have. */
export function faultsOfKeys(settings: readonly Setting[], source: string): ConfigFault[] {
  const wrong = settings.filter(({ key }) => key.split('.').some((member) => member === '' || FORBIDDEN.has(member)));
  return wrong.map(({ key, value }) => ({
    key,
    value,
    expected: 'a key made of names and dots, e.g. slate.size',
    source,
  }));
}

/**
 * `mind.script` may be the name of a JSON file: its content takes the name's place.
 * @param folder where a relative path starts
 */
export function withScript(
  settings: readonly Setting[],
  folder: string,
  source: string,
  faults: ConfigFault[],
): Setting[] {
  return settings.map((setting) => {
    const { key, value } = setting;
    if (key !== 'mind.script' || typeof value !== 'string') return setting;
    try {
      return { key, value: JSON.parse(readFileSync(resolve(folder, value), 'utf8')) as Json };
    } catch (error) {
      faults.push({
        key,
        value,
        expected: `a script, or a JSON file that holds one (${(error as Error).message})`,
        source,
      });
      return setting;
    }
  });
}

/** The settings of `branch`, ready to be checked against the run. @throws UsageError; InvalidConfig */
export function interventionsFrom(texts: readonly string[], cwd: string): readonly Setting[] {
  const faults: ConfigFault[] = [];
  const settings = namesFirst(texts.map(parseSetting));
  faults.push(...faultsOfKeys(settings, '--set'));
  const ready = withScript(settings, cwd, '--set', faults);
  if (faults.length > 0) throw new InvalidConfig(faults);
  return ready;
}
