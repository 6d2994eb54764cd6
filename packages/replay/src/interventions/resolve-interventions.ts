/**
 * Interventions from the way people spell them (`key=value`) to the way they are logged: checked against the world
 * they are to change and against one another, all faults at once.
 */
import {
  type Change,
  changeKindOf,
  changeSpellings,
  FilmCatalogue,
  filmsChangedBy,
  type Intervention,
  readChange,
  type RunConfig,
  type RunLog,
  WorldFold,
} from '@rashomon/kernel';
import { conditionsOf } from '../conditions/conditions-of.ts';
import { originOf } from '../conditions/origin-of.ts';
import { settledSettings } from '../conditions/settled-section.ts';
import { type ConfigFault, InvalidConfig, oneOfKnown } from '../config/faults.ts';
import { namesFirst } from '../config/keys.ts';
import { knownKeys } from '../config/resolve.ts';
import type { Registry } from '../registry/definitions.ts';
import type { Restored } from '../run/resume.ts';
import type { Scheduled } from './inherited.ts';
import { checkActivity, checkContacts, checkPersona, checkTaste } from './on-agents.ts';
import { faultsOfConfig, faultsOfWhole, keyByKey } from './on-config.ts';
import { checkAddition, checkRemoval } from './on-films.ts';
import { checkInjection, checkSuppression } from './on-messages.ts';
import { type Check, type Checker, type Conditions, faultOf, type Setting } from './setting.ts';
import { WorkingCopy, withoutPlacebos } from './working-copy.ts';

/** A checker for each kind. Configuration is checked as a whole, after the films. */
const checkers: { readonly [K in Change['kind']]: Checker } = {
  config: (setting) => setting,
  persona: checkPersona,
  contacts: checkContacts,
  taste: checkTaste,
  activity: checkActivity,
  'message-inject': checkInjection,
  'message-suppress': checkSuppression,
  'film-add': checkAddition,
  'film-remove': checkRemoval,
};

/** Kinds of which several may be given: each has its own film or message. The others set a value. */
const REPEATABLE: ReadonlySet<Change['kind']> = new Set([
  'message-inject',
  'message-suppress',
  'film-add',
  'film-remove',
]);

export interface Resolved {
  /** As they will be logged. */
  readonly interventions: readonly Intervention[];
  /** Given, but the world is so already: they are left out. */
  readonly unchanged: readonly Intervention[];
  /** The configuration once everything planned was applied. */
  readonly config: RunConfig;
}

export interface Fork {
  readonly standing: Restored;
  readonly log: RunLog;
  /** What is applied in the rounds to come in any case. */
  readonly inherited: readonly Scheduled[];
  /** The last round to be run. */
  readonly plannedRounds: number;
  /** Recommenders and minds by name; by default what comes with this repository. */
  readonly registry?: Registry | undefined;
}

/** @throws InvalidConfig with every fault */
export async function resolveInterventions(given: readonly Setting[], fork: Fork): Promise<Resolved> {
  const { standing, log, inherited, plannedRounds, registry } = fork;
  const { system } = standing.world;
  const round = system.round + 1;
  const fold = new WorldFold(standing.base, standing.world);
  const origin = await originOf(log);
  const conditions: Conditions = (config) => conditionsOf(config, origin, registry);
  const copy = new WorkingCopy(fold, standing.revision, conditions);
  const atOnce = inherited.filter((each) => each.round === round);
  const later = inherited.filter((each) => each.round > round);
  for (const intervention of atOnce) copy.apply(intervention);

  const faults: ConfigFault[] = [];
  const check = checkOf(fork, fold, atOnce, faults);
  const settings = inOrder(given);
  const checked = await checkEach(settings, check, faults);
  const ofConfig = settings.filter(({ key }) => changeKindOf(key) === 'config');
  if (settings.length > 0)
    faults.push(...faultsOfConfig(ofConfig, conditions(copy.config), { catalogue: check.films.catalogue, registry }));
  if (faults.length > 0) throw new InvalidConfig(faults);

  const { real, unchanged } = withoutPlacebos(settledSettings(checked, copy.config, registry), copy);
  if (real.length > 0) faults.push(...faultsOfWhatFollows(later, copy, { check, registry }));
  if (real.length > 0 && plannedRounds < round)
    for (const { key, value } of real)
      faults.push(
        faultOf(
          key,
          value,
          `a round to come: round ${plannedRounds} is the last one planned, so --rounds must say how many follow`,
        ),
      );
  if (faults.length > 0) throw new InvalidConfig(faults);
  if (real.length === 0) for (const intervention of later) copy.apply(intervention);
  return { interventions: real, unchanged, config: copy.config };
}

