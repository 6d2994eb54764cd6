/**
 * Interventions: a closed union of what can be changed in mid-run. The log keeps a change as `{ key, value }`, the way
 * it is spelled for `branch --set`; here is the one place that reads this notation. A kind that is added to the union
 * and not to the table is an error of types.
 */
import type { Json } from '../encoding/canonical-json.ts';
import type { Fault } from '../encoding/field.ts';
import type { Intervention } from '../world/config.ts';
import type { Film } from '../world/film.ts';
import { type ActivityChange, activityChange } from './activity-change.ts';
import type { AgentsDraft, AppliedAt, ChangeKind, Reach, SystemDraft } from './change-kind.ts';
import { type ConfigChange, configChange } from './config-change.ts';
import { type ContactsChange, contactsChange } from './contacts-change.ts';
import { type FilmAddition, filmAddition } from './film-add.ts';
import { type FilmRemoval, filmRemoval } from './film-remove.ts';
import { type MessageInjection, messageInjection } from './message-inject.ts';
import { type MessageSuppression, messageSuppression } from './message-suppress.ts';
import { type PersonaChange, personaChange } from './persona-change.ts';
import { type TasteChange, tasteChange } from './taste-change.ts';

export type Change =
  | ConfigChange
  | PersonaChange
  | ContactsChange
  | TasteChange
  | ActivityChange
  | MessageInjection
  | MessageSuppression
  | FilmAddition
  | FilmRemoval;

type ChangeOf<K extends Change['kind']> = Extract<Change, { readonly kind: K }>;

const kinds: { readonly [K in Change['kind']]: ChangeKind<ChangeOf<K>> } = {
  persona: personaChange,
  contacts: contactsChange,
  taste: tasteChange,
  activity: activityChange,
  'message-inject': messageInjection,
  'message-suppress': messageSuppression,
  'film-add': filmAddition,
  'film-remove': filmRemoval,
  config: configChange,
};

const all = Object.values(kinds) as readonly ChangeKind<Change>[];

function kindOf(change: Change): ChangeKind<Change> {
  return kinds[change.kind];
}

/** How each kind of change is spelled, for people; configuration keys aside. */
export const changeSpellings: readonly string[] = all
  .filter((kind) => (kind as unknown) !== configChange)
  .map(({ spelling }) => spelling);

/** The change that a key and a value stand for; null when no kind is spelled so. The value is not checked. */
export function readChange(key: string, value: Json): Change | null {
  const path = key.split('.');
  for (const kind of all) {
    const change = kind.parse(path, value);
    if (change !== null) return change;
  }
  return null;
}

/** The change that an intervention on record stands for. @throws RangeError when no kind is spelled so */
export function changeOf({ key, value }: Intervention): Change {
  const change = readChange(key, value);
  if (change === null) throw new RangeError(`intervention ${key}: expected one of ${changeSpellings.join(', ')}`);
  return change;
}

/** The kind of change a key is for. */
export function changeKindOf(key: string): Change['kind'] | null {
  return readChange(key, {})?.kind ?? null;
}

/** What is wrong with the value; null where the key leads nowhere. */
export function faultsOfChange(change: Change, value: Json): readonly Fault[] | null {
  const field = kindOf(change).schema(change);
  if (field === null) return null;
  const faults: Fault[] = [];
  field.check(value, '', faults);
  return faults;
}

export function reachOf(change: Change): Reach {
  return kindOf(change).reach(change);
}

/** Whether the recommender starts afresh for it. */
export function concernsSlates(intervention: Intervention): boolean {
  return reachOf(changeOf(intervention)).through === 'slates';
}

/** The agent whose log the change is in; null where it is no single agent's. */
export function subjectOf(change: Change): number | null {
  return 'agent' in change ? change.agent : null;
}

export function foldChangeIntoAgents(agents: AgentsDraft, intervention: Intervention, at: AppliedAt): void {
  const change = changeOf(intervention);
  kindOf(change).foldAgents?.(agents, change, at);
}

export function foldChangeIntoSystem(system: SystemDraft, intervention: Intervention): void {
  const change = changeOf(intervention);
  kindOf(change).foldSystem?.(system, change);
}

/** Films that came and went by interventions, in their order. */
export function filmsChangedBy(interventions: Iterable<Intervention>): {
  readonly added: readonly Film[];
  readonly removed: readonly number[];
} {
  const added: Film[] = [];
  const removed: number[] = [];
  for (const intervention of interventions) {
    const change = changeOf(intervention);
    if (change.kind === 'film-add') added.push(change.film);
    if (change.kind === 'film-remove') removed.push(change.film);
  }
  return { added, removed };
}
