/** Minds made by a test, played in whole runs under a name of their own. */
import { scriptedOutsideMind } from '@rashomon/agents';
import { type Mind, type OutsideMind, type OutsideReply, recordedMind } from '@rashomon/kernel';
import { builtIns, type MindDefinition } from '@rashomon/replay';
import type { Settings } from '@rashomon/replay/testing';
import { z } from 'zod';

/**
 * Puts a mind on the list of minds. Sound: it is a plain list, read-only so that programs keep their hands off it.
 */
function enlist(name: string, create: MindDefinition['create']): void {
  (builtIns.minds as MindDefinition[]).push({ name, about: '', parameters: z.strictObject({}), create });
}

/** A mind in the process; `now()` gives the one to play when a run starts, is resumed or is replayed. */
export function enlistMind(name: string, now: () => Mind): void {
  enlist(name, now);
}

/** A mind outside; `now()` gives the one to ask. */
export function enlistOutsideMind(name: string, now: () => OutsideMind): void {
  enlist(name, (_, context) => recordedMind(now(), context));
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
