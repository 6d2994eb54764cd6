/**
 * How an event type is declared: a stable code, a version, what it means, its data, and for each older version of its
 * data a step up to the next and a step back down.
 *
 * Readers always see the present version. Runs are written in the versions of their edition (editions.ts), so the way
 * down is as much part of a change as the way up.
 */
import type { AnyField, Field, RecordOf } from '../encoding/field.ts';
import { record } from '../encoding/field.ts';

/** An older version of a type's data, with the steps to and from the next one. */
export interface OlderVersion {
  readonly version: number;
  readonly data: AnyField;
  /** Data of this version as data of the next. */
  up(data: never): unknown;
  /**
   * Data of the next version as data of this one: what a run of an older edition can hold of it. For whatever `up`
   * gives it is the exact inverse.
   */
  down(data: never): unknown;
}

type FieldsOf<S> = Field<RecordOf<S>> & { readonly shape: S };

export interface EventDefinition<
  S extends { readonly [name: string]: AnyField } = { readonly [name: string]: AnyField },
> {
  /** The type's number in the stored bytes: never changed, never given again. */
  readonly code: number;
  readonly version: number;
  /** One sentence for the event reference. */
  readonly about: string;
  readonly data: FieldsOf<S>;
  /** Versions 1 to version - 1, in order. */
  readonly older: readonly OlderVersion[];
}

interface Declaration<S> {
  readonly code: number;
  readonly version: number;
  readonly about: string;
  readonly data: S;
  readonly older?: readonly OlderVersion[];
}

/** @throws RangeError when the older versions do not lead step by step from 1 to the present one. */
export function defineEvent<S extends { readonly [name: string]: AnyField }>(
  declaration: Declaration<S>,
): EventDefinition<S> {
  const { code, version, older = [] } = declaration;
  if (older.length !== version - 1 || older.some((step, index) => step.version !== index + 1)) {
    throw new RangeError(`event code ${code}: version ${version} needs steps up and down for 1 to ${version - 1}`);
  }
  return { ...declaration, data: record(declaration.data), older };
}

/** The field of a version's data. @throws RangeError where there is no such version */
export function fieldOf({ code, version, data, older }: EventDefinition, wanted: number): AnyField {
  const field: AnyField | undefined = wanted === version ? data : older[wanted - 1]?.data;
  if (field === undefined) throw new RangeError(`event code ${code} has no version ${wanted}; it has 1 to ${version}`);
  return field;
}

/** Data of an older version as data of the present one. */
export function lifted({ older }: EventDefinition, from: number, data: unknown): unknown {
  let lift = data;
  // Sound: each step takes what the step before it, or the stored version, gives.
  for (const step of older.slice(from - 1)) lift = step.up(lift as never);
  return lift;
}

/** Data of the present version as data of an older one. */
export function lowered({ older }: EventDefinition, to: number, data: unknown): unknown {
  let low = data;
  // Sound as above, the other way round.
  for (const step of older.slice(to - 1).reverse()) low = step.down(low as never);
  return low;
}
