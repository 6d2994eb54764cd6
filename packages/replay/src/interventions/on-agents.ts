/** Checks of what is changed about an agent: it is there, and what it is given is within bounds. */
import { personaKeys, readChange } from '@rashomon/kernel';
import { oneOfKnown } from '../config/faults.ts';
import { refused, repeatedIn, soundChange } from './by-schema.ts';
import type { Check, Checker, Setting } from './setting.ts';

/** Whether the agent in the key is one of the run; if not, that is told. */
function isKnown(setting: Setting, check: Check): boolean {
  const change = readChange(setting.key, setting.value);
  if (change !== null && 'agent' in change && check.agents.has(change.agent)) return true;
  check.fault(setting, `agent.ID with the id of one of the ${check.agents.size} agents`);
  return false;
}

export const checkPersona: Checker = (setting, check) => {
  if (!isKnown(setting, check)) return null;
  const change = readChange(setting.key, setting.value);
  const trait = change?.kind === 'persona' ? change.path.join('.') : '';
  if (trait !== '' && !personaKeys.includes(trait))
    return refused(check, setting, `agent.ID.persona.… with ${oneOfKnown(trait, personaKeys)}`);
  return soundChange('persona', setting, check) === null ? null : setting;
};

export const checkContacts: Checker = (setting, check) => {
  const change = isKnown(setting, check) ? soundChange('contacts', setting, check) : null;
  if (change === null) return null;
  for (const { agent, closeness } of change.value) {
    if (agent === change.agent || !check.agents.has(agent))
      check.fault(setting, `contacts among the other agents; ${agent} is none`);
    if (closeness < 0 || closeness > 1)
      check.fault(setting, `a closeness from 0 to 1; that of ${agent} is ${closeness}`);
  }
  for (const agent of repeatedIn(change.value.map((contact) => contact.agent)))
    check.fault(setting, `each contact once; ${agent} is there more than once`);
  return setting;
};

export const checkTaste: Checker = (setting, check) => {
  const change = isKnown(setting, check) ? soundChange('taste', setting, check) : null;
  if (change === null) return null;
  const genres = check.films.catalogue.genres.length;
  if (change.value.length !== genres) check.fault(setting, `one number for each of the ${genres} genres`);
  return setting;
};

export const checkActivity: Checker = (setting, check) => {
  const change = isKnown(setting, check) ? soundChange('activity', setting, check) : null;
  if (change === null) return null;
  if (change.value < 0 || change.value > 1) check.fault(setting, 'a probability from 0 to 1');
  return setting;
};
