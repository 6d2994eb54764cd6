/** Checks of messages that are put in or taken out. */
import type { Json } from '@rashomon/kernel';
import { isSection } from '../config/keys.ts';
import { refused, repeatedIn, soundChange } from './by-schema.ts';
import type { Checker } from './setting.ts';

/** The value is the position of the message; logged are its receivers, too. */
export const checkSuppression: Checker = async (setting, check) => {
  const { key, value: position } = setting;
  const { revision, log } = check;
  if (typeof position !== 'number' || !Number.isSafeInteger(position) || position < 0 || position >= revision)
    return refused(check, setting, `the position of a MessageSent before the fork (0 to ${revision - 1})`);
  const event = await log.event(position);
  if (event.type !== 'MessageSent')
    return refused(check, setting, `the position of a MessageSent; ${position} is ${event.type}`);
  return { key, value: { position, to: event.data.to } };
};

/** Receivers are the sender's contacts unless they are named, and films are liked unless that is said. */
export const checkInjection: Checker = (setting, check) => {
  const { agents, films } = check;
  const given = isSection(setting.value) ? setting.value : {};
  const { from } = given;
  const sender = typeof from === 'number' ? agents.get(from) : undefined;
  if (sender === undefined)
    return refused(
      check,
      setting,
      'an object such as {"from": 3, "to": [1, 2], "text": "…", "films": [17]} with the id of an agent as from',
    );
  const mentioned = given['films'] ?? [];
  const message: Json = {
    channel: 'post',
    to: sender.contacts.map(({ agent }) => agent),
    text: '',
    films: mentioned,
    liking: Array.isArray(mentioned) ? mentioned.map(() => 1) : [],
    ...given,
  };
  const change = soundChange('message-inject', { key: setting.key, value: message }, check);
  if (change === null) return null;
  const { to, films: named, liking } = change.message;
  for (const id of to) if (!agents.has(id)) check.fault(setting, `receivers among the agents; ${id} is none`);
  if (to.includes(sender.id)) check.fault(setting, `receivers other than the sender, ${sender.id}`);
  if (to.length === 0) check.fault(setting, 'at least one receiver');
  for (const id of repeatedIn(to)) check.fault(setting, `each receiver once; ${id} is there more than once`);
  for (const film of named)
    if (films.catalogue.film(film) === undefined) check.fault(setting, `films of the catalogue; ${film} is none`);
  if (liking.length !== named.length) check.fault(setting, 'as many likings as films');
  if (liking.some((value) => value < -1 || value > 1)) check.fault(setting, 'likings from -1 to 1');
  return { key: setting.key, value: message };
};
