/** Fills the kernel's ports with the recommender, mind and search that the conditions of a run name. */
import type { OutsideContext, Ports, RunConfig } from '@rashomon/kernel';
import { PartMissing } from '../conditions/condition-faults.ts';
import { conditionsOf, type Origin } from '../conditions/conditions-of.ts';
import { ownParameters } from '../conditions/own-parameters.ts';
import type { Registry } from '../registry/definitions.ts';
import { builtIns } from '../registry/registry.ts';
import { asRecorded } from './as-recorded.ts';
import { recommenderInForce } from './recommender-in-force.ts';

/** Turns of outside minds under way at the same time, unless the caller says otherwise: no part of the run (law L1). */
const CONCURRENCY = 8;

/** What ports are made with, beside where answers are recorded. */
export interface PortsOptions {
  /** Whose configurations they are given. */
  readonly origin: Origin;
  /** By default what comes with this repository. */
  readonly registry?: Registry | undefined;
  readonly concurrency?: number | undefined;
}

export function portsOf(
  context: OutsideContext,
  { origin, registry = builtIns, concurrency = CONCURRENCY }: PortsOptions,
): Ports {
  const known = new WeakMap<RunConfig, RunConfig>();
  const conditions = (config: RunConfig): RunConfig => {
    const before = known.get(config);
    if (before !== undefined) return before;
    const now = conditionsOf(config, origin, registry);
    known.set(config, now);
    return now;
  };
  const named = <T extends { readonly name: string }>(section: string, name: string, among: readonly T[]): T => {
    const found = among.find((each) => each.name === name);
    if (found === undefined)
      throw new PartMissing(origin.run, { section, name, known: among.map((each) => each.name) });
    return found;
  };
  return {
    recommender(config) {
      const recommender = recommenderInForce(conditions(config), context, registry);
      const definition = named('recommender', config.recommender.name, registry.recommenders);
      return asRecorded(recommender, definition, config.recommender);
    },
    mind(config) {
      const { mind } = conditions(config);
      return named('mind', mind.name, registry.minds).create(ownParameters(mind), context);
    },
    search(config) {
      const { method } = conditions(config)['search'] as { readonly method: string };
      return named('search', method, registry.searches).search;
    },
    concurrency,
  };
}
