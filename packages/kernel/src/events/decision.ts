/** How a decision is declared: an event whose last member are the grounds it was taken on. */
import type { AnyField } from '../encoding/field.ts';
import { decisionWithColumns } from './column-grounds.ts';
import { defineEvent, type EventDefinition } from './definition.ts';
import { groundsField } from './grounds.ts';

export function defineDecision<S extends { readonly [name: string]: AnyField }>(declaration: {
  readonly code: number;
  readonly about: string;
  readonly data: S;
}): EventDefinition<S & { readonly grounds: typeof groundsField }> {
  const { code, about, data } = declaration;
  return defineEvent({
    code,
    version: 2,
    about,
    data: { ...data, grounds: groundsField },
    older: [decisionWithColumns(data)],
  });
}
