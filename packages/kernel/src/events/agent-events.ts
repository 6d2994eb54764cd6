/** Events about the agents' coming and going. */
import { flag, list, milliNumber, record, text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';
import { defineDecision } from './decision.ts';

/** RecAgent's behaviour features: what kind of user somebody is. */
const featuresField = record({ watcher: flag, explorer: flag, critic: flag, chatter: flag, poster: flag });

export const personaField = record({
  name: text,
  gender: text,
  age: uint,
  traits: list(text),
  status: text,
  interests: list(text),
  features: featuresField,
});

export const contactField = record({ agent: uint, relation: text, closeness: milliNumber });

export const agentEvents = {
  AgentJoined: defineEvent({
    code: 20,
    version: 1,
    about:
      'An agent entered with its persona, activity, taste per genre, contacts ' +
      'and what it had watched and rated before.',
    data: {
      persona: personaField,
      activity: milliNumber,
      taste: list(milliNumber),
      contacts: list(contactField),
      history: record({ films: list(uint), ratings: list(milliNumber) }),
    },
  }),
  AgentLeft: defineDecision({ code: 21, about: 'An agent gave the system up for good.', data: {} }),
};
