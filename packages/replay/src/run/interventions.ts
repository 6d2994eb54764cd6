/**
 * Interventions from the way people spell them (`key=value`) to the way they are logged: checked
 * against the world they are to change, all faults at once.
 */
import {
  type AnyField,
  eventCatalogue,
  type Fault,
  type Film,
  type Intervention,
  type Json,
  type RunConfig,
  type RunLog,
  WorldFold,
} from '@rashomon/kernel';
import { faultsAgainstFilms } from '../config/against-films.ts';
import { type ConfigFault, InvalidConfig, oneOfKnown } from '../config/faults.ts';
import { checkLayers } from '../config/check-layers.ts';
import { knownKeys } from '../config/resolve.ts';
import { settledSettings } from '../conditions/settled-section.ts';
import type { Registry } from '../registry/definitions.ts';
import type { Restored } from './resume.ts';

/** A key with its value as given. */
export interface Setting {
  readonly key: string;
  readonly value: Json;
}

/** The context an intervention is checked in, and where its faults go. */
interface Check {
  readonly standing: Restored;
  readonly fold: WorldFold;
  readonly log: RunLog;
  readonly registry: Registry | undefined;
  fault(setting: Setting, expected: string): void;
}

const SOURCE = 'intervention';
const joined = eventCatalogue.AgentJoined.data.shape;

/** What of an agent can be changed; a path below it is allowed for the persona only. */
const AGENT_MEMBERS: { readonly [member: string]: AnyField } = {
  contacts: joined.contacts,
  taste: joined.taste,
  activity: joined.activity,
};

/** @throws InvalidConfig with every fault */
export async function resolveInterventions(
  given: readonly Setting[],
  standing: Restored,
  { log, registry }: { readonly log: RunLog; readonly registry?: Registry | undefined },
): Promise<readonly Intervention[]> {
  const faults: ConfigFault[] = [];
  const check: Check = {
    standing,
    fold: new WorldFold(standing.base, standing.world),
    log,
    registry,
    fault: ({ key, value }, expected) => void faults.push({ key, value, expected, source: SOURCE }),
  };
  // A name by itself resets the parameters: it comes before them, in whatever order they were given.
  const byItself = (key: string): number => (key === 'recommender' || key === 'mind' ? 0 : 1);
  const settings = [...given].sort((a, b) => byItself(a.key) - byItself(b.key));
  const resolved: Intervention[] = [];
  for (const setting of settings) {
    const intervention = await resolveOne(setting, check);
    if (intervention !== null) resolved.push(intervention);
  }
  faults.push(...faultsOfConfig(settings.filter(isConfigSetting), standing.world.system.config, check));
  const left = check.fold.catalogue.size - settings.filter(({ key }) => key === 'item.remove').length;
  const { size } = standing.world.system.config.slate;
  if (left < size)
    faults.push({
      key: 'item.remove',
      value: left,
      expected: `at least slate.size (${size}) films left`,
      source: SOURCE,
    });
  if (faults.length > 0) throw new InvalidConfig(faults);
  return settledSettings(resolved, standing.world.system.config, registry);
}

function isConfigSetting({ key }: Setting): boolean {
  return !/^(agent|message|item)\./.test(key);
}

async function resolveOne(setting: Setting, check: Check): Promise<Intervention | null> {
  const { key } = setting;
  if (isConfigSetting(setting)) return setting;
  if (key.startsWith('agent.')) return resolveAgent(setting, check);
  if (key === 'message.suppress') return resolveSuppression(setting, check);
  if (key === 'message.inject') return resolveInjection(setting, check);
  if (key === 'item.remove') return resolveRemoval(setting, check);
  if (key === 'item.add') return resolveAddition(setting, check);
  check.fault(
    setting,
    oneOfKnown(key, [
      'message.suppress',
      'message.inject',
      'item.add',
      'item.remove',
      'agent.ID.persona.…',
      ...knownKeys(),
    ]),
  );
  return null;
}

/** Config settings are checked as a whole configuration, since one may depend on another. */
function faultsOfConfig(settings: readonly Setting[], config: RunConfig, { fold, registry }: Check): ConfigFault[] {
  if (settings.length === 0) return [];
  const fixed = settings.filter(({ key }) => /^(seed|agents|rounds|data|social)\b/.test(key));
  const faults: ConfigFault[] = fixed.map(({ key, value }) => ({
    key,
    value,
    source: SOURCE,
    expected:
      'a key that can change in mid-run: this one is settled when a run starts (--rounds says how long a branch goes on)',
  }));
  const changes = Object.fromEntries(
    settings.filter((setting) => !fixed.includes(setting)).map(({ key, value }) => [key, value]),
  );
  try {
    const layers = [
      { source: SOURCE, settings: changes },
      { source: 'run', settings: config },
    ];
    const { config: changed } = checkLayers(layers, [], registry);
    faults.push(...faultsAgainstFilms(changed, fold.catalogue, () => SOURCE));
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    faults.push(...error.faults);
  }
  return faults;
}