/** A name by itself resets the parameters: it comes before them, in whatever order they were given. */
function inOrder(given: readonly Setting[]): readonly Setting[] {
  return namesFirst(
    given.flatMap((setting) => (changeKindOf(setting.key) === 'config' ? keyByKey(setting) : [setting])),
  );
}

function checkOf(
  { standing, log, inherited }: Fork,
  fold: WorldFold,
  atOnce: readonly Scheduled[],
  faults: ConfigFault[],
): Check {
  const { filmsAdded } = standing.world.system;
  const used = [...standing.base.films, ...filmsAdded, ...filmsChangedBy(inherited).added].map(({ id }) => id);
  return {
    agents: standing.world.agents,
    revision: standing.revision,
    log,
    films: { catalogue: changedFilms(fold.catalogue, atOnce), used: new Set(used) },
    fault: ({ key, value }, expected) => void faults.push(faultOf(key, value, expected)),
  };
}

function changedFilms(catalogue: FilmCatalogue, interventions: readonly Intervention[]): FilmCatalogue {
  const { added, removed } = filmsChangedBy(interventions);
  if (added.length === 0 && removed.length === 0) return catalogue;
  return new FilmCatalogue(
    [...catalogue.films, ...added].filter(({ id }) => !removed.includes(id)),
    catalogue.genres,
  );
}

/** Films first, since messages and slates are about them; what is found stays in the order of the settings. */
async function checkEach(
  settings: readonly Setting[],
  check: Check,
  faults: ConfigFault[],
): Promise<readonly Intervention[]> {
  const found = new Map<Setting, Intervention>();
  const isOfFilms = ({ key }: Setting): boolean => changeKindOf(key)?.startsWith('film-') === true;
  const seen = new Set<string>();
  for (const setting of [...settings].sort((a, b) => Number(isOfFilms(b)) - Number(isOfFilms(a)))) {
    const kind = changeKindOf(setting.key);
    if (kind === null) {
      const known = [...changeSpellings, ...knownKeys()];
      faults.push(faultOf(setting.key, setting.value, oneOfKnown(setting.key, known)));
      continue;
    }
    const place = placeOf(setting);
    if (!REPEATABLE.has(kind) && seen.has(place)) check.fault(setting, 'each key once');
    seen.add(place);
    const checked = await checkers[kind](setting, check);
    if (checked !== null) found.set(setting, { key: checked.key, value: checked.value });
  }
  return settings.flatMap((setting) => found.get(setting) ?? []);
}

/** What a setting sets, however it is spelled. */
function placeOf({ key }: Setting): string {
  const { kind, agent, path = [] } = { agent: null, ...(readChange(key, {}) as { kind: string; path?: string[] }) };
  const isName = kind === 'config' && path.length === 2 && path[1] === 'name';
  return JSON.stringify([kind, agent, isName ? path.slice(0, 1) : path]);
}

/** What was inherited for later rounds has to make sense after the new interventions, too. */
function faultsOfWhatFollows(
  later: readonly Scheduled[],
  copy: WorkingCopy,
  { check: { films, revision }, registry }: { readonly check: Check; readonly registry: Registry | undefined },
): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  for (const round of new Set(later.map((each) => each.round))) {
    const now = later.filter((each) => each.round === round);
    for (const intervention of now) {
      const { key, value } = intervention;
      copy.apply(intervention);
      const { position = -1 } = value as { readonly position?: number };
      if (changeKindOf(key) === 'message-suppress' && position >= revision)
        faults.push(
          faultOf(key, position, `a message from before the fork: with other changes there may be no such message`),
        );
    }
    films.catalogue = changedFilms(films.catalogue, now);
    for (const fault of faultsOfWhole({}, copy.conditions(copy.config), { catalogue: films.catalogue, registry }))
      faults.push({ ...fault, source: `with what the parent changes in round ${round}` });
  }
  return faults;
}
