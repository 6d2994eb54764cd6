/** The recommenders to evaluate, by name, with the parameters that were set for each. */
import type { ConfigFault, Registry } from '@rashomon/replay';
import type { Json } from '../config/settings.ts';
import type { EvaluateOptions } from './evaluate-options.ts';
import { oneOf } from './expectations.ts';

export type Parameters = { readonly [name: string]: Json };

/** Stands for every recommender that needs nothing but watches. */
const ALL = 'all';

/**
 * By name, in the order in which they were named. @throws InvalidConfig with every fault of names and parameters;
 * InvalidParameters
 */
export async function chosenRecommenders(
  { recommender, set = [] }: EvaluateOptions,
  registry: Registry,
): Promise<ReadonlyMap<string, Parameters>> {
  const { recommenders } = registry;
  const { createRecommender, didYouMean, InvalidConfig } = await import('@rashomon/replay');
  const { parseSetting } = await import('../config/settings.ts');
  const known = await parametersByRecommender(registry);
  const names = [...known.keys()];
  const faults: ConfigFault[] = [];
  const chosen = new Map<string, { [name: string]: Json }>();
  const everyone = recommenders.flatMap((one) => (one.outside ? [] : [one.name]));
  for (const name of recommender.flatMap((one) => (one === ALL ? everyone : [one]))) {
    if (known.has(name)) chosen.set(name, {});
    else
      faults.push({
        key: 'recommender',
        value: name,
        expected: oneOf(names, didYouMean(name, names)),
        source: '--recommender',
      });
  }
  for (const { key, value } of set.map(parseSetting)) {
    const [owner = '', ...rest] = key.split('.');
    const parameter = rest.join('.');
    // `recommender.x` is for all that have an x, `ease.x` for ease.
    const fits = ([one]: [string, unknown]): boolean =>
      (owner === 'recommender' || owner === one) && (known.get(one) ?? []).includes(parameter);
    const owners = [...chosen].filter(fits);
    for (const [, parameters] of owners) parameters[parameter] = value;
    const keys = [...chosen.keys()].flatMap((one) => (known.get(one) ?? []).map((own) => `${one}.${own}`));
    if (owners.length === 0) faults.push({ key, value, expected: oneOf(keys, didYouMean(key, keys)), source: '--set' });
  }
  if (faults.length > 0) throw new InvalidConfig(faults);
  for (const [name, parameters] of chosen) createRecommender(name, parameters, { known: recommenders });
  return chosen;
}

async function parametersByRecommender(registry: Registry): Promise<ReadonlyMap<string, readonly string[]>> {
  const { configParts } = await import('@rashomon/replay');
  const parts = configParts(registry).filter(({ section }) => section === 'recommender');
  return new Map(parts.map(({ name, keys }) => [name, keys.map(({ key }) => key.slice('recommender.'.length))]));
}
