/** Another person in an agent's place: a trait, or all of them. */
import type { Json } from '../encoding/canonical-json.ts';
import type { AnyField } from '../encoding/field.ts';
import { personaField } from '../events/agent-events.ts';
import { agentOf, type ChangeKind } from './change-kind.ts';

export interface PersonaChange {
  readonly kind: 'persona';
  readonly agent: number;
  /** Below the persona; empty for the whole of it. */
  readonly path: readonly string[];
  readonly value: Json;
}

export const personaChange: ChangeKind<PersonaChange> = {
  spelling: 'agent.ID.persona.TRAIT',
  parse([family, id = '', member, ...path], value) {
    if (family !== 'agent' || !/^\d+$/.test(id) || member !== 'persona') return null;
    return { kind: 'persona', agent: Number(id), path, value };
  },
  schema: ({ path }) => fieldAt(personaField, path) ?? null,
  reach: ({ agent }) => ({ through: 'agents', agents: [agent] }),
  foldAgents(agents, { agent, path, value }, at) {
    const state = agentOf(agents, at, agent);
    // A persona is shared with the event that brought it: what is edited is a copy.
    state.persona = edited(state.persona, path, value) as typeof state.persona;
  },
};

function edited(holder: unknown, path: readonly string[], value: Json): unknown {
  const [member, ...rest] = path;
  if (member === undefined) return structuredClone(value);
  return {
    ...(holder as object),
    [member]: edited((holder as { readonly [name: string]: unknown })[member], rest, value),
  };
}

/** The field of a member, following members of records. */
function fieldAt(
  field: AnyField & { readonly shape?: { readonly [name: string]: AnyField } },
  path: readonly string[],
): AnyField | undefined {
  return path.reduce<typeof field | undefined>(
    (at, name) => (at?.shape !== undefined && Object.hasOwn(at.shape, name) ? at.shape[name] : undefined),
    field,
  );
}

/** What of a persona can be changed, spelled as in the key. */
export const personaKeys: readonly string[] = Object.entries(personaField.shape).flatMap(([name, field]) => [
  name,
  ...('shape' in field ? Object.keys(field.shape as object).map((inner) => `${name}.${inner}`) : []),
]);
