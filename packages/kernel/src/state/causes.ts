/** The projection of how events led to one another, readable both ways. Folds whole events: outlines have no causes. */
import type { Draft } from 'immer';
import { eventCatalogue, type LogEvent } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import type { Handlers, Projection } from './projection.ts';

export interface CauseGraph {
  /** Per position: what led to the event. */
  readonly causesOf: readonly (readonly Cause[])[];
  /** Per position: the events it led to, in order. */
  readonly effectsOf: readonly (readonly number[])[];
}

function add(graph: Draft<CauseGraph>, event: LogEvent): void {
  graph.causesOf[event.position] = event.causes as Cause[];
  graph.effectsOf[event.position] = [];
  for (const { position } of event.causes) graph.effectsOf[position]?.push(event.position);
}

export const causesProjection: Projection<CauseGraph> = {
  name: 'causes',
  version: 1,
  initial: () => ({ causesOf: [], effectsOf: [] }),
  handlers: ofEveryType(),
};

/** The same handler for all types; sound, since `add` takes any event. */
function ofEveryType(): Handlers<CauseGraph> {
  return Object.fromEntries(Object.keys(eventCatalogue).map((type) => [type, add]));
}

/** Everything that an event led to, directly or by way of others; positions in order. */
export function consequencesOf({ effectsOf }: CauseGraph, position: number): readonly number[] {
  const reached = new Set<number>();
  const open = [position];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const effect of effectsOf[next] ?? []) {
      if (reached.has(effect)) continue;
      reached.add(effect);
      open.push(effect);
    }
  }
  return [...reached].sort((a, b) => a - b);
}
