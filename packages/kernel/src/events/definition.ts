/**
 * How an event type is declared: a stable code, a version, what it means, its data, and the steps
 * that lift data of older versions to the present one.
 */
import type { AnyField, Field, RecordOf } from '../encoding/field.ts';
import { record } from '../encoding/field.ts';

/** An older version of a type's data, and the one step that turns it into the next version's. */
interface OlderVersion {
  readonly version: number;
  readonly data: AnyField;
  up(data: never): unknown;
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
  const older = declaration.older ?? [];
  if (older.length !== declaration.version - 1 || older.some((step, index) => step.version !== index + 1)) {
    throw new RangeError(
      `event code ${declaration.code}: version ${declaration.version} needs upcasters from 1 to ${declaration.version - 1}`,
    );
  }
  return { ...declaration, data: record(declaration.data), older };
}
