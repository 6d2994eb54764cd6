/**
 * Projections: state folded from a log.
 *
 * One handler per event type writes the new state onto a draft. The same handlers serve twice:
 * in place, on state the fold owns (bulk, millions of events a second), and through immer, which
 * turns them into steps between immutable states that share structure (time travel). Law L4 says
 * that both give equal states.
 */
import { type Draft, enableMapSet, enablePatches, type Patch, produce, setAutoFreeze } from 'immer';
import type { EventOf, EventType, LogEvent } from '../events/catalogue.ts';

export type Handlers<S> = { readonly [T in EventType]?: (draft: Draft<S>, event: EventOf<T>) => void };

export interface Projection<S> {
  readonly name: string;
  /** Raised when handlers change meaning: snapshots of other versions are not used. */
  readonly version: number;
  initial(): S;
  readonly handlers: Handlers<S>;
}

enableMapSet();
enablePatches();
// Freezing whole states after every event costs more than the event; types keep states read-only.
setAutoFreeze(false);

type AnyHandler<S> = (draft: S, event: LogEvent) => void;

/** Folds events into a state the caller owns and gives up: it is changed. */
export function foldInPlace<S>(projection: Projection<S>, state: S, events: Iterable<LogEvent>): S {
  // The cast is sound: handlers are keyed by the type of the event they take, and a state that is
  // owned may be written to.
  const handlers = projection.handlers as unknown as { readonly [type: string]: AnyHandler<S> | undefined };
  for (const event of events) handlers[event.type]?.(state, event);
  return state;
}

/** The next immutable state; the one given stays as it is and shares what has not changed. */
export function foldStep<S>(projection: Projection<S>, state: S, event: LogEvent): S {
  const handler = projection.handlers[event.type] as ((draft: Draft<S>, event: LogEvent) => void) | undefined;
  if (handler === undefined) return state;
  return produce(state, (draft: Draft<S>) => handler(draft, event));
}

/** Like {@link foldStep}, with the patches that lead there and back. */
export function foldStepWithPatches<S>(
  projection: Projection<S>,
  state: S,
  event: LogEvent,
): readonly [S, readonly Patch[], readonly Patch[]] {
  const handler = projection.handlers[event.type] as ((draft: Draft<S>, event: LogEvent) => void) | undefined;
  let there: readonly Patch[] = [];
  let back: readonly Patch[] = [];
  const next = produce(
    state,
    (draft: Draft<S>) => handler?.(draft, event),
    (patches, inverse) => {
      there = patches;
      back = inverse;
    },
  );
  return [next, there, back];
}
