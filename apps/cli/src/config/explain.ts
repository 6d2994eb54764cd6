/** Every value of a configuration with where it came from, those of the recommender and the mind included. */
import {
  type ConfigKey,
  configKeys,
  configParts,
  type PartSection,
  type Registry,
  type ResolvedConfig,
  spelledKey,
  valueAt,
} from '@rashomon/replay';

export interface ExplainedValue {
  readonly key: string;
  /** Null where nothing is set and the data decide. */
  readonly value: unknown;
  readonly source: string;
  readonly about: string;
}

export function explainConfig({ config, sources }: ResolvedConfig, registry: Registry): readonly ExplainedValue[] {
  const explained: ExplainedValue[] = [];
  for (const { key, about, default: fallback } of keysFor(config, registry)) {
    explained.push({
      key: spelledKey(key),
      value: valueAt(config, key.split('.')) ?? fallback ?? null,
      source: sources.get(key) ?? 'default',
      about,
    });
  }
  return explained;
}

/** The keys of every run, and those of the recommender and mind in force after their names. */
function keysFor(config: ResolvedConfig['config'], registry: Registry): readonly ConfigKey[] {
  const own = (section: PartSection): readonly ConfigKey[] =>
    configParts(registry).find((part) => part.section === section && part.name === config[section].name)?.keys ?? [];
  const extra = { 'recommender.trainEvery': own('recommender'), 'mind.name': own('mind') };
  return configKeys().flatMap((key) => [key, ...(extra[key.key as keyof typeof extra] ?? [])]);
}
