/** Configuration from the environment: `RASHOMON_SLATE__SIZE` is `slate.size`. */
import {
  type ConfigKey,
  configParts,
  didYouMean,
  knownKeys,
  namesPart,
  type Registry,
  type Setting,
} from '@rashomon/replay';
import type { Session } from '../session.ts';
import { parseValue } from './settings.ts';

const PREFIX = 'RASHOMON_';

/** Variables that are no configuration keys. */
const OTHERS: readonly string[] = [
  'RASHOMON_STORE',
  'RASHOMON_DATA',
  'RASHOMON_DEBUG',
  'RASHOMON_PLUGINS',
  'RASHOMON_REMOTE_TOKEN',
];

/** Keys that can only be given elsewhere: RASHOMON_DATA is the folder in which data is looked for. */
const ELSEWHERE: ReadonlySet<string> = new Set(['data']);

interface EnvironmentSetting extends Setting {
  readonly variable: string;
}

export interface EnvironmentSettings {
  readonly settings: readonly EnvironmentSetting[];
  /** Variables that look like settings and are none, said for people. */
  readonly warnings: readonly string[];
}

export function readEnvironment({ env, registry }: Pick<Session, 'env' | 'registry'>): EnvironmentSettings {
  const keys = new Map(allKeys(registry).map((key) => [variableOf(key), key]));
  const settings: EnvironmentSetting[] = [];
  const warnings: string[] = [];
  for (const [variable, text] of Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!variable.startsWith(PREFIX) || OTHERS.includes(variable) || text === undefined || text === '') continue;
    const key = keys.get(variable.toUpperCase());
    if (key === undefined) warnings.push(unknownVariable(variable, [...keys.keys(), ...OTHERS]));
    else settings.push({ variable, key, value: valueOf(key, text) });
  }
  return { settings, warnings };
}

/** Names and folders stay text, whatever they look like. */
function valueOf(key: string, text: string): Setting['value'] {
  return namesPart(key) ? text : parseValue(text);
}

function allKeys(registry: Registry): readonly string[] {
  const added = configParts(registry).flatMap(({ keys }) => keys.map(({ key }: ConfigKey) => key));
  return [...knownKeys(), ...added].filter((key) => !ELSEWHERE.has(key));
}

function variableOf(key: string): string {
  return `${PREFIX}${key.replaceAll('.', '__').toUpperCase()}`;
}

function unknownVariable(variable: string, known: readonly string[]): string {
  const meant = didYouMean(variable.toUpperCase(), known);
  const nearest = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  return `${variable} is no setting and was left aside${nearest}`;
}
