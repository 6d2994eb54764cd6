/** Minds made by a test, played in whole runs under a name of their own. */
import { scriptedOutsideMind } from '@rashomon/agents';
import { type Mind, type OutsideContext, type OutsideMind, type OutsideReply, recordedMind } from '@rashomon/kernel';
import { branch, defineMind, type MindDefinition, registryWith, replay, resume } from '@rashomon/replay';
import { runOf, type Settings } from '@rashomon/replay/testing';
import { z } from 'zod';

/** A mind in the process; `now()` gives the one to play when a run starts, is resumed or is replayed. */
export function mindCalled(name: string, now: () => Mind): MindDefinition {
  return defineMind({ name, about: '', parameters: z.strictObject({}), create: now });
}

/** A mind outside; `now()` gives the one to ask. */
export function outsideMindCalled(name: string, now: () => OutsideMind): MindDefinition {
  const create = (_: object, context: OutsideContext): Mind => recordedMind(now(), context);
  return defineMind({ name, about: '', parameters: z.strictObject({}), create });
}

interface Engine {
  readonly branch: typeof branch;
  readonly replay: typeof replay;
  readonly resume: typeof resume;
  readonly runOf: typeof runOf;
}

/** The engine with these minds beside those that come with it. */
export function engineWith(...minds: readonly MindDefinition[]): Engine {
  const registry = registryWith({ minds });
  return {
    branch: (store, run, round, changes, options) => branch(store, run, round, changes, { registry, ...options }),
    replay: (store, run, options) => replay(store, run, { registry, ...options }),
    resume: (store, run, options) => resume(store, run, { registry, ...options }),
    runOf: (store, settings, options) => runOf(store, settings, { registry, ...options }),
  };
}

/** What the tests' outside mind does: every question there is comes up, and some of it in every round. */
const rules = [
  {
    agents: [0, 1],
    pages: ['next', { search: 'war' }, { watch: { rank: 1 } }],
    rate: 5,
    feeling: 'I would see it again.',
  },
  { agents: [2], social: { post: { text: 'What shall I watch?', films: [1], liking: [0.5] } } },
  { agents: [3], pages: [{ search: 'love' }, 'next', 'leave'] },
  { agents: 'all', pages: [{ watch: { rank: 2 } }], rate: 3 },
];

/** Asked as the scripted mind is; `ask` may be changed to answer otherwise. */
export function wordsOf(
  ask?: (answer: () => Promise<OutsideReply>, request: { readonly [key: string]: unknown }) => Promise<OutsideReply>,
): OutsideMind {
  const scripted = scriptedOutsideMind({ rules });
  if (ask === undefined) return scripted;
  // Sound: requests of the scripted mind are objects.
  return {
    ...scripted,
    ask: (request) => ask(() => scripted.ask(request), request as { readonly [key: string]: unknown }),
  };
}

export const outsideSettings = (mind: string): Settings => ({
  agents: 8,
  rounds: 3,
  'social.degree': 3,
  'slate.size': 5,
  mind,
});
