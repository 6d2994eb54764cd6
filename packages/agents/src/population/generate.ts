/** Populations made up from a seed: personas, tastes, activity and ties for 1 to 1,000,000 agents. */
import { type FilmCatalogue, LuckOf, type NewAgent, type Persona, type Population } from '@rashomon/kernel';
import { activityLaw, type ActivityOptions } from './activity.ts';
import { drawPersona, interestNamesOf } from './persona.ts';
import { drawSocialGraph, type SocialOptions } from './social-graph.ts';
import { tasteDraw } from './taste.ts';

export interface PopulationOptions {
  /** How many agents, 1 to 1,000,000; their ids are 0 to agents - 1. */
  readonly agents: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** Tastes are over its genres. */
  readonly catalogue: FilmCatalogue;
  readonly activity?: ActivityOptions;
  readonly social?: SocialOptions;
}

/** The most agents a population may have. */
export const AGENTS_MAX = 1_000_000;

/** Nobody made up has a past; one object for all keeps a large population small. */
const NO_HISTORY: NewAgent['joined']['history'] = { films: [], ratings: [] };

/**
 * A population; the same for the same options. An agent's persona, taste and activity depend on the seed
 * and its id alone: a larger population begins with the same people, in other company.
 * @throws RangeError on a number of agents, activity or social option out of range
 */
export function generatePopulation(options: PopulationOptions): Population {
  const { agents, seed, catalogue } = options;
  if (!Number.isInteger(agents) || agents < 1 || agents > AGENTS_MAX) {
    throw new RangeError(`agents is ${agents}; expected a whole number from 1 to ${AGENTS_MAX}`);
  }
  const drawTaste = tasteDraw(catalogue);
  const drawActivity = activityLaw(options.activity);
  const interestNames = interestNamesOf(catalogue);
  const ids: number[] = [];
  const ages: number[] = [];
  const tastes: number[][] = [];
  const personas: Persona[] = [];
  const activities: number[] = [];
  for (let id = 0; id < agents; id++) {
    const luck = new LuckOf(seed, id, 0);
    const taste = drawTaste(luck);
    const persona = drawPersona(luck, taste, interestNames);
    ids.push(id);
    ages.push(persona.age);
    tastes.push(taste);
    personas.push(persona);
    activities.push(drawActivity(luck));
  }
  const contacts = drawSocialGraph({ ids, ages, tastes }, seed, options.social);
  return ids.map((id, index) => ({
    id,
    joined: {
      persona: personas[index] as Persona,
      activity: activities[index] as number,
      taste: tastes[index] as number[],
      contacts: contacts[index] ?? [],
      history: NO_HISTORY,
    },
  }));
}
