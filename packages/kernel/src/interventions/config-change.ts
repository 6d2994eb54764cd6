/** Another value of the configuration: a recommender, a mind, any key that is read in mid-run. */
import type { Draft } from 'immer';
import type { Json } from '../encoding/canonical-json.ts';
import { json } from '../encoding/field.ts';
import { type RunConfig, scheduleOf } from '../world/config.ts';
import type { ChangeKind } from './change-kind.ts';

export interface ConfigChange {
  readonly kind: 'config';
  readonly path: readonly string[];
  readonly value: Json;
}

/** The families of keys that are no configuration. */
const OTHERS: readonly string[] = ['agent', 'message', 'item'];

/** Sections that reach the agents through what they are shown. */
const OF_SLATES: readonly string[] = ['recommender', 'slate', 'explanations'];

export const configChange: ChangeKind<ConfigChange> = {
  spelling: 'CONFIG.KEY',
  parse: (path, value) => (OTHERS.includes(path[0] as string) ? null : { kind: 'config', path, value }),
  schema: () => json,
  reach({ path: [section = ''] }) {
    if (OF_SLATES.includes(section)) return { through: 'slates' };
    return { through: section === 'mind' ? 'mind' : 'rules' };
  },
  foldSystem(system, change) {
    system.config = configured(system.config, change) as Draft<RunConfig>;
  },
};

/**
 * The configuration after the change. `recommender` and `mind` by themselves name a new one, with its defaults, or hold
 * the whole of it; either way the schedule of trainings stays unless it is in there. Other keys are paths.
 */
function configured(config: RunConfig, { path, value }: Pick<ConfigChange, 'path' | 'value'>): RunConfig {
  const [section] = path;
  if (path.length === 1 && (section === 'recommender' || section === 'mind')) {
    const part = typeof value === 'string' ? { name: value } : (value as RunConfig['mind']);
    if (section === 'mind') return { ...config, mind: part };
    return { ...config, recommender: { ...scheduleOf(config.recommender), ...part } };
  }
  return withValue(config, path, value) as unknown as RunConfig;
}

function withValue(holder: { readonly [key: string]: Json }, path: readonly string[], value: Json): Json {
  const [member, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) return { ...holder, [member]: value };
  const inner = Object.hasOwn(holder, member) ? (holder[member] as { readonly [key: string]: Json }) : {};
  return { ...holder, [member]: withValue(inner, rest, value) };
}