function resolveAgent(setting: Setting, check: Check): Intervention | null {
  const [, id = '', member = '', ...path] = setting.key.split('.');
  if (!/^\d+$/.test(id) || !check.standing.world.agents.has(Number(id))) {
    check.fault(setting, `agent.ID with the id of one of the ${check.standing.world.agents.size} agents`);
    return null;
  }
  const field =
    member === 'persona' ? fieldAt(joined.persona, path) : path.length === 0 ? AGENT_MEMBERS[member] : undefined;
  if (field === undefined) {
    const known = [
      ...Object.keys(joined.persona.shape).map((name) => `persona.${name}`),
      ...Object.keys(AGENT_MEMBERS),
    ];
    check.fault(setting, `agent.${id}.… with ${oneOfKnown([member, ...path].join('.'), known)}`);
    return null;
  }
  const faults: Fault[] = [];
  field.check(setting.value, '', faults);
  for (const { path: at, value, expected } of faults)
    check.fault({ key: at === '' ? setting.key : `${setting.key}.${at}`, value: value as Json }, expected);
  if (
    member === 'taste' &&
    Array.isArray(setting.value) &&
    setting.value.length !== check.fold.catalogue.genres.length
  ) {
    check.fault(setting, `one number for each of the ${check.fold.catalogue.genres.length} genres`);
  }
  if (member === 'contacts' && faults.length === 0) faultsOfContacts(setting, Number(id), check);
  return setting;
}

function faultsOfContacts(setting: Setting, self: number, check: Check): void {
  for (const { agent } of setting.value as unknown as readonly { readonly agent: number }[]) {
    if (agent === self || !check.standing.world.agents.has(agent))
      check.fault(setting, `contacts among the other agents; ${agent} is none`);
  }
}

/** The field of a member, following members of records. */
function fieldAt(
  field: AnyField & { readonly shape?: { readonly [name: string]: AnyField } },
  path: readonly string[],
): AnyField | undefined {
  return path.reduce<typeof field | undefined>((at, name) => at?.shape?.[name], field);
}

async function resolveSuppression(setting: Setting, check: Check): Promise<Intervention | null> {
  const position = setting.value;
  const shared = check.standing.revision;
  if (typeof position === 'number' && Number.isInteger(position) && position >= 0 && position < shared) {
    const event = await check.log.event(position);
    if (event.type === 'MessageSent') return { key: setting.key, value: { position, to: event.data.to } };
    check.fault(setting, `the position of a MessageSent; ${position} is ${event.type}`);
  } else {
    check.fault(setting, `the position of a MessageSent before the fork (0 to ${shared - 1})`);
  }
  return null;
}

function resolveInjection(setting: Setting, check: Check): Intervention | null {
  const { agents } = check.standing.world;
  const given = isRecord(setting.value) ? setting.value : null;
  const from = given?.['from'];
  const sender = typeof from === 'number' ? agents.get(from) : undefined;
  if (given === null || sender === undefined) {
    check.fault(
      setting,
      'an object such as {"from": 3, "to": [1, 2], "text": "…", "films": [17]} with the id of an agent as from',
    );
    return null;
  }
  const films = given['films'] ?? [];
  const message = {
    channel: 'post',
    to: sender.contacts.map(({ agent }) => agent),
    text: '',
    films,
    liking: Array.isArray(films) ? films.map(() => 1) : [],
    ...given,
  };
  const faults: Fault[] = [];
  eventCatalogue.MessageSent.data.check(message, '', faults);
  for (const { path, value, expected } of faults)
    check.fault({ key: `${setting.key}.${path}`, value: value as Json }, expected);
  if (faults.length > 0) return null;
  const sound = message as unknown as {
    readonly to: readonly number[];
    readonly films: readonly number[];
    readonly liking: readonly number[];
  };
  for (const id of sound.to) if (!agents.has(id)) check.fault(setting, `receivers among the agents; ${id} is none`);
  for (const film of sound.films)
    if (check.fold.catalogue.film(film) === undefined) check.fault(setting, `films of the catalogue; ${film} is none`);
  if (sound.liking.length !== sound.films.length) check.fault(setting, 'as many likings as films');
  return { key: setting.key, value: message as Json };
}

function resolveRemoval(setting: Setting, check: Check): Intervention | null {
  if (typeof setting.value === 'number' && check.fold.catalogue.film(setting.value) !== undefined) return setting;
  check.fault(setting, 'the id of a film of the catalogue');
  return null;
}

function resolveAddition(setting: Setting, check: Check): Intervention | null {
  const { catalogue } = check.fold;
  const given = setting.value;
  const next = (catalogue.films.at(-1)?.id ?? -1) + 1;
  const blank = { id: next, title: '', year: 0, genres: [], people: [], description: '', quality: 0 };
  const film = isRecord(given) ? { ...blank, ...given } : null;
  if (film === null || typeof film.title !== 'string' || film.title === '') {
    check.fault(setting, 'an object such as {"title": "…", "year": 2024, "genres": ["Drama"]}');
    return null;
  }
  const unknown = Object.keys(film).filter((member) => !(member in blank));
  if (unknown.length > 0)
    check.fault(setting, `no member ${unknown.join(', ')}; known: ${Object.keys(blank).join(', ')}`);
  const added = film as unknown as Film;
  if (!Number.isSafeInteger(added.id) || added.id < 0 || catalogue.film(added.id) !== undefined)
    check.fault(setting, 'an id that no other film has');
  const foreign = Array.isArray(added.genres)
    ? added.genres.filter((genre) => !catalogue.genres.includes(genre))
    : ['genres'];
  if (foreign.length > 0)
    check.fault(setting, `genres among ${catalogue.genres.join(', ')}; ${foreign.join(', ')} is not`);
  return { key: setting.key, value: film as Json };
}

function isRecord(value: Json): value is { readonly [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
